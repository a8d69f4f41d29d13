"""Two web processes over one database: each message is answered once, whoever is asked."""

import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from bot.app import App, build
from bot.settings import ROOT, Settings
from bot.store.keys import new_key
from bot.store.web_conversations import CLAIM_LIFE, WebConversations
from bot.transports.web.app import web_app
from tests.stands.postgres import PostgresServer
from tests.stands.web_server import serving

QUESTIONS = ("收到支付令怎么办", "催收说今天上门，我该怎么办", "他们打电话给我家人怎么办")


@pytest.fixture(scope="module")
def replicas(postgres: PostgresServer, data_dir: Path) -> Iterator[tuple[list[App], list[str]]]:
    """Two processes' worth of the assistant, each with its own engine, over one server."""
    with postgres.database() as url, ExitStack() as stack:
        settings = Settings(
            _env_file=None,  # type: ignore[call-arg]
            data_dir=data_dir,
            knowledge_dir=ROOT / "knowledge_base",
            database_url=url,
            encryption_keys=new_key(),  # type: ignore[arg-type]
        )
        apps = [build(settings), build(settings)]
        yield apps, [stack.enter_context(serving(web_app(each))) for each in apps]
        for each in apps:
            each.engine.dispose()


def begin(address: str) -> tuple[str, dict[str, str]]:
    begun = httpx.post(f"{address}/api/v1/conversations", json={}).json()
    return begun["id"], {"Authorization": f"Bearer {begun['token']}"}


def ask(address: str, talk: str, headers: dict[str, str], text: str) -> str:
    place = f"{address}/api/v1/conversations/{talk}/messages"
    return httpx.post(place, json={"text": text}, headers=headers, timeout=60).text


def test_a_message_sent_to_both_at_once_is_answered_once(
    replicas: tuple[list[App], list[str]],
) -> None:
    _, addresses = replicas
    talk, token = begin(addresses[0])
    for question in QUESTIONS:
        headers = {**token, "Idempotency-Key": secrets.token_hex(8)}
        with ThreadPoolExecutor(2) as both:
            asked = [both.submit(ask, each, talk, headers, question) for each in addresses]
            replies = [each.result() for each in asked]
        assert len(set(replies)) == 1
        assert "event: done" in replies[0]
    kept = httpx.get(f"{addresses[1]}/api/v1/conversations/{talk}", headers=token).json()
    said = [each["text"] for each in kept["messages"] if each["role"] == "user"]
    assert said == list(QUESTIONS)


def test_a_talk_goes_on_with_the_other_one(replicas: tuple[list[App], list[str]]) -> None:
    _, addresses = replicas
    talk, token = begin(addresses[0])
    said = [ask(addresses[n % 2], talk, token, each) for n, each in enumerate(QUESTIONS)]
    assert all("event: done" in each for each in said)
    kept = httpx.get(f"{addresses[0]}/api/v1/conversations/{talk}", headers=token).json()
    assert len(kept["messages"]) == 2 * len(QUESTIONS)


def test_an_answer_whose_process_died_is_made_by_the_other(
    replicas: tuple[list[App], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    apps, addresses = replicas
    talk, token = begin(addresses[0])
    key = secrets.token_hex(8)
    assert WebConversations(apps[0].engine).claim(talk, key, "request")
    assert not WebConversations(apps[1].engine).claim(talk, key, "request")
    monkeypatch.setattr("bot.store.web_conversations.CLAIM_LIFE", CLAIM_LIFE * 0)
    assert WebConversations(apps[1].engine).claim(talk, key, "request")
    WebConversations(apps[1].engine).give_up(talk, key)
    headers = {**token, "Idempotency-Key": key}
    assert "event: done" in ask(addresses[1], talk, headers, QUESTIONS[0])
