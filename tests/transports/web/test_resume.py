"""A lost connection costs nothing: answers are picked up again, given once, ended when unread."""

import asyncio
import dataclasses
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import httpx
import pytest

from bot.answering.reply import Reply, Status
from bot.answering.turn import Listener
from bot.app import App
from bot.dialogue.message import Message, Response
from bot.transports.web.app import web_app
from bot.transports.web.events import HEARTBEAT
from tests.stands.web_server import serving
from tests.transports.web.conftest import UNHURRIED
from tests.transports.web.visitor import Visitor, numbered, read, the

KEY = {"Idempotency-Key": "question-0001"}
SENTENCES = ("先不开门。", "再打 110。", "留好录音。")


class Slow:
    """A dialogue that thinks between its sentences, and notes how often it was asked and ended."""

    def __init__(self, pause: float) -> None:
        self.pause = pause
        self.asked = 0
        self.cancelled = 0

    async def __call__(self, _message: Message, listener: Listener | None = None) -> Response:
        self.asked += 1
        assert listener is not None
        try:
            for sentence in SENTENCES:
                await asyncio.sleep(self.pause)
                await listener(sentence)
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        return Response(Reply(Status.ANSWERED, "\n".join(SENTENCES)))


@pytest.fixture
def slow() -> Slow:
    return Slow(0.25)


@pytest.fixture
def slow_site(web_home: App, slow: Slow) -> Iterator[str]:
    app = dataclasses.replace(web_home, respond=slow)  # type: ignore[arg-type]
    limits = dataclasses.replace(UNHURRIED, heartbeat=0.1, patience=0.5)
    with serving(web_app(app, limits)) as address:
        yield address


def leave_after(visitor: Visitor, pieces: int, headers: dict[str, str]) -> str:
    """Read some events, then hang up; the number of the last one read."""
    address, seen = f"{visitor.address}/messages", ""
    everything = {**visitor.pass_, **headers}
    with httpx.stream("POST", address, json={"text": "上门"}, headers=everything) as reply:
        for text in reply.iter_text():
            seen += text
            if sum(name == "delta" for name, _ in read(seen)) >= pieces:
                break
    return list(numbered(seen))[-1][0]


def wait_until_cancelled(slow: Slow) -> None:
    """Give the server a moment to notice."""
    deadline = time.monotonic() + 3
    while not slow.cancelled and time.monotonic() < deadline:
        time.sleep(0.02)
    assert slow.cancelled == 1


def test_signs_of_life_come_while_the_answer_is_made(slow_site: str) -> None:
    assert Visitor.of(slow_site).post("上门").text.count(": still here\n\n") >= 2


def test_a_reader_comes_back_to_where_it_was(slow_site: str, slow: Slow) -> None:
    visitor = Visitor.of(slow_site)
    last = leave_after(visitor, 1, KEY)
    rest = read(visitor.post("上门", {**KEY, "Last-Event-ID": last}).text)
    assert [content["text"] for name, content in rest if name == "delta"] == [
        "再打 110。\n",
        "留好录音。\n",
    ]
    assert "status" not in dict(rest)
    assert (slow.asked, slow.cancelled) == (1, 0)


def test_two_readers_follow_one_answer(slow_site: str, slow: Slow) -> None:
    visitor = Visitor.of(slow_site)

    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(lambda _: visitor.post("上门", KEY), range(2))
    assert read(one.text) == read(other.text)
    assert slow.asked == 1


def test_without_a_key_hanging_up_ends_the_work(slow_site: str, slow: Slow) -> None:
    leave_after(Visitor.of(slow_site), 1, {})
    wait_until_cancelled(slow)


def test_with_a_key_the_work_ends_when_nobody_comes_back(web_home: App) -> None:
    slow = Slow(1.5)
    app = dataclasses.replace(web_home, respond=slow)  # type: ignore[arg-type]
    limits = dataclasses.replace(UNHURRIED, patience=0.3)
    with serving(web_app(app, limits)) as address:
        leave_after(Visitor.of(address), 1, KEY)
        wait_until_cancelled(slow)


def test_a_repeated_message_is_answered_once(site: str) -> None:
    visitor = Visitor.of(site)
    replies = (visitor.post("收到支付令怎么办", KEY).text for _ in range(2))
    first, again = (each.replace(HEARTBEAT, "") for each in replies)
    assert first == again
    assert len(httpx.get(visitor.address, headers=visitor.pass_).json()["messages"]) == 2


def test_the_last_event_of_a_finished_answer_leaves_nothing_to_send(site: str) -> None:
    visitor = Visitor.of(site)
    *_, (last, name, _) = numbered(visitor.post("收到支付令怎么办", KEY).text)
    assert name == "done"
    assert visitor.post("收到支付令怎么办", {**KEY, "Last-Event-ID": last}).text == ""


def test_the_events_of_another_answer_are_no_use(site: str) -> None:
    visitor = Visitor.of(site)
    stale = {**KEY, "Last-Event-ID": f"{'0' * 16}.3"}
    assert the("status", read(visitor.post("收到支付令怎么办", stale).text))


def test_a_key_is_not_used_for_another_message(site: str) -> None:
    visitor = Visitor.of(site)
    visitor.post("收到支付令怎么办", KEY)
    reply = visitor.post("那要多久", KEY)
    assert (reply.status_code, reply.json()["code"]) == (422, "key_reused")


def test_the_same_key_in_two_conversations_is_two_messages(site: str) -> None:
    one, other = (Visitor.of(site).post("收到支付令怎么办", KEY) for _ in range(2))
    first, second = (the("done", read(each.text))["answer"] for each in (one, other))
    assert first != second


def test_an_answer_survives_a_restart(web_home: App) -> None:
    with serving(web_app(web_home, UNHURRIED)) as address:
        visitor = Visitor.of(address)
        before = visitor.post("收到支付令怎么办", KEY).text
    with serving(web_app(web_home, UNHURRIED)) as address:
        visitor = dataclasses.replace(visitor, site=address)
        assert visitor.post("收到支付令怎么办", KEY).text == before
        assert "15" in the("done", visitor.ask("那要多久"))["text"]


def test_a_client_that_sends_half_a_body_and_leaves_harms_nobody(site: str) -> None:
    place = urlsplit(site)
    with socket.create_connection((place.hostname or "", place.port or 0)) as line:
        line.sendall(
            b"POST /api/v1/chat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            b'Content-Length: 500\r\n\r\n{"text":'
        )
    assert httpx.get(f"{site}/healthz").json() == {"status": "ok"}


def test_a_lone_question_in_a_conversation_is_answered_once_too(site: str) -> None:
    visitor = Visitor.of(site)
    body = {"text": "收到支付令怎么办", "conversation": visitor.id}
    headers = {**visitor.pass_, "Idempotency-Key": "lone-question-1"}
    once, again = (
        httpx.post(f"{site}/api/v1/chat", json=body, headers=headers, timeout=30) for _ in range(2)
    )
    assert list(numbered(once.text)) == list(numbered(again.text))
    assert len(httpx.get(visitor.address, headers=visitor.pass_).json()["messages"]) == 2
    last = next(numbered(once.text))[0]
    rest = httpx.post(
        f"{site}/api/v1/chat", json=body, headers={**headers, "Last-Event-ID": last}, timeout=30
    )
    assert list(numbered(rest.text)) == list(numbered(once.text))[1:]
    odd = httpx.post(f"{site}/api/v1/chat", json=body, headers={**headers, "Last-Event-ID": "1"})
    assert odd.status_code == 422


def test_a_first_message_is_picked_up_with_what_its_first_event_told(
    slow_site: str, slow: Slow
) -> None:
    body, seen = {"text": "上门"}, ""
    with httpx.stream("POST", f"{slow_site}/api/v1/chat", json=body, headers=KEY) as reply:
        for text in reply.iter_text():
            seen += text
            if "delta" in dict(read(seen)):
                break
    opening, (last, *_) = the("status", read(seen)), list(numbered(seen))[-1]
    back = {**KEY, "Authorization": f"Bearer {opening['token']}", "Last-Event-ID": last}
    again = {**body, "conversation": opening["conversation"]}
    rest = read(httpx.post(f"{slow_site}/api/v1/chat", json=again, headers=back, timeout=30).text)
    assert [content["text"] for name, content in rest if name == "delta"] == [
        "再打 110。\n",
        "留好录音。\n",
    ]
    assert the("done", rest)["text"] == "\n".join(SENTENCES)
    assert (slow.asked, slow.cancelled) == (1, 0)


def test_a_first_message_survives_a_restart_too(web_home: App) -> None:
    body = {"text": "收到支付令怎么办"}
    with serving(web_app(web_home, UNHURRIED)) as address:
        before = httpx.post(f"{address}/api/v1/chat", json=body, headers=KEY, timeout=30).text
    opening = the("status", read(before))
    visitor = Visitor(address, opening["conversation"], opening["token"])
    with serving(web_app(web_home, UNHURRIED)) as address:
        visitor = dataclasses.replace(visitor, site=address)
        again = visitor.post("收到支付令怎么办", KEY)
        assert list(numbered(again.text)) == list(numbered(before))
        assert len(httpx.get(visitor.address, headers=visitor.pass_).json()["messages"]) == 2
        stranger = dataclasses.replace(visitor, token="x" * 43)
        assert stranger.post("收到支付令怎么办", KEY).status_code == 401


def test_the_key_alone_gives_nobody_anothers_conversation(site: str) -> None:
    first, second = (
        the("status", read(httpx.post(f"{site}/api/v1/chat", json=body, headers=KEY).text))
        for body in ({"text": "收到支付令怎么办"}, {"text": "收到支付令怎么办"})
    )
    assert first["conversation"] != second["conversation"]
    assert first["token"] != second["token"]
