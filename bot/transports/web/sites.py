"""The associations whose pages may carry the assistant, and the origins they use."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.errors import SettingsInvalid
from bot.transports.web.problems import Problem

Origin = Annotated[str, StringConstraints(pattern=r"^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?$")]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]
SITE_KEY = r"^[a-z0-9][a-z0-9-]{1,62}$"
ALLOWED_HEADERS = "Authorization, Content-Type, Idempotency-Key, Last-Event-ID"


class Site(BaseModel):
    """One association's page; an empty list of origins lets nobody embed it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: Annotated[str, StringConstraints(pattern=SITE_KEY)]
    name: str = Field(min_length=1, max_length=40)
    accent: Colour | None = None
    hotline: str | None = Field(default=None, max_length=60)
    hours: str | None = Field(default=None, max_length=60)
    origins: tuple[Origin, ...] = ()


class Sites:
    """All sites by key, and whose pages a request may come from."""

    def __init__(self, sites: Iterable[Site] = ()) -> None:
        self._sites = {site.key: site for site in sites}
        self._origins = {origin for site in self._sites.values() for origin in site.origins}

    @classmethod
    def read(cls, path: Path) -> "Sites":
        """The sites of a YAML file; none where there is no file."""
        if not path.exists():
            return cls()
        try:
            listed = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
            return cls(TypeAdapter(tuple[Site, ...]).validate_python(listed or ()))
        except (yaml.YAMLError, UnicodeDecodeError, OSError) as fault:
            raise SettingsInvalid(f"{path} cannot be read: {_first_line(fault)}") from fault
        except ValidationError as fault:
            first = fault.errors()[0]
            place = ".".join(str(part) for part in first["loc"])
            raise SettingsInvalid(f"{path}: {place}: {first['msg']}") from fault

    def get(self, key: str) -> Site | None:
        """The site with this key."""
        return self._sites.get(key)

    def knows(self, origin: str) -> bool:
        """Whether any site has this origin."""
        return origin in self._origins

    def admit(self, key: str | None, headers: Headers) -> None:
        """Let a request in for a site, or for no site; a Problem where its origin is foreign."""
        site = self.get(key) if key is not None else None
        if key is not None and site is None:
            raise Problem(404, "no_such_site", "There is no site with this key.")
        origin = headers.get("origin")
        if origin is None or is_own(origin, headers):
            return
        if site is None or origin not in site.origins:
            raise Problem(403)


def is_own(origin: str, headers: Headers) -> bool:
    """Whether an origin is this server itself; the scheme may differ behind a proxy."""
    return urlsplit(origin).netloc == headers.get("host")


class CrossOrigin:
    """Answers browsers on other pages: the API to the sites' origins, assets to everyone."""

    def __init__(self, app: ASGIApp, sites: Sites) -> None:
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


def _first_line(fault: Exception) -> str:
    return str(fault).splitlines()[0]
