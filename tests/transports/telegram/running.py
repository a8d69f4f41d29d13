"""The bot of a test: its own thread and event loop, the real library, a scripted dialogue."""

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI

from bot.answering.reply import Action, Reply, Status
from bot.answering.turn import Listener
from bot.dialogue.message import Kind, Message, Response
from bot.knowledge.vocabulary import Language
from bot.settings import ROOT, Settings
from bot.transports.telegram.bot import Telegram, open_telegram
from bot.transports.telegram.handle import Dialogue
from tests.stands.bot_api import TOKEN, BotApi
from tests.stands.ports import wait_until_listening

SECRET = "a-secret_of-the-webhook"


class Scripted:
    """A dialogue that answers 答：TEXT, or what the test wants it to."""

    def __init__(self, reply: Reply | None = None) -> None:
        self.reply = reply
        self.heard: list[Message] = []
        self.rated: list[tuple[str, bool]] = []
        self.actions: dict[str, tuple[Action, ...]] = {}

    async def __call__(self, message: Message, listener: Listener | None = None) -> Response:
        self.heard.append(message)
        if message.kind is Kind.START:
            return Response(Reply(Status.CLARIFY, "你好", actions=self.start_actions()))
        if message.kind is not Kind.TEXT:
            return Response(Reply(Status.CLARIFY, f"收到{message.kind}"))
        reply = self.reply or Reply(Status.ANSWERED, f"答：{message.text}")
        answer_id = f"answer{len(self.heard)}"
        self.actions[answer_id] = reply.actions
        return Response(reply, answer_id)

    async def action(self, answer_id: str, number: int) -> str | None:
        actions = self.actions.get(answer_id, ())
        return actions[number].message if 0 <= number < len(actions) else None

    async def rate(self, answer_id: str, *, useful: bool, reason: str | None = None) -> bool:
        self.rated.append((answer_id, useful))
        return True

    def start_actions(self, language: Language = Language.SIMPLIFIED) -> tuple[Action, ...]:
        return tuple(Action(f"按钮{n}", f"第{n}问") for n in range(4))


def settings_for(stand: BotApi, folder: Path, **more: Any) -> Settings:
    """Settings of a bot that talks to the stand."""
    given: dict[str, Any] = {
        "data_dir": folder,
        "knowledge_dir": ROOT / "knowledge_base",
        "telegram_token": TOKEN,
        "telegram_api": stand.address,
    }
    return Settings(_env_file=None, **(given | more))


@contextmanager
def running(settings: Settings, dialogue: Dialogue) -> Iterator[Telegram]:
    """A bot at work, stopped in good order at the end."""
    telegram = open_telegram(settings, dialogue)
    with in_thread(run(telegram, settings)):
        yield telegram


async def run(telegram: Telegram, settings: Settings) -> None:
    """Poll, or serve the webhook, as the settings say."""
    if settings.telegram_webhook_url is None:
        await telegram.run()
        return
    web = FastAPI()
    web.include_router(telegram.routes())
    config = uvicorn.Config(web, port=settings.web_port, log_level="error", ws="none")
    await telegram.run_beside(uvicorn.Server(config))


@contextmanager
def in_thread(work: Coroutine[Any, Any, None]) -> Iterator[None]:
    """Something that runs until it is cancelled, in a loop of its own."""
    loop = asyncio.new_event_loop()
    task = loop.create_task(work)
    faults: list[BaseException] = []

    def go() -> None:
        try:
            loop.run_until_complete(task)
        except asyncio.CancelledError:
            pass
        except Exception as fault:  # noqa: BLE001 - raised again in the test's thread
            faults.append(fault)
        finally:
            loop.run_until_complete(loop.shutdown_default_executor())
            loop.close()

    thread = threading.Thread(target=go)
    thread.start()
    try:
        yield
    finally:
        if not loop.is_closed():
            loop.call_soon_threadsafe(task.cancel)
        thread.join()
    if faults:
        raise faults[0]


def wait_for_webhook(stand: BotApi, settings: Settings) -> None:
    """Wait until the bot has told Telegram its address and listens there."""
    wait_until_listening(settings.web_port)
    stand.wait_for(lambda stand: stand.webhook, "the webhook")
