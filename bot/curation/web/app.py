"""The workspace as an application of its own, to be mounted under /workspace."""

from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.curation.web.guard import HEADERS, guarded
from bot.curation.web.office import open_office
from bot.curation.web.routes import RULES
from bot.curation.workspace import Workspace

if TYPE_CHECKING:
    from bot.app import App

STATIC = Path(__file__).parent / "static"


def workspace_app(app: "App", workspace: Workspace) -> Starlette:
    """All pages; each route comes from a line of the table, so none is without its roles."""
    office = open_office(app, workspace, frozenset(rule.path for rule in RULES))
    routes: list[BaseRoute] = [
        Route(rule.path, guarded(office, rule), methods=[rule.method]) for rule in RULES
    ]
    routes.append(Mount("/static", StaticFiles(directory=STATIC), name="static"))
    pages = Starlette(routes=routes, exception_handlers={404: _nowhere, 405: _nowhere})
    pages.state.office = office
    return pages


async def _nowhere(_request: Request, _fault: Exception) -> Response:
    """Nothing that is sent to no page is listened to."""
    return Response("", 404, headers={**HEADERS, "Connection": "close"})
