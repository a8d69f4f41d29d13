"""What a person may see and delete."""

import asyncio
import json
from pathlib import Path

from sqlalchemy import create_engine, text

from bot.answering.reply import Action, Reply, Status
from bot.dialogue.hand_off import Line, Side
from bot.knowledge.vocabulary import Language
from bot.store.conversations import Conversations
from bot.store.database import open_database
from bot.store.hand_offs import HandOffs
from tests.stands.bot_api import BotApi
from tests.transports.telegram.running import running, settings_for
from tests.transports.telegram.scripted import Scripted
from tests.transports.telegram.test_reminders import remind


def test_privacy_says_what_is_kept(stand: BotApi, tmp_path: Path) -> None:
    with running(settings_for(stand, tmp_path), Scripted()):
        stand.say("/privacy")
        (answer,) = stand.wait_told(1)
    assert "/forget" in answer["text"]
    assert "不下载" in answer["text"]


def test_mydata_is_a_file_with_everything_kept(stand: BotApi, tmp_path: Path) -> None:
    settings = settings_for(stand, tmp_path)
    remember(settings.store_url, "42")
    with running(settings, Scripted()):
        stand.say("/mydata")
        _, file = stand.wait_told(2)
    kept = json.loads(stand.files[file["document"]["file_id"]].content)
    assert [message["text"] for message in kept["messages"]] == ["上门怎么办", "先不开门。"]
    assert kept["conversations"][0]["language"] is None
    assert kept["answers"][0]["actions"] == ["他们在砸门"]
    assert kept["feedback"][0]["reason"] == "太长"
    assert kept["reminders"][0]["language"] == "zh-Hans"
    assert kept["hand_off_lines"][0]["text"] == "有人在等"


def test_mydata_shows_nobody_elses(stand: BotApi, tmp_path: Path) -> None:
    settings = settings_for(stand, tmp_path)
    remember(settings.store_url, "142")
    with running(settings, Scripted()):
        stand.say("/mydata")
        _, file = stand.wait_told(2)
    assert json.loads(stand.files[file["document"]["file_id"]].content)["messages"] == []


def test_a_persons_words_do_not_stay_in_the_queue(stand: BotApi, tmp_path: Path) -> None:
    settings = settings_for(stand, tmp_path)
    with running(settings, Scripted()):
        stand.say("我叫张伟，电话13800138000")
        stand.wait_told(1)
    assert b"13800138000" not in b"".join(
        str(row).encode() for row in everything(settings.store_url)
    )


def everything(url: str) -> list[object]:
    with create_engine(url).connect() as database:
        return [
            row
            for table in ("telegram_updates", "telegram_outbox")
            for row in database.execute(text(f"select * from {table}"))  # noqa: S608
        ]


def remember(url: str, key: str) -> None:
    engine = open_database(url)
    kept = Conversations(engine)
    conversation = kept.open("telegram", key)
    reply = Reply(Status.ANSWERED, "先不开门。", actions=(Action("砸门了", "他们在砸门"),))
    answer_id = asyncio.run(kept.record(conversation, "上门怎么办", reply, {}))
    kept.rate(answer_id, useful=False, reason="太长")
    hand_offs = HandOffs(engine)
    number = hand_offs.ask(conversation.id, Language.SIMPLIFIED).number
    hand_offs.add(number, Line(Side.VOLUNTEERS, "有人在等"))
    if key.isdecimal():
        remind(engine, key)
    engine.dispose()
