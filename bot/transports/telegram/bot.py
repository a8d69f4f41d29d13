"""The Telegram bot: connects, stores what comes in, and has the chats worked through."""

import asyncio
import json
import logging
import os
import re
import socket
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine
from telegram import BotCommand, Update
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from bot.dialogue.letter_received import read_papers
from bot.dialogue.volunteer_desk import VolunteerDesk
from bot.errors import TelegramRefused
from bot.knowledge.vocabulary import Language
from bot.operation.running import until_told_to_stop
from bot.settings import Settings
from bot.store.hand_offs import HandOffs
from bot.store.outbox import Incoming, Outbox
from bot.store.reminders import Reminders
from bot.store.switches import Switches
from bot.transports.telegram.chats import Chats
from bot.transports.telegram.documents import Documents
from bot.transports.telegram.errands import Errands
from bot.transports.telegram.first_words import seconds_to_wait
from bot.transports.telegram.handle import Dialogue, Handle
from bot.transports.telegram.pace import Pace
from bot.transports.telegram.people import People
from bot.transports.telegram.queue import Queue
from bot.transports.telegram.raw import PollingBot, Raw, chat_of, is_update
from bot.transports.telegram.send import Send
from bot.transports.telegram.volunteers import Volunteers
from bot.wording import Wording

if TYPE_CHECKING:
    from fastapi import APIRouter
    from uvicorn import Server

    from bot.app import App

log = logging.getLogger(__name__)

ALLOWED = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER)
COMMANDS = (
    "plan",
    "letters",
    "rates",
    "language",
    "privacy",
    "mydata",
    "forget",
    "human",
    "help",
)
POLL_SECONDS = 30
POLL_AGAIN_SECONDS = 1.0
CONNECT_TRIES = 4
HANDS_OVER_SECONDS = 0.0001  # a thread that searches lets the event loop in so often
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


async def run_telegram(app: "App") -> None:
    """Run the bot alone until cancelled: polling, or the webhook with its own small server."""
    telegram = open_telegram(app.settings, app.respond, app.engine)
    if app.settings.telegram_webhook_url is None:
        await until_told_to_stop(telegram.run())
        return
    import uvicorn
    from fastapi import FastAPI

    web = FastAPI(openapi_url=None)
    web.include_router(telegram.routes())
    server = uvicorn.Server(
        uvicorn.Config(
            web, host=app.settings.web_host, port=app.settings.web_port, log_level="warning"
        )
    )
    await telegram.run_beside(server)


def open_telegram(settings: Settings, dialogue: Dialogue, engine: Engine) -> "Telegram":
    """The bot as the settings want it; what is missing is named in one line."""
    if settings.telegram_token is None:
        raise TelegramRefused("Set BORROWER_AID_TELEGRAM_TOKEN to the token from @BotFather.")
    secret = settings.telegram_webhook_secret
    if settings.telegram_webhook_url is not None and (
        secret is None or not _SECRET.fullmatch(secret.get_secret_value())
    ):
        raise TelegramRefused(
            "A webhook needs a secret: set BORROWER_AID_TELEGRAM_WEBHOOK_SECRET to 1-256 letters, "
            "digits, - or _."
        )
    bot = PollingBot(
        settings.telegram_token.get_secret_value(),
        base_url=f"{settings.telegram_api}/bot",
        base_file_url=f"{settings.telegram_api}/file/bot",
        request=HTTPXRequest(read_timeout=20, write_timeout=20, connect_timeout=5, pool_timeout=20),
        get_updates_request=HTTPXRequest(connection_pool_size=2),
    )
    return Telegram(bot, settings, dialogue, engine)


class Telegram:
    """One running bot."""

    def __init__(
        self, bot: PollingBot, settings: Settings, dialogue: Dialogue, engine: Engine
    ) -> None:
        phrases = settings.knowledge_dir / "phrases"
        spoken = ("conversation", "forget", "hand_off", "instalments", "telegram")
        self._words = Wording.read(*(phrases / f"{each}.yaml" for each in spoken))
        self._bot = bot
        self._settings = settings
        self._outbox = Outbox(engine, f"{socket.gethostname()}:{os.getpid()}")
        per_minute = settings.telegram_per_minute
        people = People(engine)
        hand_offs = HandOffs(engine)
        desk = VolunteerDesk(hand_offs, self._words)
        volunteers = Volunteers(desk, self._words, settings.telegram_volunteers_chat)
        pace = Pace()
        documents = Documents(bot, self._words, read_papers(phrases / "letters_received.yaml"))
        handle = Handle(
            bot,
            dialogue,
            self._words,
            people,
            self._outbox,
            per_minute,
            volunteers,
            pace,
            documents,
        )
        queue = Queue(handle, bot, pace, self._words, self._outbox)
        self.chats = Chats(self._outbox, queue, Send(bot, pace), handle.gone)
        self._errands = Errands(
            self._outbox,
            hand_offs,
            volunteers,
            Reminders(engine),
            self._words,
            Switches(engine),
            self.chats.see_to,
        )

    async def run(self) -> None:
        """Serve until cancelled."""
        sys.setswitchinterval(HANDS_OVER_SECONDS)
        await self._connect()
        await asyncio.to_thread(self._take_over)
        watching = asyncio.gather(self.chats.watch(), self._errands.watch())
        try:
            await self._name_commands()
            if self._settings.telegram_webhook_url is None:
                await self._poll()
            else:
                await self._set_webhook()
                await asyncio.Event().wait()
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
            await self.chats.stop()
            await self._bot.shutdown()

    async def run_beside(self, server: "Server") -> None:
        """Serve beside a web server; the end of one is the end of both, a fault is raised."""
        bot, web = asyncio.create_task(self.run()), asyncio.create_task(server.serve())
        try:
            await asyncio.wait({bot, web}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            bot.cancel()
            server.should_exit = True
            results = await asyncio.gather(bot, web, return_exceptions=True)
        for result in results:
            if isinstance(result, Exception):
                raise result

    def routes(self) -> "APIRouter":
        """The webhook's route, for the web application that serves it."""
        from bot.transports.telegram.webhook import webhook_routes

        url, secret = self._settings.telegram_webhook_url, self._settings.telegram_webhook_secret
        assert url is not None
        assert secret is not None
        return webhook_routes(url, secret.get_secret_value(), self.take)

    async def take(self, body: bytes) -> None:
        """Store one posted update; ValueError if it is none."""
        posted = json.loads(body)
        if not is_update(posted):
            raise ValueError("not an update")
        await self.chats.take(incoming([posted]))

    async def _connect(self) -> None:
        for remaining in range(CONNECT_TRIES - 1, -1, -1):
            try:
                await self._bot.initialize()
            except InvalidToken as fault:
                raise TelegramRefused(
                    "Telegram refuses the token. Copy it again from @BotFather into "
                    "BORROWER_AID_TELEGRAM_TOKEN."
                ) from fault
            except TelegramError as fault:
                if not remaining:
                    raise TelegramRefused(
                        f"Telegram cannot be reached at {self._settings.telegram_api} "
                        f"({fault.message}). Check the network, or set BORROWER_AID_TELEGRAM_API."
                    ) from fault
                await asyncio.sleep(POLL_AGAIN_SECONDS)
            else:
                return

    def _take_over(self) -> None:
        """Give back the chats of processes of this machine that are gone."""
        host, _, mine = self._outbox.owner.rpartition(":")
        for owner in self._outbox.owners():
            place, _, pid = owner.rpartition(":")
            if place == host and (pid == mine or not _alive(int(pid))):
                self._outbox.release_all_of(owner)

    async def _name_commands(self) -> None:
        """Fill the menu; a failure leaves the menu as it was."""
        try:
            await self._bot.set_my_commands(self._commands(Language.SIMPLIFIED))
            for code, language in (("zh", Language.SIMPLIFIED), ("en", Language.ENGLISH)):
                await self._bot.set_my_commands(self._commands(language), language_code=code)
        except TelegramError:
            log.warning("the command menu could not be set")

    def _commands(self, language: Language) -> list[BotCommand]:
        return [BotCommand(name, self._words.say(f"command_{name}", language)) for name in COMMANDS]

    async def _set_webhook(self) -> None:
        url, secret = self._settings.telegram_webhook_url, self._settings.telegram_webhook_secret
        assert url is not None
        assert secret is not None
        try:
            await self._bot.set_webhook(
                url, allowed_updates=ALLOWED, secret_token=secret.get_secret_value()
            )
        except TelegramError as fault:
            raise TelegramRefused(
                f"Telegram does not take the webhook {url} ({fault.message}). "
                "Check BORROWER_AID_TELEGRAM_WEBHOOK_URL."
            ) from fault

    async def _poll(self) -> None:
        """Ask for updates; the offset moves only when they are stored."""
        offset: int | None = None
        await self._patiently(self._bot.delete_webhook)
        while True:
            try:
                updates = await self._bot.fetch(offset, POLL_SECONDS, ALLOWED)
                await self.chats.take(incoming(updates))
            except InvalidToken as fault:
                raise TelegramRefused("Telegram no longer accepts the token.") from fault
            except RetryAfter as fault:
                await asyncio.sleep(seconds_to_wait(fault))
            except Conflict:
                log.warning("another bot polls with this token; waiting for it to end")
                await asyncio.sleep(POLL_AGAIN_SECONDS)
            except Exception:
                log.warning("updates could not be fetched or stored; trying again", exc_info=True)
                await asyncio.sleep(POLL_AGAIN_SECONDS)
            else:
                offset = updates[-1]["update_id"] + 1 if updates else offset

    async def _patiently(self, call: Any) -> None:
        for _ in range(CONNECT_TRIES):
            try:
                await call()
            except NetworkError:
                await asyncio.sleep(POLL_AGAIN_SECONDS)
            else:
                return


def incoming(updates: Sequence[Raw]) -> list[Incoming]:
    """Updates as the store keeps them; what belongs to no chat is nothing to us."""
    return [
        Incoming(update["update_id"], chat, json.dumps(update, ensure_ascii=False, sort_keys=True))
        for update in updates
        if (chat := chat_of(update)) is not None
    ]


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
