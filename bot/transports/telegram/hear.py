"""An update as the handler needs it: where, who, and what was said, pressed or sent."""

import json
import logging
import re
from dataclasses import dataclass, replace

from telegram import (
    Bot,
    CallbackQuery,
    Chat,
    ChatMemberUpdated,
    Message,
    MessageEntity,
    Update,
    User,
)

from bot.dialogue.message import Kind
from bot.knowledge.vocabulary import Language
from bot.transports.telegram.documents import SentFile
from bot.transports.telegram.raw import Raw

log = logging.getLogger(__name__)

KINDS = (
    ("photo", Kind.PHOTO),
    ("voice", Kind.VOICE),
    ("audio", Kind.VOICE),
    ("video", Kind.VOICE),
    ("video_note", Kind.VOICE),
    ("sticker", Kind.STICKER),
    ("contact", Kind.CONTACT),
    ("location", Kind.LOCATION),
    ("document", Kind.DOCUMENT),
)
CALLS = (MessageEntity.BOT_COMMAND, MessageEntity.MENTION, MessageEntity.TEXT_MENTION)
_COMMAND = re.compile(
    r"/(?P<name>[A-Za-z0-9_]{1,32})(?:@(?P<bot>\w+))?(?:\s+(?P<rest>.*))?", re.DOTALL
)
# What happens to a chat, rather than being said in it.
SERVICE = ("new_chat_members", "left_chat_member", "pinned_message", "migrate_to_chat_id")


@dataclass(frozen=True, slots=True)
class Heard:
    """What a person did in a chat; ``key`` names his conversation.

    ``text`` is what was said, after the command where there is one; ``addressed`` is False for talk
    in a group that is not meant for us; ``replied`` is the text of our message that this answers.
    """

    chat: int
    key: str
    private: bool
    language: Language
    kind: Kind = Kind.TEXT
    text: str = ""
    command: str | None = None
    press: str | None = None
    query_id: str = ""
    reply_to: int | None = None
    blocked: bool = False
    addressed: bool = True
    name: str = ""
    replied: str = ""
    file: SentFile | None = None
    album: str = ""


def heard_in(body: str, bot: Bot) -> Heard | None:
    """What a kept update says to us; one that the library cannot read is a kind of its own."""
    raw = json.loads(body)
    try:
        update = Update.de_json(raw, bot)
    except Exception as fault:  # noqa: BLE001 - new kinds of content break it in many ways
        log.warning("an update could not be read", extra={"why": type(fault).__name__})
        return _unread(raw)
    return hear(update, bot.bot)


def _unread(raw: Raw) -> Heard | None:
    """A private message gets a kind word; anything else is not meant for us."""
    chat = raw["message"]["chat"] if "message" in raw else {}
    if chat.get("type") != Chat.PRIVATE:
        return None
    return Heard(chat["id"], str(chat["id"]), True, Language.SIMPLIFIED, Kind.OTHER)


def hear(update: Update, me: User) -> Heard | None:
    """What an update says to us; nothing where it is not meant for us."""
    if update.my_chat_member is not None:
        return _membership(update.my_chat_member)
    if update.callback_query is not None:
        return _press(update.callback_query)
    message = update.message or update.edited_message
    if message is None or any(getattr(message, name) for name in SERVICE):
        return None
    if message.from_user is not None and message.from_user.is_bot:
        return None
    if update.edited_message is not None and not (message.text or message.caption):
        return None  # a live location moves without a word said
    heard = _said(message, me)
    if update.edited_message is not None:
        return replace(heard, reply_to=message.message_id)
    return heard


def language_of(user: User | None) -> Language:
    """The language of a person's Telegram, for what is said before he has chosen one."""
    code = ((user.language_code if user else None) or "zh").lower()
    if code.startswith("en"):
        return Language.ENGLISH
    if code in ("zh-hant", "zh-tw", "zh-hk"):
        return Language.TRADITIONAL
    return Language.SIMPLIFIED


def _membership(change: ChatMemberUpdated) -> Heard | None:
    if change.new_chat_member.status not in ("kicked", "left"):
        return None
    return replace(_place(change.chat, change.from_user), blocked=True)


def _press(query: CallbackQuery) -> Heard | None:
    if query.message is None:
        return None
    place = _place(query.message.chat, query.from_user)
    return replace(place, press=query.data or "", query_id=query.id)


def _said(message: Message, me: User) -> Heard:
    place = _place(message.chat, message.from_user)
    said = message.text or message.caption or ""
    command = _command(said, me)
    if not place.private:
        addressed = _addressed(message, me)
        place = replace(place, reply_to=message.message_id, addressed=addressed)
    text = _without_mention((command["rest"] or "") if command else said, me)
    kind = next((kind for name, kind in KINDS if getattr(message, name)), None)
    if kind is None:
        kind = Kind.OTHER if message.text is None else Kind.TEXT
    name = command["name"].lower() if command else None
    return replace(
        place,
        kind=kind,
        text=text,
        command=name,
        replied=_replied(message, me),
        file=_file(message) if kind is Kind.DOCUMENT else None,
        album=message.media_group_id or "",
    )


def _file(message: Message) -> SentFile | None:
    """A moving picture comes as a document too, which nobody could read."""
    sent = message.document
    if sent is None or message.animation is not None:
        return None
    return SentFile(sent.file_id, sent.file_name or "", sent.file_size or 0)


def _place(chat: Chat, user: User | None) -> Heard:
    """In a group each person has a conversation of his own: nobody hears another's case."""
    private = chat.type == Chat.PRIVATE
    key = str(chat.id) if private or user is None else f"{chat.id}:{user.id}"
    name = f"{user.full_name} ({user.id})" if user else ""
    return Heard(chat.id, key, private, language_of(user), name=name)


def _addressed(message: Message, me: User) -> bool:
    replied = message.reply_to_message
    if replied is not None and replied.from_user is not None and replied.from_user.id == me.id:
        return True
    ours = f"@{me.username}".lower()
    return any(
        said.lower().endswith(ours) or (entity.user is not None and entity.user.id == me.id)
        for entity, said in _called(message).items()
    )


def _replied(message: Message, me: User) -> str:
    answered = message.reply_to_message
    if answered is None or answered.from_user is None or answered.from_user.id != me.id:
        return ""
    return answered.text or ""


def _command(text: str, me: User) -> re.Match[str] | None:
    """The command a message is, unless it is another bot's."""
    found = _COMMAND.fullmatch(text.strip())
    ours = ("", (me.username or "").lower())
    return found if found is not None and (found["bot"] or "").lower() in ours else None


def _called(message: Message) -> dict[MessageEntity, str]:
    """The commands and mentions in a message or under its picture."""
    if message.text is not None:
        return message.parse_entities(list(CALLS))
    return message.parse_caption_entities(list(CALLS)) if message.caption is not None else {}


def _without_mention(text: str, me: User) -> str:
    return text.replace(f"@{me.username}", "").strip() if me.username else text
