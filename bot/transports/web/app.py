"""The web application: the API, the chat page and the widget."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache

from fastapi import FastAPI

from bot.app import App
from bot.clock import today
from bot.dialogue.creditor_names import CreditorNames
from bot.drafting.template import read_templates
from bot.editions import Edition
from bot.operation.health import Health, health_routes
from bot.store.hand_offs import HandOffs
from bot.store.sites import SiteStore
from bot.store.web_conversations import WebConversations
from bot.transports.web import bodies
from bot.transports.web.calculations import calculation_routes
from bot.transports.web.chat import chat_routes, entry_by
from bot.transports.web.door import Door
from bot.transports.web.known_chat import KnownChat
from bot.transports.web.limits import LimitBody, Limits
from bot.transports.web.pages import assets, page_routes
from bot.transports.web.problems import answer_with_problems
from bot.transports.web.runs import Runs
from bot.transports.web.sites import CrossOrigin
from bot.transports.web.tally import Tally
from bot.transports.web.volunteers import Volunteers, volunteer_routes

DEFAULT_LIMITS = Limits()
WORKSPACE = "/workspace"  # asks who somebody is before it reads what they send


def web_app(app: App, limits: Limits = DEFAULT_LIMITS) -> FastAPI:
    """The ASGI application over a built assistant."""
    store = SiteStore(app.engine)
    tally = Tally(store, app.commits)
    kept = WebConversations(app.engine, app.commits)
    templates = read_templates(app.settings.knowledge_dir / "letters")
    volunteers = Volunteers(HandOffs(app.engine), limits.heartbeat)
    runs = Runs(app.respond, kept, tally, volunteers, limits)
    door = Door(kept, store, app.sites, limits)
    health = Health(app)

    @asynccontextmanager
    async def lifespan(_web: FastAPI) -> AsyncIterator[None]:
        async with health.counting():
            yield
        runs.stop()
        app.engine.dispose()

    web = FastAPI(
        title="Borrower Aid 借款人帮手",
        version="1",
        summary="Calm, sourced answers for people who cannot pay a debt on time.",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    answer_with_problems(web, bodies.schemas())
    enter = entry_by(door)
    web.include_router(chat_routes(app.respond, kept, runs, door, tally, enter))
    web.include_router(volunteer_routes(volunteers, enter))
    web.include_router(
        calculation_routes(lambda: names_of(app.editions.current), templates, today, door)
    )
    web.include_router(page_routes(app.sites, store))
    web.mount("/static", assets(), name="static")
    web.add_middleware(KnownChat, respond=app.respond, runs=runs, door=door)
    web.add_middleware(LimitBody, apart=WORKSPACE)
    web.add_middleware(CrossOrigin, sites=app.sites)
    web.include_router(health_routes(health))

    return web


@lru_cache(maxsize=1)
def names_of(edition: Edition) -> CreditorNames:
    """What people call the creditors of a publication."""
    return CreditorNames(edition.library.creditors)
