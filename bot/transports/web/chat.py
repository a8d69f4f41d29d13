"""Conversations over HTTP: questions in, Server-Sent Events out; one's data back, or deleted."""

import asyncio
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Path, Request, Response
from fastapi.responses import StreamingResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import AfterValidator, BaseModel, Field

from bot.answering.clean import readable
from bot.answering.redact import redact
from bot.dialogue.message import Kind, Message
from bot.dialogue.respond import Respond
from bot.knowledge.vocabulary import Language
from bot.store.web_conversations import TRANSPORT, Admission, Visit, WebConversations
from bot.transports.web.limits import Limits, RateLimit
from bot.transports.web.problems import Problem, in_utf8, problems
from bot.transports.web.runs import Asked, Runs
from bot.transports.web.sites import SITE_KEY, Sites

LONGEST_TEXT = 100_000
ID_PATTERN = r"^[A-Za-z0-9_-]{43}$"
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
"engine": "entries", "answer": "f3Kd…"}

"""
STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Events: status, delta, sources, actions, document, done, or error. "
        "Lines that begin with a colon are signs of life.",
        "content": {"text/event-stream": {"schema": {"type": "string"}, "example": STREAM_EXAMPLE}},
    }
}
COMMON = (400, 403, 413, 422, 429, 500)


class Beginning(BaseModel):
    """What a page sends to begin a conversation."""

    model_config = {"json_schema_extra": {"examples": [{}, {"site": "beijing-consumers"}]}}

    site: str | None = Field(
        default=None, pattern=SITE_KEY, description="The key of the site that embeds the chat."
    )


class Entry(BaseModel):
    """A conversation and the token that alone opens it."""

    model_config = {
        "json_schema_extra": {
            "examples": [
                {
                    "id": "nQe0b1-3VbTt6iAc3XG5ZB6y0gE9yZ3N6G6Jm6pM4xo",
                    "token": "Zp1yq2g0p0b8sVtQm2m7n4b9GmV9b4d1b2qkqkqkqkq",
                    "expires_at": "2026-11-24T10:00:00Z",
                }
            ]
        }
    }

    id: str
    token: str = Field(description="Told this once; only its hash is kept.")
    expires_at: datetime


class Question(BaseModel):
    """One message."""

    model_config = {
        "json_schema_extra": {
            "examples": [{"text": "催收说今天上门，我该怎么办"}, {"text": "", "kind": "start"}]
        }
    }

    text: str = Field(max_length=LONGEST_TEXT, description="The message, or empty to begin.")
    language: Language | None = Field(
        default=None, description="Language of the answer; without it, the message's own."
    )
    kind: Kind = Field(default=Kind.TEXT, description="`start` asks for the welcome.")


class LoneQuestion(Question):
    """One message that begins a conversation, or goes on with one."""

    conversation: str | None = Field(
        default=None,
        pattern=ID_PATTERN,
        description="Go on with this conversation; needs its token in Authorization.",
    )
    site: str | None = Field(default=None, pattern=SITE_KEY)


class Rating(BaseModel):
    """Whether an answer helped."""

    model_config = {"json_schema_extra": {"examples": [{"useful": False, "reason": "看不懂"}]}}

    useful: bool
    reason: Annotated[str, Field(max_length=500), AfterValidator(readable)] | None = None


class Export(BaseModel):
    """Everything kept of a conversation; personal details were masked before it was kept."""

    model_config = {
        "json_schema_extra": {
            "examples": [
                {
                    "conversation": "nQe0b1-3VbTt6iAc3XG5ZB6y0gE9yZ3N6G6Jm6pM4xo",
                    "messages": [
                        {"role": "user", "text": "有人上门", "at": "2026-11-23T10:00:00+00:00"}
                    ],
                    "also_kept": {"interviews": []},
                }
            ]
        }
    }

    conversation: str
    messages: list[dict[str, Any]]
    also_kept: dict[str, list[dict[str, Any]]] = Field(
        description="What else is kept, such as the state of a plan in the making, by table."
    )


Id = Annotated[str, Path(pattern=ID_PATTERN)]
AnswerId = Annotated[str, Path(pattern=ID_PATTERN)]
Token = Annotated[
    HTTPAuthorizationCredentials | None,
    Depends(HTTPBearer(auto_error=False, description="The conversation's token.")),
]
IdempotencyKey = Annotated[
    str | None,
    Header(
        pattern=KEY_PATTERN,
        description="A random name for this message. Sent again with the same body, the same "
        "answer comes, once; without it nobody can come back to an answer.",
    ),
]
LastEventId = Annotated[
    str | None,
    Header(alias="Last-Event-ID", pattern=EVENT_PATTERN, description="The last event received."),
]


class Door:
    """Lets in who may come in: the right origin, the right token, not too often."""

    def __init__(self, kept: WebConversations, sites: Sites, limits: Limits) -> None:
        self._kept = kept
        self._sites = sites
        self._sessions = RateLimit(limits.session)
        self._addresses = RateLimit(limits.address)

    def count(self, request: Request) -> None:
        """Count a request that belongs to no conversation yet."""
        self._addresses.take(request.client.host if request.client else "")

    async def begin(self, request: Request, site: str | None) -> Admission:
        """A new conversation for a visitor of a site, or of the chat page."""
        self.count(request)
        self._sites.admit(site, request.headers)
        return await asyncio.to_thread(self._kept.begin, datetime.now(UTC), site)

    async def enter(self, request: Request, conversation_id: str, token: Token) -> Visit:
        """The conversation, for the holder of its token on one of its site's pages."""
        visit = await self._visit(conversation_id, token)
        if visit is None:
            self.count(request)  # guessing is counted by address
            raise Problem(401, headers={"WWW-Authenticate": "Bearer"})
        self._sites.admit(visit.site, request.headers)
        self._sessions.take(visit.id)
        return visit

    async def _visit(self, conversation_id: str, token: Token) -> Visit | None:
        if token is None:
            return None
        shown, now = token.credentials, datetime.now(UTC)
        return await asyncio.to_thread(self._kept.visit, conversation_id, shown, now)


def chat_routes(respond: Respond, kept: WebConversations, runs: Runs, door: Door) -> APIRouter:
    """The routes of conversations over one dialogue."""
    routes = APIRouter(prefix="/api/v1", tags=["conversations"])

    async def enter(request: Request, conversation_id: Id, token: Token) -> Visit:
        return await door.enter(request, conversation_id, token)

    visitor = Depends(enter)

    @routes.post("/conversations", status_code=201, responses=problems(*COMMON, 404))
    async def begin(request: Request, beginning: Beginning) -> Entry:
        """Begin a conversation."""
        admission = await door.begin(request, beginning.site)
        return Entry(id=admission.id, token=admission.token, expires_at=admission.expires_at)

    @routes.post(
        "/conversations/{conversation_id}/messages",
        response_class=StreamingResponse,
        responses={**STREAM, **problems(*COMMON, 401, 404)},
    )
    async def ask(
        visit: Annotated[Visit, visitor],
        question: Question,
        idempotency_key: IdempotencyKey = None,
        last_event_id: LastEventId = None,
    ) -> StreamingResponse:
        """Answer one message as a stream; it can be picked up again after a lost connection."""
        opening = {"conversation": visit.id, "state": "searching"}
        asked = Asked(
            message_of(visit, question), opening, question.model_dump_json(), idempotency_key
        )
        return streaming(await runs.events(asked, last_event_id))

    @routes.post(
        "/chat",
        response_class=StreamingResponse,
        responses={**STREAM, **problems(*COMMON, 401, 404)},
    )
    async def chat(request: Request, question: LoneQuestion, token: Token) -> StreamingResponse:
        """Answer one message in one request; `status` tells a new conversation's id and token."""
        opening: dict[str, Any] = {"state": "searching"}
        if question.conversation is not None:
            visit = await door.enter(request, question.conversation, token)
        else:
            admission = await door.begin(request, question.site)
            visit = Visit(admission.id, admission.site)
            opening["token"] = admission.token
        opening["conversation"] = visit.id
        return streaming(await runs.events(Asked(message_of(visit, question), opening)))

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


def message_of(visit: Visit, question: Question) -> Message:
    """The message as the dialogue takes it."""
    return Message(TRANSPORT, visit.id, question.text, question.kind, question.language, visit.site)


def streaming(events: Any) -> StreamingResponse:
    """Events as a response that no proxy holds back."""
    return StreamingResponse(
        events,
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )
