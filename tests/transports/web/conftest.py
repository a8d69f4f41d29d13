"""The whole web application behind a real HTTP server, with two associations' sites."""

import dataclasses
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from bot.answering.reply import Reply
from bot.app import App
from bot.dialogue.message import Message, Response
from bot.knowledge.site import Site
from bot.store.sites import SiteStore
from bot.transports.web.app import web_app
from bot.transports.web.limits import Allowance, Limits
from tests.stands.web_server import serving
from tests.transports.web.visitor import HOME

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
UNHURRIED = Limits(Allowance(100_000, 1000), Allowance(100_000, 1000), heartbeat=0.2, patience=2)
SITES = (
    Site(
        key="news",
        name="便民新闻 <img src=x onerror=alert(1)>",
        accent="#1b5e8c",
        hotline="010-12345678",
        hours="工作日 9:00-17:00",
        origins=(HOME,),
    ),
    Site(key="closed", name="没有来源的站点"),
)


@pytest.fixture(scope="session")
def web_home(app: App, tmp_path_factory: pytest.TempPathFactory) -> App:
    """The assistant with two sites, and a data folder of its own for the web."""
    for each in SITES:
        SiteStore(app.engine).put(each)
    return with_data(app, tmp_path_factory.mktemp("web"))


def with_data(app: App, folder: Path) -> App:
    """The assistant over another data folder."""
    settings = app.settings.model_copy(
        update={"data_dir": folder, "database_url": app.settings.store_url}
    )
    return dataclasses.replace(app, settings=settings)


def with_reply(app: App, reply: Reply | Exception) -> App:
    """The assistant with a dialogue that says what it is told to say."""
    return dataclasses.replace(app, respond=Scripted(reply))  # type: ignore[arg-type]


class Scripted:
    """A dialogue of one outcome."""

    def __init__(self, outcome: Reply | Exception) -> None:
        self.outcome = outcome

    def known(self, _message: Message) -> None:
        """Nothing is known beforehand."""

    async def __call__(self, _message: Message, _listener: object = None) -> Response:
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return Response(self.outcome)


@pytest.fixture(scope="session")
def site(web_home: App) -> Iterator[str]:
    """Its address."""
    with serving(web_app(web_home, UNHURRIED)) as address:
        yield address


@pytest.fixture(scope="module")  # its event loop must not outlive the tests that need it
def browser() -> Iterator[Browser]:
    """A real Chromium; where there is none the test fails in CI and is left out aloud elsewhere."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        missing = "no Chromium is installed: run `make browser` (apt-get install chromium)"
        if os.environ.get("CI") == "true":
            pytest.fail(missing, pytrace=False)
        pytest.skip(f"LEFT OUT, {missing}")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone's screen; whatever the page complains about fails the test."""
    with screen(browser) as phone:
        yield phone


@contextmanager
def screen(browser: Browser, complaints: bool = True, **options: Any) -> Iterator[Page]:
    """A page of a context of its own."""
    wanted = {"locale": "zh-CN", "viewport": {"width": 390, "height": 844}, **options}
    context = browser.new_context(**wanted)
    page = context.new_page()
    heard: list[str] = []
    page.on("pageerror", lambda fault: heard.append(str(fault)))
    page.on("console", lambda line: heard.append(line.text) if line.type == "error" else None)
    yield page
    context.close()
    if complaints:
        assert heard == []
