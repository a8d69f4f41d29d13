"""An update that the library cannot read stops nobody, in either mode."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stands.bot_api import BotApi, chat_of, person
from tests.stands.ports import free_port
from tests.transports.telegram.running import SECRET, running, settings_for, wait_for_webhook
from tests.transports.telegram.scripted import Scripted

POLL_WITHOUT_ITS_FIELDS = {"id": "1", "question": "?"}


@pytest.fixture(params=["polling", "webhook"])
def bot(request: pytest.FixtureRequest, stand: BotApi, tmp_path: Path) -> Iterator[BotApi]:
    port = free_port()
    webhook = {
        "web_port": port,
        "telegram_webhook_url": f"http://127.0.0.1:{port}/telegram",
        "telegram_webhook_secret": SECRET,
    }
    settings = settings_for(stand, tmp_path, **(webhook if request.param == "webhook" else {}))
    with running(settings, Scripted()):
        if request.param == "webhook":
            wait_for_webhook(stand, settings)
        yield stand


def test_others_are_answered_and_the_sender_gets_a_kind_word(bot: BotApi) -> None:
    bot.send(chat=7, poll=POLL_WITHOUT_ITS_FIELDS)
    bot.say("催收上门怎么办", chat=8)
    assert bot.wait_told(chat=8)[0]["text"] == "答：催收上门怎么办"
    assert bot.wait_told(chat=7)[0]["text"] == "收到other"
    bot.say("在吗", chat=7)
    assert bot.wait_told(2, chat=7)[1]["text"] == "答：在吗"


def test_what_is_not_meant_for_the_bot_is_passed_over(bot: BotApi) -> None:
    bot.send(chat=-70, user=7, poll=POLL_WITHOUT_ITS_FIELDS)
    bot.push("inline_query", {"id": "1", "from": person(7), "query": "催收", "offset": ""})
    channel = chat_of(-1001) | {"type": "channel"}
    bot.push("channel_post", {"message_id": 1, "date": 1, "chat": channel, "text": "公告"})
    bot.push("something_new", {"id": "1"})
    bot.say("你好", chat=8)
    bot.wait_told(chat=8)
    assert bot.told(-70) == []
    assert bot.told(-1001) == []
