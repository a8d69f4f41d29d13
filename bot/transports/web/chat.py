"""Conversations over HTTP: questions in, Server-Sent Events out; one's data back, or deleted."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from bot.answering.redact import redact
from bot.dialogue.message import Message
from bot.dialogue.respond import Respond
from bot.store.web_conversations import TRANSPORT, Admission, Visit, WebConversations
from bot.transports.web.bodies import (
    ID_PATTERN,
    Beginning,
    Entry,
    Export,
    LoneQuestion,
    Question,
    Rating,
    described,
    read_body,
)
from bot.transports.web.door import Door, Token, bearer
from bot.transports.web.events import EVENT_STREAM, EVENTS
from bot.transports.web.problems import Problem, in_utf8, problems
from bot.transports.web.runs import Asked, Runs
from bot.transports.web.tally import Tally

KEY_PATTERN = r"^[A-Za-z0-9_.:-]{8,128}$"
EVENT_PATTERN = r"^[0-9a-f]{16}\.[0-9]{1,6}$"

STREAM_EXAMPLE = """\
id: 9c1f0e7ab2d34455.1
event: status
data: {"conversation": "nQe0…", "state": "searching"}

id: 9c1f0e7ab2d34455.2
event: delta
data: {"text": "**可以不开门，也可以只隔着门说话。**\\n\\n"}

id: 9c1f0e7ab2d34455.3
event: sources
data: [{"title": "民法典", "locator": "第1033条", "kind": "law", "status": "in_force", \
"effective": "2021-01-01", "verified": "text"}]

id: 9c1f0e7ab2d34455.4
event: actions
data: [{"label": "他们在砸门", "message": "他们在砸门怎么办"}]

id: 9c1f0e7ab2d34455.5
event: done
data: {"text": "…", "more": "", "status": "answered", "risk": "none", "lang": "zh-Hans", \
"engine": "entries", "hand_off": null, "answer": "f3Kd…"}

"""
STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Events: status, delta, sources, actions, document, done, or error. "
        "Lines that begin with a colon are signs of life.",
        "content": {EVENT_STREAM: {**EVENTS, "example": STREAM_EXAMPLE}},
    }
}
UNHELD = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
COMMON = (400, 403, 413, 422, 429, 500)


Id = Annotated[str, Path(pattern=ID_PATTERN)]
AnswerId = Annotated[str, Path(pattern=ID_PATTERN)]
NAMED = (
    (
        "Idempotency-Key",
        KEY_PATTERN,
        "A random name for this message. Sent again with the same body, the same answer comes, once; "
        "without it nobody can come back to an answer.",
    ),
    ("Last-Event-ID", EVENT_PATTERN, "The last event received."),
)


def read_by_hand(body: type[BaseModel], *entries: dict[str, list[str]]) -> dict[str, Any]:
    """How an operation that reads its request itself describes what it takes."""
    headers = [
        {"name": name, "in": "header", "description": said, "schema": schema_of(pattern)}
        for name, pattern, said in NAMED
    ]
    return {**described(body), "security": list(entries), "parameters": headers}


def schema_of(pattern: str) -> dict[str, str]:
    """A string of this form."""
    return {"type": "string", "pattern": pattern}


TOKEN: dict[str, list[str]] = {"HTTPBearer": []}
Enter = Callable[..., Awaitable[Visit]]


def entry_by(door: Door) -> Enter:
    """The dependency of every route inside a conversation."""

    async def enter(request: Request, conversation_id: Id, token: Token) -> Visit:
        return await door.enter(request, conversation_id, token)

    return enter


def chat_routes(
    respond: Respond, kept: WebConversations, runs: Runs, door: Door, tally: Tally, enter: Enter
) -> APIRouter:
    """The routes of conversations over one dialogue."""
    routes = APIRouter(prefix="/api/v1", tags=["conversations"])

    visitor = Depends(enter)

    @routes.post(
        "/chat",
        response_class=StreamingResponse,
        responses={**STREAM, **problems(*COMMON, 401, 404)},
        openapi_extra=read_by_hand(LoneQuestion, {}, TOKEN),
    )
    async def chat(request: Request) -> Response:
        """Answer one message in one request; `status` tells a new conversation's id and token.

        With a key, an answer that breaks off can be picked up with that id and token: send the same
        message with `conversation`, the token, the key and `Last-Event-ID`.
        """
        question = await read_body(request, LoneQuestion)
        key = named(request, "Idempotency-Key", KEY_PATTERN)
        last_event = named(request, "Last-Event-ID", EVENT_PATTERN)
        if question.conversation is not None:
            visit = await door.enter(request, question.conversation, await bearer(request))
            return streaming(await runs.events(next_asked(visit, question, door, key), last_event))
        admission = await door.admit(request, question.site, asked=1)
        await door.take(admission.site, None)
        asked = first_asked(admission, question, key)
        if key is not None:  # before anything is told that can be come back to
            await kept.put(admission)
        return streaming(await runs.events(asked))

    @routes.post(
        "/conversations",
        status_code=201,
        response_model=Entry,
        responses=problems(*COMMON, 404),
        openapi_extra=described(Beginning),
    )
    async def begin(request: Request) -> Response:
        """Begin a conversation."""
        beginning = await read_body(request, Beginning)
        admission = await door.admit(request, beginning.site)
        await kept.begin(admission, *tally.began(admission.site))
        entry = Entry(id=admission.id, token=admission.token, expires_at=admission.expires_at)
        return Response(entry.model_dump_json(), 201, media_type="application/json")

    @routes.post(
        "/conversations/{conversation_id}/messages",
        response_class=StreamingResponse,
        responses={**STREAM, **problems(*COMMON, 401, 404)},
        openapi_extra=read_by_hand(Question, TOKEN),
    )
    async def ask(request: Request, conversation_id: Id) -> StreamingResponse:
        """Answer one message as a stream; it can be picked up again after a lost connection."""
        visit = await door.enter(request, conversation_id, await bearer(request))
        question = await read_body(request, Question)
        key = named(request, "Idempotency-Key", KEY_PATTERN)
        last_event = named(request, "Last-Event-ID", EVENT_PATTERN)
        return streaming(await runs.events(next_asked(visit, question, door, key), last_event))

    @routes.post(
        "/conversations/{conversation_id}/answers/{answer_id}/feedback",
        status_code=204,
        responses=problems(*COMMON, 401, 404),
    )
    async def feedback(
        visit: Annotated[Visit, visitor], answer_id: AnswerId, rating: Rating
    ) -> None:
        """Say whether an answer helped; the last word counts."""
        if not await asyncio.to_thread(kept.has_answer, visit.id, answer_id):
            raise Problem(404)
        reason = redact(rating.reason).text if rating.reason else None
        await tally.rates(visit.site, answer_id, useful=rating.useful)
        await respond.rate(answer_id, useful=rating.useful, reason=reason)

    @routes.get(
        "/conversations/{conversation_id}",
        response_model=Export,
        responses=problems(401, 403, 404, 422, 429, 500),
    )
    async def export(visit: Annotated[Visit, visitor]) -> Response:
        """Everything kept of the conversation."""
        content = await asyncio.to_thread(kept.export, visit.id)
        return Response(
            in_utf8({"conversation": visit.id, **content}), media_type="application/json"
        )

    @routes.delete(
        "/conversations/{conversation_id}",
        status_code=204,
        responses=problems(401, 403, 404, 422, 429, 500),
    )
    async def forget(visit: Annotated[Visit, visitor]) -> None:
        """Delete the conversation with all that hangs on it; the token opens nothing any more."""
        await asyncio.to_thread(kept.forget, visit.id)

    return routes


def message_of(visit: Visit, question: Question, fresh: bool = False) -> Message:
    """The message as the dialogue takes it."""
    return Message(
        TRANSPORT, visit.id, question.text, question.kind, question.language, visit.site, fresh
    )


def first_message(question: LoneQuestion, admission: Admission | None = None) -> Message:
    """The message of a conversation that it begins."""
    named = admission.id if admission is not None else ""
    return message_of(Visit(named, question.site), question, fresh=True)


def first_asked(admission: Admission, question: LoneQuestion, key: str | None = None) -> Asked:
    """A question that begins its conversation; without a key both are kept with the answer."""
    opening = {"state": "searching", "token": admission.token, "conversation": admission.id}
    message = first_message(question, admission)
    if key is None:
        return Asked(message, opening, begins=admission)
    return Asked(message, opening, body_of(question), key)


def next_asked(visit: Visit, question: Question, door: Door, key: str | None) -> Asked:
    """A question in a conversation that has begun."""
    opening = {"conversation": visit.id, "state": "searching"}
    message = message_of(visit, question)
    body = body_of(question) if key is not None else ""
    return Asked(message, opening, body, key, admit=lambda: door.take(visit.site, visit.id))


def body_of(question: Question) -> str:
    """What was asked, the same whether or not the conversation is named beside it."""
    return question.model_dump_json(include=set(Question.model_fields))


def named(request: Request, header: str, pattern: str) -> str | None:
    """A header of an operation that reads its request itself; a Problem where it makes no sense."""
    value = request.headers.get(header)
    if value is not None and re.fullmatch(pattern, value) is None:
        raise Problem(422, detail=f"{header} makes no sense.")
    return value


def streaming(events: AsyncIterator[str]) -> StreamingResponse:
    """Events as a response that no proxy holds back."""
    return StreamingResponse(
        events,
        media_type=EVENT_STREAM,
        headers=UNHELD,
    )
