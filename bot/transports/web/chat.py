"""``POST /api/v1/chat``: a question in, Server-Sent Events out."""

import asyncio
import json
import logging
import re
import secrets
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Body, HTTPException
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from bot.dialogue.message import Kind, Message, Response
from bot.dialogue.respond import Respond
from bot.knowledge.vocabulary import Language
from bot.transports.jsonl.answer import reply_record

log = logging.getLogger(__name__)

LONGEST_TEXT = 100_000
KEY_PATTERN = r"^[A-Za-z0-9_-]{32,64}$"
FAULT = "出了点问题，请过一分钟再发一次。正在被威胁请先打 110。"


class Question(BaseModel):
    """What the page sends."""

    text: str = Field(max_length=LONGEST_TEXT, description="The message, or empty to begin.")
    conversation: str | None = Field(
        default=None, pattern=KEY_PATTERN, description="The key from an earlier `status` event."
    )
    language: Language | None = Field(default=None, description="Language of the answer.")
    kind: Kind = Field(default=Kind.TEXT, description="`start` asks for the welcome.")


class Rating(BaseModel):
    """Whether an answer helped."""

    useful: bool
    reason: str | None = Field(default=None, max_length=500)


def chat_routes(respond: Respond) -> APIRouter:
    """The routes of the chat over one dialogue."""
    routes = APIRouter(prefix="/api/v1", tags=["chat"])

    @routes.post("/chat", response_class=StreamingResponse)
    async def chat(question: Annotated[Question, Body()]) -> StreamingResponse:
        """Answer one message as a stream: status, delta, sources, actions, done, or error."""
        return StreamingResponse(
            _events(respond, question),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    @routes.post("/answers/{answer_id}/feedback", status_code=204)
    async def feedback(answer_id: str, rating: Rating) -> None:
        """Say whether an answer helped."""
        known = await respond.rate(answer_id, useful=rating.useful, reason=rating.reason)
        if not known:
            raise HTTPException(404, "no such answer")

    return routes


async def _events(respond: Respond, question: Question) -> AsyncIterator[str]:
    key = question.conversation or secrets.token_urlsafe(32)
    yield event("status", {"conversation": key})
    said: asyncio.Queue[str | None] = asyncio.Queue()
    message = Message("web", key, question.text, question.kind, question.language)
    answering = asyncio.create_task(respond(message, said.put))
    answering.add_done_callback(lambda _: said.put_nowait(None))
    try:
        streamed = False
        while (sentence := await said.get()) is not None:
            streamed = True
            yield event("delta", {"text": sentence + "\n"})
        response = await answering
        for part in () if streamed else paragraphs(response.reply.text):
            yield event("delta", {"text": part})
        for name, content in _closing(response):
            yield event(name, content)
    except Exception:
        log.exception("a web answer failed")
        yield event("error", {"message": FAULT})
    finally:
        answering.cancel()


def _closing(response: Response) -> list[tuple[str, Any]]:
    record = reply_record(response.reply)
    return [
        ("sources", record["sources"]),
        ("actions", record["actions"]),
        (
            "done",
            {
                "text": response.reply.text,
                "more": response.reply.more,
                "status": record["status"],
                "risk": record["risk"],
                "lang": record["lang"],
                "engine": record["engine"],
                "answer": response.answer_id,
            },
        ),
    ]


def paragraphs(text: str) -> list[str]:
    """A text in the pieces it is shown in, nothing lost.

    >>> paragraphs("一。\\n\\n二。")
    ['一。\\n\\n', '二。']
    """
    return [piece for piece in re.split(r"(?<=\n\n)", text) if piece]


def event(name: str, content: Any) -> str:
    """One Server-Sent Event."""
    return f"event: {name}\ndata: {json.dumps(content, ensure_ascii=False)}\n\n"
