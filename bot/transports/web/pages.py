"""The chat page, the same page inside a frame, and the widget, with their security headers."""

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi import Path as InPath
from fastapi.responses import FileResponse
from pydantic import BaseModel
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from bot.transports.web.problems import Problem, problems
from bot.transports.web.sites import SITE_KEY, Sites

STATIC = Path(__file__).parent / "static"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data: blob:; base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}"
)
CLOSED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
Key = Annotated[str, InPath(pattern=SITE_KEY)]


class SiteLook(BaseModel):
    """What a site's visitors see."""

    model_config = {
        "json_schema_extra": {
            "examples": [
                {
                    "name": "示范消费者协会",
                    "accent": "#1b5e8c",
                    "hotline": "010-12345678",
                    "hours": "工作日 9:00–17:00",
                }
            ]
        }
    }

    name: str
    accent: str | None
    hotline: str | None
    hours: str | None


def page_routes(sites: Sites) -> APIRouter:
    """The pages."""
    routes = APIRouter()

    @routes.get("/", include_in_schema=False)
    async def page() -> FileResponse:
        return page_for(())

    @routes.get("/embed/{key}", include_in_schema=False)
    async def embedded(key: Key) -> FileResponse:
        site = sites.get(key)
        if site is None:
            raise Problem(404)
        return page_for(site.origins)

    @routes.get("/widget.js", include_in_schema=False)
    async def widget() -> FileResponse:
        headers = {"Cache-Control": "public, max-age=3600", "X-Content-Type-Options": "nosniff"}
        return FileResponse(STATIC / "widget.js", media_type="text/javascript", headers=headers)

    @routes.get("/api/v1/sites/{key}", tags=["sites"], responses=problems(403, 404, 422, 500))
    async def look(request: Request, key: Key) -> SiteLook:
        """How a site wants the assistant to look; told on that site's own pages."""
        sites.admit(key, request.headers)
        site = sites.get(key)
        assert site is not None
        return SiteLook(name=site.name, accent=site.accent, hotline=site.hotline, hours=site.hours)

    return routes


def page_for(ancestors: tuple[str, ...]) -> FileResponse:
    """The chat page, which only these origins may put into a frame."""
    policy = POLICY.format(ancestors=" ".join(ancestors) or "'none'")
    headers = {**CLOSED, "Content-Security-Policy": policy}
    return FileResponse(STATIC / "index.html", media_type="text/html", headers=headers)


def assets() -> ASGIApp:
    """The parts of the page, compressed."""
    return GZipMiddleware(StaticFiles(directory=STATIC))
