"""The chat page, the same page inside a frame, and the widget, with their security headers."""

import asyncio
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from fastapi import Path as InPath
from fastapi.responses import FileResponse
from pydantic import BaseModel, Field
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from bot.knowledge.site import SITE_KEY
from bot.store.site_directory import SiteDirectory
from bot.store.sites import SiteStore
from bot.transports.web.problems import Problem, problems
from bot.transports.web.sites import admit

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
PICTURE = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "public, max-age=600",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
LOGO: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The picture.",
        "content": {f"image/{kind}": {} for kind in ("png", "jpeg", "webp")},
    }
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
                    "theme": None,
                    "label": "问一问",
                    "hotline": "010-12345678",
                    "hours": "工作日 9:00–17:00",
                    "logo": "/api/v1/sites/beijing-consumers/logo",
                }
            ]
        }
    }

    name: str
    accent: str | None
    theme: str | None
    label: str | None
    hotline: str | None
    hours: str | None
    logo: str | None = Field(description="Where the site's picture is, if it has one.")


def page_routes(sites: SiteDirectory, store: SiteStore) -> APIRouter:
    """The pages."""
    routes = APIRouter()

    @routes.get("/", include_in_schema=False)
    async def page() -> FileResponse:
        return page_for(())

    @routes.get("/embed/{key}", include_in_schema=False)
    async def embedded(key: Key) -> FileResponse:
        await sites.look()
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
        site = await admit(sites, key, request.headers)
        assert site is not None
        logo = await asyncio.to_thread(store.logo, key)
        shown = site.model_dump(include=set(SiteLook.model_fields))
        return SiteLook(**shown, logo=f"/api/v1/sites/{key}/logo" if logo else None)

    @routes.get(
        "/api/v1/sites/{key}/logo",
        tags=["sites"],
        response_class=Response,
        responses={**LOGO, **problems(403, 404, 422, 500)},
    )
    async def logo(request: Request, key: Key) -> Response:
        """A site's picture."""
        await admit(sites, key, request.headers)
        picture = await asyncio.to_thread(store.logo, key)
        if picture is None:
            raise Problem(404)
        return Response(picture.content, media_type=picture.media_type, headers=PICTURE)

    return routes


def page_for(ancestors: tuple[str, ...]) -> FileResponse:
    """The chat page, which only these origins may put into a frame."""
    policy = POLICY.format(ancestors=" ".join(ancestors) or "'none'")
    headers = {**CLOSED, "Content-Security-Policy": policy}
    return FileResponse(STATIC / "index.html", media_type="text/html", headers=headers)


def assets() -> ASGIApp:
    """The parts of the page, compressed."""
    return GZipMiddleware(StaticFiles(directory=STATIC))
