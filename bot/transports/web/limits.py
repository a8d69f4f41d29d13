"""How much one person may send: the size of a body, and requests over time."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.transports.web.problems import Problem

LARGEST_BODY = 768 * 1024  # the longest text we read, in escaped JSON, and nothing near 1 MB
MOST_REMEMBERED = 20_000


class LimitBody:
    """Refuses a body as soon as it is too large; the application sees whole bodies only.

    ``apart`` is where another application is mounted, which sees to its bodies itself.
    """

    def __init__(self, app: ASGIApp, largest: int = LARGEST_BODY, apart: str | None = None) -> None:
        self._app = app
        self._largest = largest
        self._apart = apart

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body up to the limit, then hand it on."""
        if scope["type"] != "http" or self._passes(scope):
            await self._app(scope, receive, send)
            return
        body = await self._read(scope, receive)
        if body is None:
            refusal = Problem(413, headers={"Connection": "close"}).response()
            await refusal(scope, receive, send)
            return
        waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive_rest() -> Message:
            return waiting.pop() if waiting else await receive()

        await self._app(scope, receive_rest, send)

    def _passes(self, scope: Scope) -> bool:
        apart = self._apart is not None and scope["path"].startswith(f"{self._apart}/")
        return apart or scope["method"] in ("GET", "HEAD", "OPTIONS")

    async def _read(self, scope: Scope, receive: Receive) -> bytes | None:
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if not declared.isdigit() or int(declared) > self._largest:
            return None
        pieces = bytearray()
        while True:
            message = await receive()
            pieces += message.get("body", b"")
            if len(pieces) > self._largest:
                return None
            if not message.get("more_body"):
                return bytes(pieces)


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many requests may come at once, and how many a second after that."""

    at_once: int
    per_second: float


@dataclass(frozen=True, slots=True)
class Limits:
    """What one person may send, and how long the server waits.

    ``heartbeat`` is the longest silence of a stream, ``patience`` the time in which a reader whose
    connection broke may come back to an answer in the making; both in seconds.
    """

    session: Allowance = Allowance(20, 0.5)
    address: Allowance = Allowance(120, 4.0)  # a mobile network's customers share an address
    heartbeat: float = 15.0
    patience: float = 20.0


@dataclass(slots=True)
class RateLimit:
    """A bucket of requests for each person, filled again over time."""

    allowance: Allowance
    clock: Callable[[], float] = time.monotonic
    _left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def take(self, person: str) -> None:
        """Count one request; a Problem if there were too many."""
        now = self.clock()
        left, since = self._left.pop(person, (float(self.allowance.at_once), now))
        left = min(self.allowance.at_once, left + (now - since) * self.allowance.per_second)
        self._left[person] = (max(left - 1, 0.0) if left >= 1 else left, now)
        if len(self._left) > MOST_REMEMBERED:
            self._left.popitem(last=False)
        if left < 1:
            wait = int((1 - left) / self.allowance.per_second) + 1
            raise Problem(429, headers={"Retry-After": str(wait)})
