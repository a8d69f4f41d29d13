"""The same bot before somebody else's stand: tg-auto-test, with a client written by others.

It needs Python 3.12 or newer, so it has an environment of its own: ``make test-telegram``.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from telegram import Update
from telegram.ext import TypeHandler
from tg_auto_test.test_utils.serverless_telegram_client import ServerlessTelegramClient

from bot.answering.reply import Action, Document, Reply, Status
from bot.settings import ROOT, Settings
from bot.store.database import open_database
from bot.transports.telegram.bot import Telegram, incoming
from tests.transports.telegram.scripted import Scripted


@asynccontextmanager
async def talk(folder: Path, dialogue: Scripted) -> AsyncIterator[Any]:
    """A conversation with the bot, whose updates come from the other stand."""
    settings = Settings(_env_file=None, data_dir=folder, knowledge_dir=ROOT / "knowledge_base")
    engine = open_database(settings.store_url)
    watching: list[asyncio.Task[None]] = []

    def build(builder: Any) -> Any:
        application = builder.build()
        telegram = Telegram(application.bot, settings, dialogue, engine)

        async def on_update(update: Update, _context: object) -> None:
            if not watching:
                watching.append(asyncio.create_task(telegram.chats.watch()))
            await telegram.chats.take(incoming([json.loads(update.to_json())]))
            await telegram.chats.settle()

        application.add_handler(TypeHandler(Update, on_update))
        return application

    client = ServerlessTelegramClient(build_application=build)
    await client.connect()
    try:
        async with client.conversation("test_bot") as conversation:
            yield conversation
    finally:
        for task in watching:
            task.cancel()
        await client.disconnect()


def test_start_shows_buttons_and_a_press_asks(tmp_path: Path) -> None:
    async def case() -> None:
        async with talk(tmp_path, Scripted()) as conversation:
            await conversation.send_message("/start", parse_mode=None)
            welcome = await conversation.get_response()
            assert welcome.button_count == 5
            await welcome.click(data=b"start:1")
            assert (await conversation.get_response()).text == "答：第1问"

    asyncio.run(case())


def test_an_answer_keeps_its_marks_and_buttons(tmp_path: Path) -> None:
    reply = Reply(Status.ANSWERED, "**先不开门** & 等", actions=(Action("砸门了", "在砸门"),))

    async def case() -> None:
        async with talk(tmp_path, Scripted(reply)) as conversation:
            await conversation.send_message("上门", parse_mode=None)
            answer = await conversation.get_response()
            assert answer.text == "先不开门 & 等"
            assert [type(each).__name__ for each in answer.entities] == ["MessageEntityBold"]
            assert answer.button_count == 3

    asyncio.run(case())


def test_files_arrive_with_their_chinese_names(tmp_path: Path) -> None:
    letter = Document("协商信.docx", "application/msword", b"PK letter")

    async def case() -> None:
        reply = Reply(Status.ANSWERED, "写好了。", documents=(letter,))
        async with talk(tmp_path, Scripted(reply)) as conversation:
            await conversation.send_message("写信", parse_mode=None)
            assert (await conversation.get_response()).text == "写好了。"
            assert (await conversation.get_response()).file.name == "协商信.docx"

    asyncio.run(case())


@pytest.mark.parametrize("command", ["privacy", "human", "language", "forget"])
def test_commands_answer(tmp_path: Path, command: str) -> None:
    async def case() -> None:
        async with talk(tmp_path, Scripted()) as conversation:
            await conversation.send_message(f"/{command}", parse_mode=None)
            assert (await conversation.get_response()).text

    asyncio.run(case())
