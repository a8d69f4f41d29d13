"""The Telegram bot: updates in, HTML out; all advice comes from the dialogue."""

import asyncio
import logging
import re
from contextlib import suppress
from dataclasses import dataclass
from html import unescape
from typing import Any

from telegram import (
    BotCommand,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    Update,
    User,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import (
    AIORateLimiter,
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.app import App
from bot.dialogue.message import Kind, Response
from bot.dialogue.message import Message as Said
from bot.dialogue.respond import Respond
from bot.errors import TelegramRefused
from bot.knowledge.vocabulary import Language
from bot.transports.telegram.render import telegram_parts
from bot.wording import Wording

log = logging.getLogger(__name__)

COMMANDS = (BotCommand("start", "开始"), BotCommand("help", "怎么用"))
COMMANDS_EN = (BotCommand("start", "Begin"), BotCommand("help", "How to use it"))
SEND_TRIES = 4
FIRST_WAIT_SECONDS = 0.5
_TAG = re.compile(r"<[^>]+>")
PRESSED = {"useful": True, "not": False}
KINDS = (
    (filters.PHOTO, Kind.PHOTO),
    (filters.VOICE | filters.AUDIO | filters.VIDEO | filters.VIDEO_NOTE, Kind.VOICE),
    (filters.Sticker.ALL, Kind.STICKER),
    (filters.CONTACT, Kind.CONTACT),
    (filters.LOCATION, Kind.LOCATION),
    (filters.Document.ALL, Kind.DOCUMENT),
)

Bot = Application[Any, Any, Any, Any, Any, Any]
Context = ContextTypes.DEFAULT_TYPE


async def run_polling(app: App) -> None:
    """Poll for updates until cancelled; a token Telegram refuses is named."""
    token = app.settings.telegram_token
    if token is None:
        raise TelegramRefused("Set BORROWER_AID_TELEGRAM_TOKEN to the token from @BotFather.")
    bot = telegram_bot(
        app.respond, app.wording, token.get_secret_value(), app.settings.telegram_api
    )
    try:
        await bot.initialize()
    except InvalidToken as fault:
        raise TelegramRefused(
            "Telegram refuses the token. Copy it again from @BotFather into "
            "BORROWER_AID_TELEGRAM_TOKEN."
        ) from fault
    except NetworkError as fault:
        raise TelegramRefused(
            f"Telegram cannot be reached at {app.settings.telegram_api} ({fault.message}). "
            "Check the network, or set BORROWER_AID_TELEGRAM_API."
        ) from fault
    assert bot.updater is not None
    try:
        await bot.start()
        await bot.bot.set_my_commands(COMMANDS)
        await bot.bot.set_my_commands(COMMANDS_EN, language_code="en")
        await bot.updater.start_polling(allowed_updates=Update.ALL_TYPES)
        await asyncio.Event().wait()
    finally:
        if bot.updater.running:
            await bot.updater.stop()
        await bot.stop()
        await bot.shutdown()


def telegram_bot(respond: Respond, wording: Wording, token: str, api: str) -> Bot:
    """The bot with its handlers."""
    bot = (
        Application.builder()
        .token(token)
        .base_url(f"{api}/bot")
        .base_file_url(f"{api}/file/bot")
        .rate_limiter(AIORateLimiter(max_retries=SEND_TRIES))
        .concurrent_updates(True)
        .build()
    )
    talk = Talk(respond, wording)
    bot.add_handler(CommandHandler("start", talk.on_start))
    bot.add_handler(CommandHandler("help", talk.on_help))
    bot.add_handler(CallbackQueryHandler(talk.on_button))
    bot.add_handler(MessageHandler(filters.TEXT, talk.on_text))
    bot.add_handler(MessageHandler(filters.ALL, talk.on_other))
    bot.add_error_handler(log_fault)
    return bot


@dataclass(frozen=True, slots=True)
class Talk:
    """The handlers: each turns an update into a message and sends what comes back."""

    respond: Respond
    wording: Wording

    async def on_start(self, update: Update, _context: Context) -> None:
        """Say what this is, with four big buttons."""
        await self._answer(update.message, Kind.START)

    async def on_help(self, update: Update, _context: Context) -> None:
        """Say what can be asked."""
        await self._answer(update.message, Kind.HELP)

    async def on_text(self, update: Update, _context: Context) -> None:
        """Answer a question."""
        if update.message is not None:
            await self._answer(update.message, Kind.TEXT, update.message.text or "")

    async def on_other(self, update: Update, _context: Context) -> None:
        """Say kindly what can be read."""
        if update.message is not None:
            kinds = (kind for check, kind in KINDS if check.check_update(update))
            await self._answer(update.message, next(kinds, Kind.OTHER))

    async def on_button(self, update: Update, _context: Context) -> None:
        """A pressed button is its message, or a verdict on the answer."""
        query = update.callback_query
        if query is None or not isinstance(query.message, Message):
            return
        press, *rest = (query.data or "").split(":")
        if press in PRESSED:
            await self._rate(query, useful=PRESSED[press], answer_id=rest[0])
            return
        await query.answer()
        text = await self._message_behind(press, rest, language_of(query.from_user))
        if text is not None:
            await self._answer(query.message, Kind.TEXT, text, query.from_user)

    async def _message_behind(self, press: str, rest: list[str], language: Language) -> str | None:
        if press == "start":
            return self.respond.start_actions(language)[int(rest[0])].message
        return await self.respond.action(rest[0], int(rest[1]))

    async def _rate(self, query: CallbackQuery, *, useful: bool, answer_id: str) -> None:
        await self.respond.rate(answer_id, useful=useful)
        thanks = "thanks_useful" if useful else "thanks_not_useful"
        await query.answer(self.wording.say(thanks))

    async def _answer(
        self, message: Message | None, kind: Kind, text: str = "", sender: User | None = None
    ) -> None:
        if message is None:
            return
        with suppress(TelegramError):  # the dots are a courtesy; the answer must not hang on them
            await message.chat.send_action(ChatAction.TYPING)
        language = language_of(sender or message.from_user) if kind is not Kind.TEXT else None
        said = Said("telegram", str(message.chat_id), text, kind, language)
        try:
            response = await self.respond(said)
        except Exception:
            log.exception("a telegram answer failed")
            await send(message, self.wording.say("busy"), None)
            return
        await self._send(message, response)

    async def _send(self, message: Message, response: Response) -> None:
        *before, last = telegram_parts(response.reply)
        for part in before:
            await send(message, part, None)
        await send(message, last, keyboard(response, self.wording))


async def send(message: Message, html: str, buttons: InlineKeyboardMarkup | None) -> None:
    """Send with patience: a broken connection is tried again, refused HTML goes as plain text."""
    mode: str | None = ParseMode.HTML
    wait = FIRST_WAIT_SECONDS
    for remaining in range(SEND_TRIES, 0, -1):
        try:
            await message.chat.send_message(html, parse_mode=mode, reply_markup=buttons)
        except RetryAfter:
            raise
        except BadRequest as fault:
            if mode is None or "parse entities" not in fault.message:
                raise
            mode, html = None, without_tags(html)
        except NetworkError:
            if remaining == 1:
                raise
            await asyncio.sleep(wait)
            wait *= 2
        else:
            return


def keyboard(response: Response, wording: Wording) -> InlineKeyboardMarkup:
    """The next questions, one a row, and the verdict."""
    source = f"ask:{response.answer_id}" if response.answer_id else "start"
    rows = [
        [InlineKeyboardButton(action.label, callback_data=f"{source}:{number}")]
        for number, action in enumerate(response.reply.actions)
    ]
    if response.answer_id is not None:
        rows.append(
            [
                InlineKeyboardButton(
                    wording.say("useful"), callback_data=f"useful:{response.answer_id}"
                ),
                InlineKeyboardButton(
                    wording.say("not_useful"), callback_data=f"not:{response.answer_id}"
                ),
            ]
        )
    return InlineKeyboardMarkup(rows)


def language_of(user: User | None) -> Language:
    """The language of a person's Telegram, for what is said before they have written."""
    code = (user.language_code if user else None) or "zh"
    if code.startswith("en"):
        return Language.ENGLISH
    if code.lower() in ("zh-hant", "zh-tw", "zh-hk"):
        return Language.TRADITIONAL
    return Language.SIMPLIFIED


def without_tags(html: str) -> str:
    """What a reader sees of a piece of Telegram HTML."""
    return unescape(_TAG.sub("", html))


async def log_fault(_update: object, context: Context) -> None:
    """Keep the cause for the operator; the borrower's words stay out."""
    log.error("telegram fault", exc_info=context.error)
