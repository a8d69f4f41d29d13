"""Whose pages a request may come from: the associations' sites and their origins."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.knowledge.site import Site
from bot.store.site_directory import SiteDirectory
from bot.transports.web.problems import Problem

ALLOWED_HEADERS = "Authorization, Content-Type, Idempotency-Key, Last-Event-ID"


async def admit(sites: SiteDirectory, key: str | None, headers: Headers) -> Site | None:
    """Let a request in for a site, or for no site; a Problem where its origin is foreign."""
    origin = headers.get("origin")
    if key is None and (origin is None or is_own(origin, headers)):
        return None
    await sites.look()
    site = sites.get(key) if key is not None else None
    if key is not None and site is None:
        raise Problem(404, "no_such_site", "There is no site with this key.")
    welcome = site is not None and origin in site.origins
    if origin is not None and not is_own(origin, headers) and not welcome:
        raise Problem(403)
    return site


def is_own(origin: str, headers: Headers) -> bool:
    """Whether an origin is this server itself; the scheme may differ behind a proxy."""
    return urlsplit(origin).netloc == headers.get("host")


class CrossOrigin:
    """Answers browsers on other pages: the API to the sites' origins, assets to everyone."""

    def __init__(self, app: ASGIApp, sites: SiteDirectory) -> None:
        self._app = app
        self._sites = sites

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse foreign origins; say to the others that they may read the answer."""
        headers = Headers(scope=scope) if scope["type"] == "http" else Headers()
        origin = headers.get("origin")
        if origin is None or is_own(origin, headers):
            await self._app(scope, receive, send)
            return
        if not scope["path"].startswith("/api/"):
            await self._app(scope, receive, _allowing(send, "*"))
            return
        await self._sites.look()
        if not self._sites.knows(origin):
            await Problem(403).response()(scope, receive, send)
            return
        if scope["method"] == "OPTIONS":
            await _preflight(origin)(scope, receive, send)
            return
        await self._app(scope, receive, _allowing(send, origin))


def _preflight(origin: str) -> Response:
    allowed = {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Methods": "GET, POST, DELETE",
        "Access-Control-Allow-Headers": ALLOWED_HEADERS,
        "Access-Control-Max-Age": "600",
        "Vary": "Origin",
    }
    return Response(status_code=204, headers=allowed)


def _allowing(send: Send, origin: str) -> Send:
    async def send_allowed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["Access-Control-Allow-Origin"] = origin
            headers["Access-Control-Expose-Headers"] = "Retry-After"
            headers.add_vary_header("Origin")
        await send(message)

    return send_allowed
