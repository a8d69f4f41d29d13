"""In a group the bot speaks only when spoken to, and never of anybody's own data."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import App
from tests.stands.bot_api import BOT, TOKEN, BotApi
from tests.transports.telegram.running import running
from tests.transports.telegram.scripted import Scripted

GROUP = -100500
ME = f"@{BOT['username']}"


def test_talk_among_people_is_left_alone(bot: BotApi, dialogue: Scripted) -> None:
    bot.say("今天有人上门吗", chat=GROUP, user=7)
    bot.say("/help@another_bot", chat=GROUP, user=7)
    bot.send(GROUP, user=7, location={"latitude": 1.0, "longitude": 2.0})
    bot.say(f"{ME} 上门怎么办", chat=GROUP, user=7)
    (answer,) = bot.wait_told(1, chat=GROUP)
    assert answer["text"] == "答：上门怎么办"
    assert len(dialogue.heard) == 1


def test_an_answer_to_the_bots_message_is_for_the_bot(bot: BotApi) -> None:
    bot.say(f"{ME} 上门怎么办", chat=GROUP, user=7)
    (answer,) = bot.wait_told(1, chat=GROUP)
    bot.say("那晚上呢", chat=GROUP, user=8, reply_to_message=answer)
    assert bot.wait_told(2, chat=GROUP)[1]["text"] == "答：那晚上呢"


def test_each_person_has_a_conversation_of_his_own(bot: BotApi, dialogue: Scripted) -> None:
    bot.say(f"{ME} 上门怎么办", chat=GROUP, user=7)
    bot.say(f"{ME} 上门怎么办", chat=GROUP, user=8)
    bot.wait_told(2, chat=GROUP)
    assert {message.key for message in dialogue.heard} == {f"{GROUP}:7", f"{GROUP}:8"}


@pytest.mark.parametrize("command", ["plan", "letters", "human", "mydata", "forget"])
def test_what_needs_a_persons_own_data_is_for_a_private_chat(bot: BotApi, command: str) -> None:
    bot.say(f"/{command}{ME}", chat=GROUP, user=7)
    (answer,) = bot.wait_told(1, chat=GROUP)
    assert "私下" in answer["text"]
    assert bot.accepted("sendDocument") == []


def test_nobodys_figures_are_repeated_in_a_group(stand: BotApi, app: App, tmp_path: Path) -> None:
    settings = app.settings.model_copy(
        update={"telegram_token": SecretStr(TOKEN), "telegram_api": stand.address}
    )
    story = f"{ME} 月入6543，房租吃饭4700，留300应急，分期乐欠32109逾期两个月"
    with running(settings, app.respond):
        stand.say(story, chat=GROUP, user=7)
        stand.wait_told(1, chat=GROUP)
        stand.say(f"{ME} 转人工", chat=GROUP, user=7)
        stand.wait_told(2, chat=GROUP)
    assert all(
        figure not in each["text"]
        for each in stand.told(GROUP)
        for figure in ("6543", "6,543", "32109", "32,109")
    )
