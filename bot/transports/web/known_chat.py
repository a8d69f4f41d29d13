"""The busiest request of all, a first message whose answer is known, before the framework sees it.

Whatever is unusual about a request is left to the route, which says what is wrong with it.
"""

from pydantic import ValidationError
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.dialogue.known_answers import KnownAnswer
from bot.dialogue.respond import Respond
from bot.transports.web.bodies import LoneQuestion
from bot.transports.web.chat import first_asked, first_message
from bot.transports.web.door import Door
from bot.transports.web.events import EVENT_STREAM
from bot.transports.web.problems import Problem
from bot.transports.web.runs import Runs

PATH = "/api/v1/chat"
HEADERS = [
    (b"content-type", EVENT_STREAM.encode() + b"; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


class KnownChat:
    """Answers what is known; stands where bodies are whole."""

    def __init__(self, app: ASGIApp, respond: Respond, runs: Runs, door: Door) -> None:
        self._app = app
        self._respond = respond
        self._runs = runs
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer at once, or hand the request on as it came."""
        if scope["type"] != "http" or scope["path"] != PATH or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        whole = await receive()
        request = Request(scope)
        question = read(request, whole["body"])
        known = self._respond.known(first_message(question)) if question is not None else None
        if question is None or known is None:
            await self._app(scope, _again(whole, receive), send)
            return
        try:
            events = await self._events(request, question, known)
        except Problem as problem:
            await problem.response()(scope, receive, send)
            return
        length = (b"content-length", str(len(events)).encode())
        await send({"type": "http.response.start", "status": 200, "headers": [*HEADERS, length]})
        await send({"type": "http.response.body", "body": events})

    async def _events(self, request: Request, question: LoneQuestion, known: KnownAnswer) -> bytes:
        admission = await self._door.admit(request, question.site, asked=1)
        await self._door.take(admission.site, None)
        return await self._runs.known(first_asked(admission, question), known)


def read(request: Request, body: bytes) -> LoneQuestion | None:
    """A first message that nobody means to come back to; else nothing."""
    headers = request.headers
    if "json" not in headers.get("content-type", "") or "idempotency-key" in headers:
        return None
    try:
        question = LoneQuestion.model_validate_json(body)
    except ValidationError:
        return None
    return question if question.conversation is None else None


def _again(whole: Message, receive: Receive) -> Receive:
    waiting = [whole]

    async def receive_again() -> Message:
        return waiting.pop() if waiting else await receive()

    return receive_again
