"""/forget: told what would go, asked once, by button or word, polling or by webhook."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bot.dialogue.forget import ANSWER_WITHIN
from bot.settings import Settings
from bot.store.database import open_database
from tests.dialogue.forgetting import forgetting
from tests.stands.bot_api import BotApi, labels_of
from tests.transports.telegram.running import running, settings_for, store_of, wait_for_webhook
from tests.transports.telegram.test_own_data import remember
from tests.transports.telegram.test_webhook import webhook_settings

Start = Callable[[], AbstractContextManager[None]]


@pytest.fixture(params=["polling", "webhook"])
def settings(request: pytest.FixtureRequest, stand: BotApi, tmp_path: Path) -> Settings:
    by_webhook = request.param == "webhook"
    return webhook_settings(stand, tmp_path) if by_webhook else settings_for(stand, tmp_path)


@pytest.fixture
def start(settings: Settings, stand: BotApi) -> Start:
    """A bot over the same store each time, as after a restart."""

    @contextmanager
    def started() -> Iterator[None]:
        with running(settings, forgetting(store_of(settings))):
            if settings.telegram_webhook_url is not None:
                wait_for_webhook(stand, settings)
            yield

    return started


def keys(settings: Settings) -> list[str]:
    with create_engine(settings.store_url).connect() as database:
        return list(database.execute(text("select key from conversations order by key")).scalars())


def test_by_button(settings: Settings, stand: BotApi, start: Start) -> None:
    for key in ("42", "-100500:42", "43"):
        remember(settings.store_url, key)
    with start():
        stand.say("/forget")
        (asked,) = stand.wait_told(1)
        assert "找不回来" in asked["text"]
        assert "你说过的话和我的回答（4 条）" in asked["text"]
        assert labels_of(asked) == ["确定删除", "不删"]
        assert keys(settings) == ["-100500:42", "42", "43"]
        stand.press("确定删除")
        assert "已经全部删除" in stand.wait_told(2)[1]["text"]
    assert keys(settings) == ["43"]
    with create_engine(settings.store_url).connect() as database:
        assert set(database.execute(text("select body from telegram_updates")).scalars()) == {None}


@pytest.mark.parametrize(
    ("code", "wish", "yes", "told"),
    [("zh", "/forget", "是", "已经全部删除"), ("en", "/forget", "yes", "Everything is deleted"),
     ("zh", "把我的数据全部删掉", "确定", "已经全部删除"), ("en", "delete my data", "Delete it", "Everything is")],
)  # fmt: skip
def test_by_word(
    settings: Settings, stand: BotApi, start: Start, code: str, wish: str, yes: str, told: str
) -> None:
    remember(settings.store_url, "42")
    with start():
        stand.say(wish, language=code)
        assert len(labels_of(stand.wait_told(1)[0])) == 2
        stand.say(yes, language=code)
        assert told in stand.wait_told(2)[1]["text"]
    assert keys(settings) == []


def test_no_keeps_everything_by_either_way(settings: Settings, stand: BotApi, start: Start) -> None:
    remember(settings.store_url, "42")
    with start():
        stand.say("/forget")
        stand.wait_told(1)
        stand.press("不删")
        assert stand.wait_told(2)[1]["text"] == "好，什么都没删。"
        stand.say("/forget")
        stand.wait_told(3)
        stand.say("不")
        assert stand.wait_told(4)[3]["text"] == "好，什么都没删。"
        stand.say("是")
        assert stand.wait_told(5)[4]["text"] == "答：是"
    assert keys(settings) == ["42"]


def test_the_answer_is_heard_after_a_restart(
    settings: Settings, stand: BotApi, start: Start
) -> None:
    remember(settings.store_url, "42")
    with start():
        stand.say("/forget")
        stand.wait_told(1)
    with start():
        stand.press("确定删除")
        assert "已经全部删除" in stand.wait_told(2)[1]["text"]
    assert keys(settings) == []


def test_pressed_twice_it_is_told_twice_and_leaves_nothing(
    settings: Settings, stand: BotApi, start: Start
) -> None:
    remember(settings.store_url, "42")
    with start():
        stand.say("/forget")
        stand.wait_told(1)
        for _ in range(2):
            stand.press("确定删除")
        assert all("已经全部删除" in each["text"] for each in stand.wait_told(3)[1:])
    assert keys(settings) == []


def test_an_old_question_is_no_longer_open(settings: Settings, stand: BotApi, start: Start) -> None:
    remember(settings.store_url, "42")
    with start():
        stand.say("/forget")
        stand.wait_told(1)
        long_ago = datetime.now(UTC) - ANSWER_WITHIN - timedelta(minutes=1)
        with open_database(settings.store_url).begin() as database:
            database.execute(
                text("update conversations set forget_asked_at = :at"), {"at": long_ago}
            )
        stand.press("确定删除")
        assert "已经过期" in stand.wait_told(2)[1]["text"]
    assert keys(settings) == ["42"]
