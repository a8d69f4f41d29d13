"""The workspace behind a real HTTP server, with somebody of each role signed in."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from bot.app import App
from bot.curation import second_factor
from bot.curation.accounts import People, people_of
from bot.curation.people import Role
from bot.curation.web.app import workspace_app
from bot.curation.web.office import Office
from bot.curation.web.visit import COOKIE, ROOT, csrf_of
from bot.curation.workspace import Workspace
from bot.transports.web.app import web_app
from tests.curation.workspaces import opened, write_base
from tests.stands.web_server import serving

PASSWORD = "三号楼的 Kettle 41"
NAMES = {
    Role.EDITOR: "小林",
    Role.REVIEWER: "王老师",
    Role.SITE_MANAGER: "站长",
    Role.ADMINISTRATOR: "陈主任",
}


@dataclass(frozen=True)
class Site:
    """A running workspace, and the cookies of those signed in."""

    address: str
    app: App
    workspace: Workspace
    web: FastAPI
    people: People
    tokens: dict[Role, str]
    office: Office

    def visitor(self, role: Role | None) -> "Visitor":
        """Somebody of a role, or nobody."""
        return Visitor(self.address, self.tokens[role] if role else "")


class Visitor:
    """A browser without scripts."""

    def __init__(self, address: str, token: str) -> None:
        self.token = token
        self._base = address + ROOT

    def get(self, path: str) -> httpx.Response:
        return self._send("GET", path)

    def post(self, path: str, **fields: object) -> httpx.Response:
        """Send a form as its page would."""
        own = csrf_of(self.token)
        address = f"{path}?csrf={own}" if path == "/intake" else path
        return self._send("POST", address, data={"csrf": own, **fields})

    def upload(self, path: str, name: str, content: bytes) -> httpx.Response:
        """Send a file."""
        path = f"{path}?csrf={csrf_of(self.token)}"
        return self._send("POST", path, files={"file": (name, content)})

    def _send(self, method: str, path: str, **options: Any) -> httpx.Response:
        cookies = {COOKIE: self.token} if self.token else {}
        with httpx.Client(base_url=self._base, cookies=cookies, timeout=60) as client:
            return client.request(method, path, **options)


@contextmanager
def workspace_site(folder: Path, **settings: Any) -> Iterator[Site]:
    """The workspace over the small knowledge base."""
    write_base(folder)
    with opened(folder, **settings) as (app, workspace):
        web, pages = web_app(app), workspace_app(app, workspace)
        web.mount(ROOT, pages)
        people = people_of(app.engine)
        tokens = {role: signed_in(people, name, role) for role, name in NAMES.items()}
        with serving(web) as address:
            yield Site(address, app, workspace, web, people, tokens, pages.state.office)


def signed_in(people: People, name: str, role: Role) -> str:
    """Somebody new with a session whose second factor was right; its token."""
    account = people.accept(people.invite(role, name, "test"), name, PASSWORD)
    secret = people.set_up_second_factor(account)
    token, _codes = people.confirm_second_factor(
        account, code_now(secret), people.begin_session(account, "test")
    )
    return token


def code_now(secret: str, ahead: int = 0) -> str:
    """What the phone shows, or will show ``ahead`` steps later."""
    step = int(time.time() // second_factor.STEP_SECONDS) + ahead
    return second_factor.code_at(secret.replace(" ", ""), step)


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]
