"""The web application: the chat page and the streaming API."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles

from bot.app import App
from bot.transports.web.chat import chat_routes

STATIC = Path(__file__).parent / "static"


def web_app(app: App) -> FastAPI:
    """The ASGI application over a built assistant."""
    web = FastAPI(title="Borrower Aid 借款人帮手", version="1", docs_url=None, redoc_url=None)
    web.include_router(chat_routes(app.respond))
    web.mount("/static", StaticFiles(directory=STATIC), name="static")

    @web.get("/", include_in_schema=False)
    async def page() -> FileResponse:
        return FileResponse(STATIC / "index.html", media_type="text/html")

    @web.get("/healthz", tags=["operation"])
    async def healthz() -> dict[str, str]:
        """Whether the process answers."""
        return {"status": "ok"}

    return web
