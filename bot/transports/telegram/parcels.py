"""What is to be said, as rows of the outbox: they outlive the process that worded them."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any

from bot.answering.reply import Document
from bot.dialogue.message import Response
from bot.store.outbox import Outgoing
from bot.transports.telegram.render import telegram_parts
from bot.wording import Wording

Rows = Sequence[Sequence[tuple[str, str]]]  # rows of buttons: label, callback data
PHOTO_TYPES = ("image/png", "image/jpeg")
LARGEST_PHOTO = 10 * 2**20


class Parcel(StrEnum):
    """How something reaches a chat."""

    MESSAGE = "message"
    EDIT = "edit"
    DOCUMENT = "document"
    PHOTO = "photo"
    TOAST = "toast"


def answer(
    chat: int,
    response: Response,
    words: Wording,
    buttons: Rows = (),
    draft: int | None = None,
    reply_to: int | None = None,
) -> Iterator[Outgoing]:
    """The parcels of an answer; where its first words already stand, they are completed."""
    parts = telegram_parts(response.reply, words) or ["…"]
    for number, part in enumerate(parts):
        keyboard = buttons if number == len(parts) - 1 else ()
        if number == 0 and draft is not None:
            yield edit(chat, draft, part, keyboard)
        else:
            yield message(chat, part, keyboard, reply_to if number == 0 else None)
    for document in response.reply.documents:
        yield file(chat, document)


def message(chat: int, html: str, buttons: Rows = (), reply_to: int | None = None) -> Outgoing:
    """A message."""
    body = _body(html, buttons)
    if reply_to is not None:
        body["reply_to"] = reply_to
    return Outgoing(chat, Parcel.MESSAGE, body)


def edit(chat: int, message_id: int, html: str, buttons: Rows = ()) -> Outgoing:
    """New words for a message that stands already."""
    return Outgoing(chat, Parcel.EDIT, _body(html, buttons) | {"message_id": message_id})


def file(chat: int, document: Document) -> Outgoing:
    """A picture or a file."""
    small = len(document.content) <= LARGEST_PHOTO
    kind = Parcel.PHOTO if document.media_type in PHOTO_TYPES and small else Parcel.DOCUMENT
    return Outgoing(chat, kind, {"name": document.name}, document.content)


def toast(chat: int, query_id: str, text: str) -> Outgoing:
    """The short notice after a button was pressed."""
    return Outgoing(chat, Parcel.TOAST, {"query_id": query_id, "text": text})


def _body(html: str, buttons: Rows) -> dict[str, Any]:
    return {"html": html, "buttons": [[list(button) for button in row] for row in buttons]}
