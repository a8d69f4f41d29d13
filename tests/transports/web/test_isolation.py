"""What one association tells its visitors, nobody else's visitors hear: canaries on every way."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest

from bot.app import App
from bot.clock import today
from bot.knowledge.site import LocalNote, Logo, Site
from bot.store.sites import SiteStore
from bot.transports.web.app import web_app
from tests.stands.web_server import serving
from tests.transports.web.conftest import UNHURRIED
from tests.transports.web.visitor import Visitor, chat, the

QUESTION = "你们线下咨询日是哪天，可以当面问吗"
CANARIES = {
    "red-union": "金丝雀红每周三下午在红街九号",
    "blue-union": "金丝雀蓝每周五上午在蓝路七号",
}
PNG = b"\x89PNG\r\n" + b"x" * 100


@dataclass(frozen=True)
class Two:
    """Two associations on one server, and the store behind them."""

    address: str
    store: SiteStore

    def hears(self, site: str | None, question: str = QUESTION) -> str:
        wanted = {"site": site} if site else {}
        return str(chat(self.address, text=question, **wanted))


@pytest.fixture(scope="module")
def two(web_home: App) -> Iterator[Two]:
    store = SiteStore(web_home.engine)
    for key, canary in CANARIES.items():
        store.put(Site(key=key, name=f"协会{key}", origins=(f"https://{key}.example",)))
        store.put_note(
            LocalNote(site=key, title="线下咨询日", questions=("可以当面咨询吗",), text=canary)
        )
    with serving(web_app(web_home, UNHURRIED)) as address:
        for key in CANARIES:
            admitted_in_time(address, key)
        yield Two(address, store)


def canaries(said: str) -> set[str]:
    return {key for key, canary in CANARIES.items() if canary in said}


@pytest.mark.parametrize("again", range(2))  # worked out, and then from what is known
def test_search_and_caches_give_a_note_to_its_own_visitors(two: Two, again: int) -> None:
    assert canaries(two.hears("red-union")) == {"red-union"}, again
    assert canaries(two.hears("blue-union")) == {"blue-union"}, again
    assert canaries(two.hears(None)) == set(), again


def test_a_note_is_said_in_the_associations_name(two: Two) -> None:
    done = the("done", chat(two.address, text=QUESTION, site="red-union"))
    assert "**协会red-union的提示**" in done["text"]
    assert done["status"] == "answered"


def test_a_note_does_not_stand_under_what_it_is_not_about(two: Two) -> None:
    assert canaries(two.hears("red-union", "收到支付令怎么办")) == set()


def test_despair_gets_no_note(two: Two) -> None:
    assert canaries(two.hears("red-union", "不想活了，可以当面咨询吗")) == set()


def test_a_changed_note_is_heard_and_the_old_one_never_again(two: Two) -> None:
    note = next(iter(two.store.notes("blue-union")))
    before = note.model_copy(update={"text": "金丝雀黄改到周六"})
    assert canaries(two.hears("blue-union")) == {"blue-union"}
    two.store.put_note(before)
    try:
        for _ in range(200):
            said = two.hears("blue-union")
            if "金丝雀黄" in said:
                break
        assert "金丝雀黄" in said
        assert canaries(said) == set()
    finally:
        two.store.put_note(note)


def test_a_talk_its_export_and_feedback_stay_on_its_site(two: Two) -> None:
    red = Visitor.of(two.address, {"Origin": "https://red-union.example"}, site="red-union")
    answer = the("done", red.ask(QUESTION))["answer"]
    export = httpx.get(red.address, headers=red.pass_).json()
    assert canaries(str(export)) == {"red-union"}
    assert export["also_kept"]["web_conversations"][0]["site"] == "red-union"

    at_blue = {"Origin": "https://blue-union.example", **red.pass_}
    for method, path in (("GET", ""), ("DELETE", ""), ("POST", f"/answers/{answer}/feedback")):
        body = {"useful": True} if method == "POST" else None
        reply = httpx.request(method, red.address + path, headers=at_blue, json=body)
        assert (reply.status_code, canaries(reply.text)) == (403, set())

    blue = Visitor.of(two.address, site="blue-union")
    foreign = f"{blue.address}/answers/{answer}/feedback"
    reply = httpx.post(foreign, json={"useful": True}, headers=blue.pass_)
    assert reply.status_code == 404
    assert canaries(str(httpx.get(blue.address, headers=blue.pass_).json())) == set()


def test_a_look_tells_no_note_and_no_other_site(two: Two) -> None:
    look = httpx.get(f"{two.address}/api/v1/sites/red-union").text
    assert "blue" not in look
    assert canaries(look) == set()
    description = httpx.get(f"{two.address}/openapi.json").text
    assert "union" not in description


def test_counts_are_each_sites_own(two: Two) -> None:
    def counted(key: str) -> int:
        return sum(day.messages for day in two.store.days(key, today()))

    red, blue = counted("red-union"), counted("blue-union")
    two.hears("red-union")
    two.hears(None)
    assert (counted("red-union"), counted("blue-union")) == (red + 1, blue)


def test_a_sites_limits_are_its_own(two: Two) -> None:
    used = sum(day.messages for day in two.store.days("red-union", today()))
    red = two.store.site("red-union")
    two.store.put(red.model_copy(update={"daily_messages": max(used, 1)}))
    try:
        refused = refused_in_time(two, {"text": QUESTION, "site": "red-union"})
        assert refused.json()["code"] == "site_day_limit"
        assert 0 < int(refused.headers["retry-after"]) <= 24 * 3600 + 1
        assert canaries(two.hears("blue-union")) == {"blue-union"}
    finally:
        two.store.put(red)


def refused_in_time(two: Two, body: dict[str, str]) -> httpx.Response:
    for _ in range(200):  # the limit is seen within a second
        reply = httpx.post(f"{two.address}/api/v1/chat", json=body, timeout=30)
        if reply.status_code == 429:
            return reply
    raise AssertionError("the limit was never seen")


def test_a_conversations_limit_leaves_room_for_another(two: Two) -> None:
    blue = two.store.site("blue-union")
    two.store.put(blue.model_copy(update={"session_messages": 1}))
    try:
        visitor = Visitor.of(two.address, site="blue-union")
        replies = [visitor.post(QUESTION) for _ in range(60)]
        refused = [each for each in replies if each.status_code == 429]
        assert refused
        assert refused[0].json()["code"] == "site_session_limit"
        assert Visitor.of(two.address, site="blue-union").post(QUESTION).status_code == 200
    finally:
        two.store.put(blue)


def test_a_changed_mind_counts_once(two: Two) -> None:
    red = Visitor.of(two.address, {"Origin": "https://red-union.example"}, site="red-union")
    verdicts = f"{red.address}/answers/{the('done', red.ask(QUESTION))['answer']}/feedback"

    def counts() -> tuple[int, int]:
        days = two.store.days("red-union", today())
        return sum(each.useful for each in days), sum(each.not_useful for each in days)

    useful, useless = counts()
    told = []
    for verdict in (True, True, False, False, True):
        httpx.post(verdicts, json={"useful": verdict}, headers=red.pass_).raise_for_status()
        told.append(
            tuple(n - before for n, before in zip(counts(), (useful, useless), strict=True))
        )
    assert told == [(1, 0), (1, 0), (0, 1), (0, 1), (1, 0)]


def test_a_picture_is_served_so_that_it_cannot_run(two: Two) -> None:
    two.store.put_logo("red-union", Logo(media_type="image/png", content=PNG))
    look = httpx.get(f"{two.address}/api/v1/sites/red-union").json()
    reply = httpx.get(two.address + look["logo"])
    assert (reply.content, reply.headers["content-type"]) == (PNG, "image/png")
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in reply.headers["content-security-policy"]
    assert httpx.get(f"{two.address}/api/v1/sites/blue-union/logo").status_code == 404


def admitted_in_time(address: str, key: str) -> Visitor:
    for _ in range(400):  # a new site is seen within a second
        if httpx.get(f"{address}/api/v1/sites/{key}").status_code == 200:
            return Visitor.of(address, site=key)
        time.sleep(0.02)
    raise AssertionError("the site was never seen")


def test_a_site_that_is_removed_lets_nobody_in(web_home: App) -> None:
    store = SiteStore(web_home.engine)
    store.put(Site(key="gone-union", name="要走的协会"))
    with serving(web_app(web_home, UNHURRIED)) as address:
        visitor = admitted_in_time(address, "gone-union")
        store.remove("gone-union")
        assert visitor.post(QUESTION).status_code in (401, 404)
