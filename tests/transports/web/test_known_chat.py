"""A first message whose answer is known takes a short way, and is told nothing else for it."""

import dataclasses
import json
import time

import httpx
import pytest

from bot.app import App
from bot.store.switches import Switches
from bot.transports.web.app import web_app
from bot.transports.web.limits import Allowance
from tests.stands.web_server import serving
from tests.transports.web.conftest import UNHURRIED
from tests.transports.web.visitor import HOME, Events, Visitor, chat, numbered, the

QUESTION = "收到支付令怎么办"


def told(events: Events) -> Events:
    """What a reader sees, without what differs for everybody."""
    own = {"conversation", "token", "answer"}
    return [
        (name, {k: v for k, v in content.items() if k not in own} if name in OWN else content)
        for name, content in events
    ]


OWN = ("status", "done")


def test_what_is_known_is_told_as_what_is_worked_out(site: str) -> None:
    worked_out = Visitor.of(site).ask(QUESTION)
    first, known = chat(site, text=QUESTION), chat(site, text=QUESTION)
    assert told(known) == told(first)
    assert the("done", known)["text"] == the("done", worked_out)["text"]
    assert the("done", known)["answer"] != the("done", first)["answer"]


def test_its_events_are_numbered_and_its_stream_ends(site: str) -> None:
    chat(site, text=QUESTION)
    reply = httpx.post(f"{site}/api/v1/chat", json={"text": QUESTION})
    assert reply.headers["cache-control"] == "no-store"
    assert int(reply.headers["content-length"]) == len(reply.content)
    numbers = [number for number, _, _ in numbered(reply.text)]
    assert [int(each.partition(".")[2]) for each in numbers] == list(range(1, len(numbers) + 1))
    assert len({each.partition(".")[0] for each in numbers}) == 1


def test_its_conversation_is_kept_before_it_ends_and_goes_on(site: str) -> None:
    chat(site, text=QUESTION)
    opening = the("status", chat(site, text=QUESTION))
    visitor = Visitor(site, opening["conversation"], opening["token"])
    kept = httpx.get(visitor.address, headers=visitor.pass_).json()["messages"]
    assert [each["role"] for each in kept] == ["user", "assistant"]
    assert "15" in the("done", visitor.ask("那要多久"))["text"]


@pytest.mark.parametrize(
    ("more", "origin", "status"),
    [
        ({"site": "nobody"}, None, 404),
        ({"site": "closed"}, HOME, 403),
        ({}, "https://evil.example", 403),
        ({"language": "zz"}, None, 422),
    ],
)
def test_it_opens_no_door(site: str, more: dict[str, str], origin: str | None, status: int) -> None:
    chat(site, text=QUESTION)
    headers = {"Origin": origin} if origin else None
    reply = httpx.post(f"{site}/api/v1/chat", json={"text": QUESTION, **more}, headers=headers)
    assert reply.status_code == status
    assert reply.headers["content-type"] == "application/problem+json"


def test_it_counts_for_the_address(web_home: App) -> None:
    limits = dataclasses.replace(UNHURRIED, address=Allowance(3, 0.01))
    with serving(web_app(web_home, limits)) as address:
        replies = [
            httpx.post(
                f"{address}/api/v1/chat", json={"text": QUESTION}, headers=visitor, timeout=30
            )
            for visitor in [{"X-Forwarded-For": "192.0.2.7"}] * 5
            + [{"X-Forwarded-For": "192.0.2.8"}, {}]
        ]
    assert [each.status_code for each in replies] == [200, 200, 200, 429, 429, 200, 200]
    assert int(replies[4].headers["retry-after"]) > 1


def test_this_machine_asks_as_often_as_it_likes(web_home: App) -> None:
    limits = dataclasses.replace(UNHURRIED, address=Allowance(3, 0.01))
    with serving(web_app(web_home, limits)) as address:
        replies = [
            httpx.post(f"{address}/api/v1/{path}", json=body, timeout=30)
            for path, body in [("chat", {"text": QUESTION}), ("conversations", {})] * 4
        ]
    assert {each.status_code for each in replies} <= {200, 201}


def test_a_body_of_another_kind_is_left_to_the_route(site: str) -> None:
    chat(site, text=QUESTION)
    body = json.dumps({"text": QUESTION})
    reply = httpx.post(f"{site}/api/v1/chat", content=body, headers={"Content-Type": "text/plain"})
    assert reply.status_code == 422


def test_where_the_web_is_switched_off_nothing_is_known(web_home: App) -> None:
    switches = Switches(web_home.engine)
    with serving(web_app(web_home, UNHURRIED)) as address:

        def wait_until_answered(given: bool) -> None:  # a switch is seen within a second
            deadline = time.monotonic() + 20
            while (the("done", chat(address, text=QUESTION))["answer"] is not None) != given:
                assert time.monotonic() < deadline
                time.sleep(0.05)

        wait_until_answered(True)
        switches.turn("web", on=False, who="test", note="")
        try:
            wait_until_answered(False)
        finally:
            switches.turn("web", on=True, who="test", note="")
            wait_until_answered(True)
