"""Who has to wait is told his place, and everybody is answered."""

import asyncio
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from telegram import Bot

from bot.answering.turn import Listener
from bot.dialogue.message import Message, Response
from bot.settings import ROOT
from bot.store.database import open_database
from bot.store.outbox import Incoming, Outbox, Outgoing
from bot.transports.telegram import queue
from bot.transports.telegram.pace import Pace
from bot.transports.telegram.parcels import message
from bot.transports.telegram.queue import Queue
from bot.wording import Wording
from tests.stands.bot_api import TOKEN, BotApi, labels_of
from tests.transports.telegram.running import running, settings_for
from tests.transports.telegram.scripted import Scripted

WORDS = Wording.read(ROOT / "knowledge_base" / "phrases" / "telegram.yaml")


class Held(Scripted):
    """Answers nobody before it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.free = threading.Event()

    async def __call__(self, message: Message, listener: Listener | None = None) -> Response:
        await asyncio.to_thread(self.free.wait)
        return await super().__call__(message, listener)


def test_a_place_in_the_queue_grows_into_the_answer(
    stand: BotApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "ANSWERS_AT_ONCE", 1)
    monkeypatch.setattr(queue, "TOLD_AFTER_SECONDS", 0.2)
    dialogue = Held()
    with running(settings_for(stand, tmp_path), dialogue):
        stand.say("先来", chat=1)
        stand.wait_told(1, chat=1)  # its holding words: it is at work
        stand.say("后来", chat=2)
        (place,) = stand.wait_told(1, chat=2)
        assert "前面还有 0 位" in place["text"]
        dialogue.free.set()
        stand.wait_for(lambda stand: labels_of(stand.told(2)[0]))
    assert [each["text"] for each in stand.told(2)] == ["答：后来"]


async def test_beyond_the_longest_queue_a_kind_word_comes_at_once(
    stand: BotApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "LONGEST_QUEUE", 0)

    async def answer(incoming: Incoming) -> Sequence[Outgoing]:
        return [message(incoming.chat_id, "答")]

    outbox = Outbox(open_database(f"sqlite:///{tmp_path}/aid.sqlite3"), "one:1")
    bot = Bot(TOKEN, base_url=f"{stand.address}/bot")
    async with bot:
        full = Queue(answer, bot, Pace(), WORDS, outbox)
        stand.say("有人吗")
        body = (await bot.get_updates())[0].to_json()
        (told,) = await full(Incoming(1, 42, body))
    assert "十分钟" in told.body["html"]
