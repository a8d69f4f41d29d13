"""The whole web application behind a real HTTP server, with two associations' sites."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import App
from bot.transports.web.app import web_app
from bot.transports.web.limits import Allowance, Limits
from tests.stands.web_server import serving
from tests.transports.web.visitor import HOME

UNHURRIED = Limits(Allowance(100_000, 1000), Allowance(100_000, 1000), heartbeat=0.2, patience=2)
SITES = f"""
- key: news
  name: 便民新闻 <img src=x onerror=alert(1)>
  accent: "#1b5e8c"
  hotline: 010-12345678
  hours: 工作日 9:00-17:00
  origins: ["{HOME}"]
- key: closed
  name: 没有来源的站点
"""


@pytest.fixture(scope="session")
def web_home(app: App, tmp_path_factory: pytest.TempPathFactory) -> App:
    """The assistant with a data folder of its own for the web: its sites and its database."""
    folder = tmp_path_factory.mktemp("web")
    (folder / "sites.yaml").write_text(SITES, "utf-8")
    return with_data(app, folder)


def with_data(app: App, folder: Path) -> App:
    """The assistant over another data folder."""
    settings = app.settings.model_copy(
        update={"data_dir": folder, "database_url": app.settings.store_url}
    )
    return dataclasses.replace(app, settings=settings)


@pytest.fixture(scope="session")
def site(web_home: App) -> Iterator[str]:
    """Its address."""
    with serving(web_app(web_home, UNHURRIED)) as address:
        yield address
