"""One parcel to Telegram: HTML first, plain text where Telegram refuses it."""

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from html import unescape
from typing import Any

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated

from bot.store.outbox import Outgoing
from bot.transports.telegram.pace import Pace
from bot.transports.telegram.parcels import Parcel

log = logging.getLogger(__name__)

_TAG = re.compile(r"<[^>]+>")
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Send:
    """Sends parcels; a parcel that can never be taken is logged and counts as sent."""

    def __init__(self, bot: Bot, pace: Pace) -> None:
        self._bot = bot
        self._pace = pace
        self._ways: Mapping[str, Callable[[Outgoing], Awaitable[None]]] = {
            Parcel.MESSAGE: self._message,
            Parcel.EDIT: self._edit,
            Parcel.DOCUMENT: self._document,
            Parcel.PHOTO: self._photo,
            Parcel.TOAST: self._toast,
        }

    async def __call__(self, outgoing: Outgoing) -> None:
        """Send; raises what is worth another try, and Forbidden."""
        async with self._pace.messages:
            try:
                await self._ways[outgoing.kind](outgoing)
            except ChatMigrated as fault:  # a group that became a supergroup
                await self._ways[outgoing.kind](replace(outgoing, chat_id=fault.new_chat_id))
            except BadRequest as fault:
                log.error("refused for good", extra={"kind": outgoing.kind, "why": fault.message})

    async def _message(self, outgoing: Outgoing) -> None:
        async def put(text: str, mode: str | None) -> None:
            await self._bot.send_message(
                outgoing.chat_id,
                text,
                parse_mode=mode,
                reply_markup=keyboard(outgoing.body),
                reply_parameters=_reply_to(outgoing.body),
                link_preview_options=_NO_PREVIEW,
            )

        await html_or_plain(put, outgoing.body["html"])

    async def _edit(self, outgoing: Outgoing) -> None:
        async def put(text: str, mode: str | None) -> None:
            await self._bot.edit_message_text(
                text,
                outgoing.chat_id,
                outgoing.body["message_id"],
                parse_mode=mode,
                reply_markup=keyboard(outgoing.body),
                link_preview_options=_NO_PREVIEW,
            )

        try:
            await html_or_plain(put, outgoing.body["html"])
        except BadRequest as fault:
            if "not modified" in fault.message:
                return
            await self._message(outgoing)  # the reader deleted it: the answer still has to come

    async def _document(self, outgoing: Outgoing) -> None:
        await self._bot.send_document(outgoing.chat_id, _file(outgoing))

    async def _photo(self, outgoing: Outgoing) -> None:
        try:
            await self._bot.send_photo(outgoing.chat_id, _file(outgoing))
        except BadRequest:  # Telegram cannot read it as a picture; as a file it always goes
            await self._document(outgoing)

    async def _toast(self, outgoing: Outgoing) -> None:
        await self._bot.answer_callback_query(outgoing.body["query_id"], outgoing.body["text"])


async def html_or_plain(put: Callable[[str, str | None], Awaitable[None]], html: str) -> None:
    """Put a text as HTML, or as plain text where Telegram refuses its marks."""
    try:
        await put(html, ParseMode.HTML)
    except BadRequest as fault:
        if "parse entities" not in fault.message:
            raise
        await put(without_tags(html), None)


def keyboard(body: Mapping[str, Any]) -> InlineKeyboardMarkup | None:
    """The buttons of a parcel."""
    rows = [
        [InlineKeyboardButton(label, callback_data=press) for label, press in row]
        for row in body["buttons"]
    ]
    return InlineKeyboardMarkup(rows) if rows else None


def without_tags(html: str) -> str:
    """What a reader sees of a piece of Telegram HTML."""
    return unescape(_TAG.sub("", html))


def _reply_to(body: Mapping[str, Any]) -> ReplyParameters | None:
    if "reply_to" not in body:
        return None
    return ReplyParameters(body["reply_to"], allow_sending_without_reply=True)


def _file(outgoing: Outgoing) -> InputFile:
    return InputFile(outgoing.content or b"", outgoing.body["name"])
