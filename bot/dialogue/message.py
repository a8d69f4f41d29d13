"""What a transport hands to the dialogue, and what it gets back."""

from dataclasses import dataclass
from enum import StrEnum

from bot.answering.reply import Reply
from bot.knowledge.vocabulary import Language


class Kind(StrEnum):
    """What a message consists of; everything but text gets a kind word on what can be read."""

    TEXT = "text"
    START = "start"
    HELP = "help"
    PHOTO = "photo"
    VOICE = "voice"
    STICKER = "sticker"
    CONTACT = "contact"
    LOCATION = "location"
    DOCUMENT = "document"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a person; ``key`` is the transport's name for the conversation.

    A ``fresh`` key was made for this message, so that nothing can be known of it; ``public`` is what
    others read along, and where nobody's own case is talked about.
    """

    transport: str
    key: str
    text: str = ""
    kind: Kind = Kind.TEXT
    language: Language | None = None
    site: str | None = None
    fresh: bool = False
    public: bool = False


@dataclass(frozen=True, slots=True)
class Response:
    """A reply, and the id under which its reader can say whether it helped.

    ``forgotten`` says that everything kept of the person is deleted, and this reply is not kept.
    """

    reply: Reply
    answer_id: str | None = None
    forgotten: bool = False
