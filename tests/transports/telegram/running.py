"""The bot of a test: its own thread and event loop, the real library, a scripted dialogue."""

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI
from sqlalchemy import Engine

from bot.settings import ROOT, Settings
from bot.store.database import open_database
from bot.store.keys import open_keyring
from bot.transports.telegram.bot import Telegram, open_telegram
from bot.transports.telegram.handle import Dialogue
from tests.stands.bot_api import TOKEN, BotApi
from tests.stands.ports import wait_until_listening

SECRET = "a-secret_of-the-webhook"


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
    telegram = open_telegram(settings, dialogue, store_of(settings))
    with in_thread(run(telegram, settings)):
        yield telegram


def store_of(settings: Settings) -> Engine:
    """The database of the settings, without what builds the whole assistant."""
    return open_database(settings.store_url, open_keyring(None, settings.key_folder))


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
