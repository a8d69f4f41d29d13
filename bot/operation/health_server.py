"""The addresses of health for processes that serve no web chat."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from bot.app import App
from bot.operation.health import Health, health_routes


async def answer_health(app: App) -> None:
    """Serve the three addresses where a port is set for them; for processes without a web chat."""
    port = app.settings.health_port
    health = Health(app)
    async with health.counting():
        if port is None:
            await asyncio.Event().wait()
            return
        web = FastAPI(openapi_url=None)
        web.include_router(health_routes(health))
        config = uvicorn.Config(web, host=app.settings.web_host, port=port, log_level="warning")
        await DeafServer(config).serve()


class DeafServer(uvicorn.Server):
    """A server that leaves signals to the work it runs beside."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take none."""
        yield
