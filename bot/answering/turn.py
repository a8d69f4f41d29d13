"""The value that travels through the steps; no step edits another step's work."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from bot.answering.reply import Engine, Reply, Status, Utterance
from bot.answering.retrieval.retriever import Hit
from bot.answering.screening.outcome import Screening
from bot.answering.screening.replies import EarlyReply
from bot.knowledge.entry import Citation
from bot.knowledge.fork import Fork
from bot.knowledge.vocabulary import Language

if TYPE_CHECKING:
    from bot.answering.grounding.sources import Sources

Listener = Callable[[str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a message is about.

    ``questions`` are its separate questions, each complete in itself (what “那” or “他们” meant is
    filled in from the conversation), ``topics`` the same without the lenders' names; ``creditors``
    are registry ids. ``chosen`` says that the message took a branch of the fork asked last,
    ``more`` that it wants more of the last answer, ``brief`` less of it. ``or_else`` are other ways to read it in its
    talk, for where nothing is known of the first.
    """

    questions: tuple[str, ...]
    topics: tuple[str, ...]
    creditors: tuple[str, ...] = ()
    chosen: bool = False
    more: bool = False
    brief: bool = False
    or_else: tuple["Understanding", ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before its grounding is checked.

    ``citations`` are those that the shown lines rest on, ``notes`` the local notes of the site that
    stand below.
    """

    status: Status
    text: str
    more: str = ""
    entries: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    notes: tuple[str, ...] = ()
    engine: Engine = Engine.ENTRIES
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Turn:
    """A message on its way to a reply.

    ``fresh`` says that its conversation begins with it, so that nothing is kept of it yet.
    ``afterwards`` is a question left open by the dialogue, put again below the answer;
    ``transport`` is the one it came by, where that matters; ``fork`` is what the answer asks back.
    """

    id: str
    text: str
    today: date
    context: tuple[Utterance, ...] = ()
    fresh: bool = False
    wanted_language: Language | None = None
    language: Language = Language.SIMPLIFIED
    site: str | None = None
    transport: str = ""
    screening: Screening | None = None
    early: EarlyReply | None = None
    understanding: Understanding | None = None
    found: tuple[tuple[Hit, ...], ...] = ()
    draft: Draft | None = None
    assembled: Draft | None = None
    afterwards: str = ""
    fork: Fork | None = None
    reply: Reply | None = None
    sources: "Sources | None" = None
    timings_ms: tuple[tuple[str, float], ...] = ()
    listener: Listener | None = field(default=None, compare=False, repr=False)
