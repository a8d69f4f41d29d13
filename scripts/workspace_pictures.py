"""Takes the workspace's pictures in docs/images: `python -m scripts.workspace_pictures`."""

import shutil
import tempfile
import time
from datetime import date
from pathlib import Path

import httpx
from playwright.sync_api import Browser, expect, sync_playwright

from bot.app import build
from bot.curation.accounts import People, people_of
from bot.curation.people import Role
from bot.curation.second_factor import STEP_SECONDS, code_at
from bot.curation.web.app import workspace_app
from bot.curation.web.visit import COOKIE, ROOT
from bot.curation.workspace import Workspace, open_workspace
from bot.knowledge.instrument import InstrumentStatus
from bot.settings import ROOT as HOME
from bot.settings import Settings
from bot.transports.web.app import web_app
from tests.stands.web_server import serving
from tests.transports.web.conftest import FLAGS

IMAGES = HOME / "docs" / "images"
PASSWORD = "三号楼的 Kettle 41"  # noqa: S105 - of an account that ends with the script
ASKED = ("养老金会不会被扣", "我的退休金会被划走吗", "宠物店的钱能不能晚点给")
DESK, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
PICTURES = (
    ("home", "/", Role.REVIEWER, DESK),
    ("edit", "/entries/visit-after/edit", Role.EDITOR, DESK),
    ("review", "/entries/visit-tomorrow", Role.REVIEWER, DESK),
    ("gaps", "/gaps", Role.EDITOR, DESK),
    ("law", "/instruments/credit-card-measures-2011", Role.REVIEWER, DESK),
    ("accounts", "/accounts", Role.ADMINISTRATOR, DESK),
    ("phone-home", "/", Role.EDITOR, PHONE),
    ("phone-review", "/entries/visit-tomorrow", Role.REVIEWER, PHONE),
)


def main() -> None:
    """Take every picture."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        app = build(Settings(_env_file=None, data_dir=Path(folder)))  # type: ignore[call-arg]
        workspace, people = open_workspace(app), people_of(app.engine)
        web = web_app(app)
        web.mount(ROOT, workspace_app(app, workspace))
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        with serving(web) as site:
            tokens = {role: let_in(people, role) for role in Role}
            a_week(site, workspace)
            for name, path, role, viewport in PICTURES:
                take(browser, site + ROOT + path, name, tokens[role], viewport)
        browser.close()


def take(browser: Browser, address: str, name: str, token: str, viewport: dict[str, int]) -> None:
    """One picture of a page."""
    context = browser.new_context(locale="zh-CN", viewport=viewport)  # type: ignore[arg-type]
    context.add_cookies([{"name": COOKIE, "value": token, "url": address}])
    page = context.new_page()
    page.goto(address)
    expect(page.locator("h1")).to_be_visible()
    page.screenshot(path=IMAGES / f"workspace-{name}.png")
    context.close()


def let_in(people: People, role: Role) -> str:
    """Somebody of a role with a session; its token."""
    names = {Role.EDITOR: "小林", Role.REVIEWER: "王老师", Role.ADMINISTRATOR: "陈主任"}
    name = names.get(role, "站长")
    account = people.accept(people.invite(role, name, "陈主任"), name, PASSWORD)
    code = code_at(people.set_up_second_factor(account), int(time.time() // STEP_SECONDS))
    token = people.begin_session(account, "Chrome · Android")
    return people.confirm_second_factor(account, code, token)[0]


def a_week(site: str, workspace: Workspace) -> None:
    """Questions that were asked, entries in work, a law that changed."""
    for question in ASKED:
        entry = httpx.post(f"{site}/api/v1/conversations", json={}).json()
        httpx.post(
            f"{site}/api/v1/chat",
            json={"conversation": entry["id"], "text": question},
            headers={"Authorization": f"Bearer {entry['token']}"},
            timeout=60,
        )
    shorter = "可以不开门，也可以只隔着门说话。催收员没有权力进你家。"
    submit(workspace, "visit-tomorrow", short_answer=shorter)
    steps = workspace.entries.version("visit-after").fields["steps"]
    revision = workspace.entries.get("visit-after").revision
    fields = {**workspace.entries.version("visit-after").fields, "steps": steps[:4]}
    workspace.workflow.save("visit-after", fields, revision, "小林")
    workspace.workflow.mark_instrument(
        "credit-card-measures-2011",
        InstrumentStatus.AMENDED,
        date(2026, 12, 1),
        "王老师",
        "示例",
    )


def submit(workspace: Workspace, entry: str, **changed: object) -> None:
    """A changed text that waits for a second person."""
    found = workspace.entries.get(entry)
    fields = {**workspace.entries.version(entry).fields, **changed}
    saved = workspace.workflow.save(entry, fields, found.revision, "小林")
    workspace.workflow.submit(entry, saved.revision, "小林", "把第一句改短了，请看看。")


if __name__ == "__main__":
    main()
