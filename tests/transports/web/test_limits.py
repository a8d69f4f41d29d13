"""How much one person may send."""

import dataclasses
from pathlib import Path

import httpx
import pytest

from bot.app import App
from bot.serve import limits_of
from bot.settings import Settings
from bot.transports.web.app import web_app
from bot.transports.web.limits import LARGEST_BODY, Allowance, Limits, RateLimit
from bot.transports.web.problems import Problem
from tests.stands.web_server import serving
from tests.transports.web.conftest import UNHURRIED
from tests.transports.web.visitor import Visitor


def test_a_megabyte_is_refused_on_every_address(site: str) -> None:
    for path in ("chat", "conversations", "plans", "rates", "readings"):
        reply = httpx.post(f"{site}/api/v1/{path}", content=b" " * 1_000_000)
        assert (reply.status_code, reply.json()["code"]) == (413, "too_large"), path


def test_a_body_of_unknown_length_is_measured_as_it_comes(site: str) -> None:
    pieces = (b" " * 65_536 for _ in range(40))
    assert httpx.post(f"{site}/api/v1/chat", content=pieces).status_code == 413


def test_the_longest_text_in_escaped_json_still_fits(site: str) -> None:
    body = b'{"text": "' + b"\\u6015" * 100_000 + b'"}'
    assert len(body) < LARGEST_BODY
    reply = httpx.post(
        f"{site}/api/v1/chat", content=body, headers={"Content-Type": "application/json"}
    )
    assert reply.status_code == 200


def test_one_session_is_slowed_down_and_the_others_are_not(web_home: App) -> None:
    limits = dataclasses.replace(UNHURRIED, session=Allowance(2, 0.01))
    with serving(web_app(web_home, limits)) as address:
        hasty, calm = Visitor.of(address), Visitor.of(address)
        statuses = [hasty.post("上门").status_code for _ in range(3)]
        refused = hasty.post("上门")
        assert statuses == [200, 200, 429]
        assert refused.json()["code"] == "too_many"
        assert int(refused.headers["retry-after"]) > 1
        assert calm.post("上门").status_code == 200


def test_an_operator_says_what_an_address_may_send(tmp_path: Path) -> None:
    settings = Settings(  # type: ignore[call-arg]
        _env_file=None, data_dir=tmp_path, web_address_at_once=3, web_address_per_second=0.5
    )
    assert limits_of(settings).address == Allowance(3, 0.5)
    assert limits_of(settings).session == Limits().session


def test_guessing_tokens_is_slowed_down(web_home: App) -> None:
    limits = dataclasses.replace(UNHURRIED, address=Allowance(3, 0.01))
    with serving(web_app(web_home, limits)) as address:
        guess = f"{address}/api/v1/conversations/{'x' * 43}"
        statuses = [
            httpx.get(guess, headers={"Authorization": f"Bearer {n}"}).status_code for n in range(5)
        ]
    assert statuses == [401, 401, 401, 429, 429]


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def allowed(limit: RateLimit, person: str, times: int) -> int:
    count = 0
    for _ in range(times):
        try:
            limit.take(person)
        except Problem:
            continue
        count += 1
    return count


@pytest.mark.parametrize(("seconds", "more"), [(0.0, 0), (1.9, 0), (2.0, 1), (20.0, 5)])
def test_a_bucket_fills_again_over_time(seconds: float, more: int) -> None:
    clock = Clock()
    limit = RateLimit(Allowance(5, 0.5), clock)
    assert allowed(limit, "a", 9) == 5
    clock.now = seconds
    assert allowed(limit, "a", 9) == more


def test_refused_requests_do_not_put_off_the_next() -> None:
    clock = Clock()
    limit = RateLimit(Allowance(1, 1.0), clock)
    assert allowed(limit, "a", 1) == 1
    for _ in range(3):
        clock.now += 0.3
        assert allowed(limit, "a", 1) == 0
    clock.now += 0.2
    assert allowed(limit, "a", 1) == 1


def test_memory_for_strangers_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.transports.web.limits.MOST_REMEMBERED", 10)
    limit = RateLimit(Allowance(1, 1.0), Clock())
    for person in range(100):
        limit.take(str(person))
    assert len(limit._left) == 10
