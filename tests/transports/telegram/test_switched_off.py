"""Switched off, the bot says so kindly, and a person's own data stay within reach."""

import time
from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from bot.app import App
from bot.knowledge.vocabulary import Language
from bot.store.conversations import Conversations
from bot.store.switches import LOOK_SECONDS, Switches
from tests.stands.bot_api import TOKEN, BotApi
from tests.transports.telegram.running import running


@pytest.fixture
def bot(stand: BotApi, app: App) -> Iterator[BotApi]:
    switches = Switches(app.engine)
    switches.turn("telegram", on=False, who="test", note="a wrong deadline")
    time.sleep(LOOK_SECONDS)  # by then every process has seen it
    settings = app.settings.model_copy(
        update={"telegram_token": SecretStr(TOKEN), "telegram_api": stand.address}
    )
    try:
        with running(settings, app.respond):
            yield stand
    finally:
        switches.turn("telegram", on=True, who="test", note="mended")
        time.sleep(LOOK_SECONDS)


def test_a_question_gets_the_maintenance_message(bot: BotApi, app: App) -> None:
    bot.say("催收说今天上门怎么办", chat=7100)
    bot.wait_for(lambda stand: [m for m in stand.told(7100) if "维护" in m["text"]], "the note")
    assert all("依据\n" not in message["text"] for message in bot.told(7100))


def test_own_data_can_be_deleted_all_the_same(bot: BotApi, app: App) -> None:
    Conversations(app.engine).set_language(
        Conversations(app.engine).open("telegram", "7101").id, Language.SIMPLIFIED
    )
    bot.say("/forget", chat=7101)
    assert "你选的语言" in bot.wait_told(1, chat=7101)[0]["text"]
    bot.press("确定删除", chat=7101)
    assert "已经全部删除" in bot.wait_told(2, chat=7101)[1]["text"]
