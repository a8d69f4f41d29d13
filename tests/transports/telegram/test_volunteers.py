"""A talk between a borrower and a volunteer, each in a Telegram chat, with the whole assistant."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.app import App, build
from bot.settings import Settings
from tests.stands.bot_api import TOKEN, BotApi, labels_of
from tests.transports.telegram.running import running

VOLUNTEERS, BORROWER, ANMING = -100900, 42, 77


@pytest.fixture(scope="module")
def aid(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> App:
    """The whole assistant with a volunteers' chat and a database of its own."""
    store = tmp_path_factory.mktemp("volunteers") / "aid.sqlite3"
    return build(
        Settings(
            _env_file=None,
            data_dir=data_dir,
            database_url=f"sqlite:///{store}",
            telegram_token=SecretStr(TOKEN),
            telegram_volunteers_chat=VOLUNTEERS,
        )
    )


@pytest.fixture
def bot(stand: BotApi, aid: App) -> Iterator[BotApi]:
    stand.messages[VOLUNTEERS] = {}
    settings = aid.settings.model_copy(update={"telegram_api": stand.address})
    with running(settings, aid.respond):
        yield stand
        stand.say("/forget", chat=BORROWER)
        stand.say("确定删除", chat=BORROWER)
        stand.wait_for(lambda stand: "已经全部删除" in stand.told(BORROWER)[-1]["text"])


def last(stand: BotApi, chat: int, words: str) -> dict[str, Any]:
    """The newest message in a chat, once it has these words."""
    found: dict[str, Any] = stand.wait_for(
        lambda stand: next(
            (each for each in reversed(stand.told(chat)) if words in each["text"]), None
        ),
        f"{words!r} in chat {chat}",
    )
    return found


def reply(stand: BotApi, text: str, to: dict[str, Any]) -> None:
    """A volunteer answers one of the bot's messages in the volunteers' chat."""
    stand.say(text, chat=VOLUNTEERS, user=ANMING, reply_to_message=to)


def in_the_queue(stand: BotApi) -> None:
    stand.say("/human", chat=BORROWER)
    assert labels_of(last(stand, BORROWER, "同意吗")) == ["同意转给志愿者", "先不用"]
    stand.press("同意转给志愿者", chat=BORROWER)
    last(stand, BORROWER, "你排在第一位")


def test_a_talk_both_ways_with_a_summary(bot: BotApi) -> None:
    in_the_queue(bot)
    asked_for = last(bot, VOLUNTEERS, "有人在等志愿者")
    bot.press(labels_of(asked_for)[0], chat=VOLUNTEERS, user=ANMING)
    taken = last(bot, VOLUNTEERS, "接手")
    last(bot, BORROWER, "志愿者来了")
    bot.say("他们说明天来，我电话13800138000", chat=BORROWER)
    heard = last(bot, VOLUNTEERS, "他们说明天来")
    assert "13800138000" not in heard["text"]
    reply(bot, "先别慌，把短信内容发我。", heard)
    assert last(bot, BORROWER, "先别慌")["text"].startswith("👤 志愿者：")
    bot.say("这句是志愿者之间聊天", chat=VOLUNTEERS, user=ANMING)
    reply(bot, "/close 先要工单号，别转钱。", taken)
    assert "先要工单号，别转钱。" in last(bot, BORROWER, "志愿者结束了这次对话")["text"]
    assert all("聊天" not in each["text"] for each in bot.told(BORROWER))


def test_danger_is_answered_at_once_and_passed_on(bot: BotApi) -> None:
    in_the_queue(bot)
    bot.press(labels_of(last(bot, VOLUNTEERS, "有人在等志愿者"))[0], chat=VOLUNTEERS, user=ANMING)
    last(bot, BORROWER, "志愿者来了")
    bot.say("我不想活了", chat=BORROWER)
    last(bot, BORROWER, "12356")
    last(bot, VOLUNTEERS, "我不想活了")


def test_what_is_withdrawn_is_no_longer_passed_on(bot: BotApi) -> None:
    in_the_queue(bot)
    asked_for = last(bot, VOLUNTEERS, "有人在等志愿者")
    bot.say("不等了", chat=BORROWER)
    last(bot, BORROWER, "不再转给志愿者")
    last(bot, VOLUNTEERS, "撤回了同意")
    bot.press(labels_of(asked_for)[0], chat=VOLUNTEERS, user=ANMING)
    last(bot, VOLUNTEERS, "已经有人接手")
    reply(bot, "还在吗", asked_for)
    last(bot, VOLUNTEERS, "没有转出去")


def test_volunteers_see_who_waits(bot: BotApi) -> None:
    bot.say("/queue", chat=VOLUNTEERS, user=ANMING)
    last(bot, VOLUNTEERS, "没有人在等")
    in_the_queue(bot)
    bot.say("/queue", chat=VOLUNTEERS, user=ANMING)
    last(bot, VOLUNTEERS, "在等的：#")
