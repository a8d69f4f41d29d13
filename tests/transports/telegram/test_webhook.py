"""Webhook mode: a secret or nothing, stored and answered at once, several replicas."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import httpx
import pytest

from bot.app import open_store
from bot.errors import TelegramRefused
from bot.settings import Settings
from bot.transports.telegram.bot import open_telegram
from tests.stands.bot_api import BotApi, labels_of
from tests.stands.ports import free_port, wait_until_listening
from tests.stands.postgres import PostgresServer
from tests.transports.telegram.process import BotProcess, bot_process
from tests.transports.telegram.running import (
    SECRET,
    running,
    settings_for,
    wait_for_webhook,
)
from tests.transports.telegram.scripted import Scripted


def webhook_settings(stand: BotApi, folder: Path) -> Settings:
    port = free_port()
    return settings_for(
        stand,
        folder,
        web_port=port,
        telegram_webhook_url=f"http://127.0.0.1:{port}/telegram/hook",
        telegram_webhook_secret=SECRET,
    )


@pytest.fixture
def bot(stand: BotApi, tmp_path: Path) -> Iterator[BotApi]:
    settings = webhook_settings(stand, tmp_path)
    with running(settings, Scripted()):
        wait_for_webhook(stand, settings)
        yield stand


def test_a_talk_by_webhook(bot: BotApi) -> None:
    bot.say("/start")
    assert "直接问" in labels_of(bot.wait_told(1)[0])
    bot.press("按钮0")
    assert bot.wait_told(2)[1]["text"] == "答：第0问"
    assert bot.accepted("getUpdates") == []


@pytest.mark.parametrize("headers", [{}, {"X-Telegram-Bot-Api-Secret-Token": f"{SECRET}x"}])
def test_a_forged_post_is_refused(bot: BotApi, headers: dict[str, str]) -> None:
    update = {"update_id": 1, "message": bot.message_of_person(42, text="假的")}
    assert httpx.post(bot.webhook["url"], json=update, headers=headers).status_code == 403
    bot.say("真的")
    assert [message["text"] for message in bot.wait_told(1)] == ["答：真的"]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"update_id": "x"}', b"\xff", b'{"update_id": 1, "message": 5}']
)
def test_a_malformed_post_is_named_so(bot: BotApi, body: bytes) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    assert httpx.post(bot.webhook["url"], content=body, headers=headers).status_code == 400


def test_a_post_is_answered_before_the_work_is_done(stand: BotApi, tmp_path: Path) -> None:
    settings = webhook_settings(stand, tmp_path)
    stand.fail(code=502, times=None)
    with running(settings, Scripted()):
        wait_for_webhook(stand, settings)
        stand.say("上门")
        assert stand.webhook_statuses == [200]
        stand.faults.clear()
        stand.wait_told(1)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database that replicas share, on each kind of server."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/aid.sqlite3"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.database() as url:
        yield url


def test_replicas_answer_each_message_once_and_in_order(
    stand: BotApi, tmp_path: Path, store: str
) -> None:
    replicas = [webhook_settings(stand, tmp_path) for _ in range(2)]
    with ExitStack() as both:
        for settings in replicas:
            both.enter_context(replica(stand, tmp_path, settings, store))
            wait_until_listening(settings.web_port)
        stand.wait_for(lambda stand: len(stand.accepted("setWebhook")) == 2)
        for number in range(20):
            stand.webhook["url"] = str(replicas[number % 2].telegram_webhook_url)
            stand.say(f"{number}")
        stand.wait_told(20)
    assert [message["text"] for message in stand.told()] == [f"答：{n}" for n in range(20)]


def replica(
    stand: BotApi, data: Path, settings: Settings, store: str
) -> AbstractContextManager[BotProcess]:
    return bot_process(
        stand,
        data,
        database_url=store,
        web_port=str(settings.web_port),
        telegram_webhook_url=str(settings.telegram_webhook_url),
        telegram_webhook_secret=SECRET,
    )


@pytest.mark.parametrize("secret", [None, "", "with blank", "x" * 257])
def test_without_a_proper_secret_it_refuses_to_start(
    stand: BotApi, tmp_path: Path, secret: str | None
) -> None:
    settings = settings_for(
        stand, tmp_path, telegram_webhook_url="https://a.example", telegram_webhook_secret=secret
    )
    with pytest.raises(TelegramRefused, match="BORROWER_AID_TELEGRAM_WEBHOOK_SECRET"):
        open_telegram(settings, Scripted(), open_store(settings))
