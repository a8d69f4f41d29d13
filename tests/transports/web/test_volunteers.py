"""A talk with a person on the web: consent, waiting, lines as they come, a summary, one's own site."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, expect

from bot.app import App, build
from bot.dialogue.hand_off import Stage
from bot.settings import Settings
from bot.store.hand_offs import HandOffs
from bot.transports.web.app import web_app
from tests.stands.web_server import serving
from tests.transports.web.conftest import UNHURRIED, screen, with_data
from tests.transports.web.visitor import Visitor, numbered, the

HOSTILE = "先别慌 <img src=x onerror=window.hit=1>"


@dataclasses.dataclass(frozen=True)
class Staffed:
    """An assistant with volunteers who are always there."""

    address: str
    app: App

    def waiting(self) -> int:
        return self.app.desk.waiting()[-1].number


@pytest.fixture(scope="module")
def staffed(
    web_home: App, data_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Staffed]:
    settings = Settings(_env_file=None, data_dir=data_dir, telegram_volunteers_chat=-1)
    app = with_data(build(settings), tmp_path_factory.mktemp("staffed"))
    assert app.settings.store_url == web_home.settings.store_url
    with serving(web_app(app, UNHURRIED)) as address:
        yield Staffed(address, app)


@pytest.fixture(autouse=True)
def _empty_queue(staffed: Staffed) -> Iterator[None]:
    yield
    for each in (*staffed.app.desk.waiting(), *staffed.app.desk.taken()):
        open_stages = (Stage.WAITING, Stage.TAKEN)
        HandOffs(staffed.app.engine).move(each.number, open_stages, Stage.CLOSED)


def handed_over(staffed: Staffed, **beginning: str) -> Visitor:
    visitor = Visitor.of(staffed.address, **beginning)
    visitor.ask("催收说今天上门，我该怎么办")
    assert the("done", visitor.ask("转人工"))["hand_off"] is None
    assert the("done", visitor.ask("同意转给志愿者"))["hand_off"] == "waiting"
    return visitor


def followed(visitor: Visitor, last: str | None = None) -> list[tuple[str, str, Any]]:
    headers = {**visitor.pass_, **({"Last-Event-ID": last} if last else {})}
    return list(numbered(httpx.get(f"{visitor.address}/events", headers=headers, timeout=30).text))


def test_nothing_is_followed_where_nothing_was_handed_over(site: str) -> None:
    visitor = Visitor.of(site)
    visitor.ask("收到支付令怎么办")
    assert [name for _, name, _ in followed(visitor)] == ["end"]


def test_a_volunteers_words_come_marked_as_a_persons(staffed: Staffed) -> None:
    visitor, desk = handed_over(staffed), staffed.app.desk
    number = staffed.waiting()
    assert desk.take(number, "林")
    assert desk.say(number, "先把短信截图留好")
    assert the("done", visitor.ask("好的，我电话13800138000"))["hand_off"] == "taken"
    assert "〔手机号〕" in desk.lines(number)[-1].text
    assert desk.close(number)
    events = followed(visitor)
    lines = [content for _, name, content in events if name == "line"]
    assert [each["by"] for each in lines] == ["assistant", "volunteer", "assistant"]
    assert lines[1]["text"] == "先把短信截图留好"
    assert "先把短信截图留好" in lines[2]["text"]  # the closing summary
    assert events[-1][1:] == ("end", {"stage": "closed"})


def test_a_lost_connection_loses_no_line(staffed: Staffed) -> None:
    visitor, desk = handed_over(staffed), staffed.app.desk
    number = staffed.waiting()
    desk.take(number, "林")
    for text in ("一", "二"):
        desk.say(number, text)
    desk.close(number)
    whole = followed(visitor)
    lines = [each for each in whole if each[1] == "line"]
    again = followed(visitor, last=lines[1][0])
    assert [each for each in again if each[1] == "line"] == lines[2:]


def test_nobody_else_follows(staffed: Staffed) -> None:
    visitor, other = handed_over(staffed), Visitor.of(staffed.address)
    address = f"{visitor.address}/events"
    assert httpx.get(address).status_code == 401
    assert httpx.get(address, headers=other.pass_).status_code == 401


def test_a_sites_volunteers_find_its_own_visitors(staffed: Staffed) -> None:
    handed_over(staffed, site="news")
    ours = staffed.app.desk.waiting("news")
    handed_over(staffed)
    assert [each.site for each in ours] == ["news"]
    assert len(staffed.app.desk.waiting("news")) == 1
    assert len(staffed.app.desk.waiting()) == 2
    assert staffed.app.desk.waiting("closed") == []


def test_what_was_passed_on_is_in_the_export_and_goes_with_it(staffed: Staffed) -> None:
    visitor = handed_over(staffed)
    number = staffed.waiting()
    export = httpx.get(visitor.address, headers=visitor.pass_).json()["also_kept"]
    assert export["hand_offs"][0]["stage"] == "waiting"
    assert "催收说今天上门" in str(export["hand_off_lines"])
    httpx.delete(visitor.address, headers=visitor.pass_)
    assert staffed.app.desk.find(number) is None


@pytest.mark.browser
def test_the_page_shows_the_volunteer_as_a_person(browser: Browser, staffed: Staffed) -> None:
    with screen(browser) as page:
        page.goto(staffed.address)
        expect(page.locator(".log .actions button").first).to_be_visible()
        page.get_by_role("textbox").fill("转人工")
        page.get_by_role("textbox").press("Enter")
        page.get_by_role("button", name="同意转给志愿者").click()
        expect(page.locator("article.theirs").last).to_contain_text("排上队", timeout=15_000)
        number = staffed.waiting()
        staffed.app.desk.take(number, "林")
        staffed.app.desk.say(number, HOSTILE)
        human = page.get_by_role("article", name="志愿者（真人）")
        expect(human).to_contain_text(HOSTILE, timeout=20_000)
        assert page.evaluate("window.hit") is None
        staffed.app.desk.close(number, "保留证据，周三再聊")
        expect(page.locator("article.theirs").last).to_contain_text(
            "保留证据，周三再聊", timeout=20_000
        )
