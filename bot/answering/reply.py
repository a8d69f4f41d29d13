"""What was said before, and what a person gets back."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from bot.knowledge.instrument import InstrumentKind
from bot.knowledge.vocabulary import Language, Risk, Verification


class Status(StrEnum):
    """How a turn ended."""

    ANSWERED = "answered"
    CLARIFY = "clarify"
    NO_SOURCE = "no_source"
    REFUSED = "refused"
    CRISIS = "crisis"


class Engine(StrEnum):
    """Who worded the reply."""

    ENTRIES = "entries"
    MODEL = "model"
    REVIEWED_WORDING = "reviewed_wording"


@dataclass(frozen=True, slots=True)
class Utterance:
    """One earlier message of the conversation, personal data already masked."""

    role: Literal["user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """An instrument or article that an answer rests on.

    ``english`` is the instrument's name for readers of it, ``number`` the one it was published under.
    """

    title: str
    locator: str
    kind: InstrumentKind
    status: str
    effective: date | None
    verified: Verification
    url: str | None = None
    english: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """A button: what it says, and the message that pressing it sends."""

    label: str
    message: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file to hand over."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """A finished answer.

    ``text`` is light Markdown: ``**bold**``, numbered lines and ``· `` bullets. ``more`` holds
    the lines that fitted the question less, shown on request. ``confidence`` is the chance, in
    [0, 1], that the knowledge covers the question.
    """

    status: Status
    text: str
    language: Language = Language.SIMPLIFIED
    actions: tuple[Action, ...] = ()
    sources: tuple[Source, ...] = ()
    passages: tuple[str, ...] = ()
    risk: Risk = Risk.NONE
    engine: Engine = Engine.ENTRIES
    more: str = ""
    confidence: float = 0.0
    documents: tuple[Document, ...] = field(default_factory=tuple)
