"""Is this process alive, can it answer, and how is it doing: for load balancers and operators."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import TypeVar

from fastapi import APIRouter, Response
from sqlalchemy.exc import SQLAlchemyError

from bot.app import App
from bot.operation.numbers import Numbers, gauge
from bot.store import queues as store
from bot.store.switches import SWITCHES, Switches

DEADLINE_SECONDS = 2.0
OK, AWAY, NONE = "ok", "away", "none"
WATCHED = ("bot", "ingest")

Result = TypeVar("Result")


class Health:
    """What an application depends on, each asked under a deadline, and what it has counted."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._switches = Switches(app.engine)
        self._asking = ThreadPoolExecutor(1, "health")  # its own: the others may all be waiting
        self._began = time.time()
        self.numbers = Numbers()

    @asynccontextmanager
    async def counting(self) -> AsyncIterator[None]:
        """Count for as long as the block runs."""
        loggers = [logging.getLogger(name) for name in WATCHED]
        for logger in loggers:
            logger.setLevel(logging.INFO)
            logger.addHandler(self.numbers)
        try:
            yield
        finally:
            for logger in loggers:
                logger.removeHandler(self.numbers)
            self._asking.shutdown(wait=False, cancel_futures=True)

    async def parts(self) -> dict[str, str]:
        """Each dependency: ok, away or none."""
        database = await self._in_time(lambda: store.answers(self._app.engine))
        retriever = self._app.retriever
        server = retriever.server_working
        return {
            "database": OK if database else AWAY,
            "index": OK if retriever.manifest.passages else AWAY,
            "vectors": NONE if server is None else OK if server else AWAY,
            "model": OK if self._app.model is not None else NONE,
            **{f"switch_{name}": "off" for name in SWITCHES if await self._switches.off(name)},
        }

    async def text(self) -> str:
        """Everything for Prometheus."""
        waiting = await self._in_time(lambda: store.queues(self._app.engine)) or []
        return "\n".join([*self.numbers.lines(), *self._gauges(await self.parts(), waiting), ""])

    def _gauges(self, parts: dict[str, str], waiting: list[store.Queue]) -> Iterator[str]:
        up = [((("part", name),), float(state in (OK, NONE))) for name, state in parts.items()]
        yield from gauge(
            "up", "Whether a part answers or is not configured; 0 for away or off.", up
        )
        length = [((("queue", each.name),), float(each.waiting)) for each in waiting]
        yield from gauge("queue_length", "How many wait.", length)
        age = [((("queue", each.name),), each.oldest_seconds) for each in waiting]
        yield from gauge("queue_age_seconds", "For how long the oldest waits.", age)
        yield from gauge("started_at_seconds", "When this process began.", [((), self._began)])

    async def _in_time(self, ask: Callable[[], Result]) -> Result | None:
        """What a dependency answers within the deadline; none where it does not."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(DEADLINE_SECONDS):
                return await loop.run_in_executor(self._asking, ask)
        except (SQLAlchemyError, TimeoutError):
            return None


def health_routes(health: Health) -> APIRouter:
    """The three addresses."""
    routes = APIRouter(tags=["operation"])

    @routes.get("/healthz")
    async def healthz() -> dict[str, str]:
        """Whether the process answers."""
        return {"status": OK}

    @routes.get("/readyz", include_in_schema=False)
    async def readyz(response: Response) -> dict[str, str]:
        """Whether borrowers get answers, and the state of each dependency."""
        parts = await health.parts()
        ready = parts["database"] == OK and parts["index"] == OK
        response.status_code = 200 if ready else 503
        return {"status": "ready" if ready else "not ready", **parts}

    @routes.get("/metrics", include_in_schema=False)
    async def metrics() -> Response:
        """Numbers in Prometheus' text format."""
        return Response(await health.text(), media_type="text/plain; version=0.0.4; charset=utf-8")

    return routes
