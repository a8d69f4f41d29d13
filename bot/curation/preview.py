"""What the bot answers now, what it would answer after a change, and how an entry will look."""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from bot.answering.pipeline import Step, run
from bot.answering.reply import Reply
from bot.answering.retrieval.explain import Reasons
from bot.answering.retrieval.retriever import Hit, Retriever
from bot.answering.turn import Turn, Understanding
from bot.curation.live import Live
from bot.curation.records import Fields
from bot.editions import Edition, Editions
from bot.knowledge.entry import Entry
from bot.knowledge.library import Library
from bot.knowledge.library_lines import to_lines
from bot.knowledge.passage import Passage
from bot.knowledge.vocabulary import Language
from bot.transports.jsonl.answer import reply_record
from bot.transports.telegram.render import telegram_parts
from bot.transports.web.events import done_record
from bot.wording import Wording


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that was found for a question, and why; the first ones make the answer."""

    id: str
    title: str
    score: float
    why: str
    reasons: Reasons
    shown: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to a question, with what was found for it."""

    question: str
    reply: Reply
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A reply as each transport shows it: Telegram's HTML messages, and the record of the web."""

    reply: Reply
    telegram: tuple[str, ...]
    web: Mapping[str, object] = field(default_factory=dict)


class Preview:
    """Answers that nobody is given; a changed library is indexed aside and kept until the next."""

    def __init__(
        self,
        live: Live,
        editions: Editions,
        make: Callable[[str, Retriever, Edition], Edition],
        assemble: Callable[[Library, Edition], Sequence[Step]],
        wording: Wording,
        today: Callable[[], date],
    ) -> None:
        self._live = live
        self._editions = editions
        self._make = make
        self._assemble = assemble
        self._wording = wording
        self._today = today
        self._lock = Lock()
        self._tried: Editions | None = None
        self._folder: TemporaryDirectory[str] | None = None

    async def now(self, question: str, language: Language | None = None) -> Answer:
        """What the bot answers now."""
        return await self._answer(self._editions, question, language)

    async def after(
        self, question: str, changed: Mapping[str, Fields | None], language: Language | None = None
    ) -> Answer:
        """What it would answer if these entries were as given, or gone."""
        after = await asyncio.to_thread(self.edition_after, changed)
        return await self._answer(after, question, language)

    def edition_after(self, changed: Mapping[str, Fields | None]) -> Editions:
        """All that would be made of a publication of these entries; the last one is kept."""
        library = self._live.library(
            {
                name: Entry.model_validate(fields) if fields is not None else None
                for name, fields in changed.items()
            }
        )
        key = sha256(to_lines(library)).hexdigest()
        with self._lock:
            if self._tried is None:
                self._tried = Editions(self._try_out(library, key))
            elif self._tried.current.key != key:
                self._tried.swap(self._try_out(library, key))
            return self._tried

    async def entry(self, fields: Fields, language: Language = Language.SIMPLIFIED) -> Rendered:
        """The answer of one entry to its own first question, whatever else would be found."""
        entry = Entry.model_validate(fields)
        library = await asyncio.to_thread(self._live.library, {entry.id: entry})
        question = entry.questions[0]
        hit = Hit(Passage(entry.id, entry.title, ""), 1.0, Reasons(known_likeness=1.0))
        turn = Turn(
            "preview",
            question,
            self._today(),
            language=language,
            understanding=Understanding((question,), (question,), entry.creditors),
            found=((hit,),),
        )
        steps = await asyncio.to_thread(self._assemble, library, self._editions.current)
        done = await run(turn, steps)
        assert done.reply is not None
        return self.rendered(done.reply)

    def rendered(self, reply: Reply) -> Rendered:
        """A reply as borrowers see it."""
        record = {**reply_record(reply), **done_record(reply, None)}
        return Rendered(reply, tuple(telegram_parts(reply, self._wording)), record)

    def close(self) -> None:
        """Clear away what was tried out."""
        with self._lock:
            if self._tried is not None:
                self._tried.current.retriever.close()
            if self._folder is not None:
                self._folder.cleanup()
            self._tried = self._folder = None

    def _try_out(self, library: Library, key: str) -> Edition:
        self._folder = self._folder or TemporaryDirectory(prefix="borrower-aid-preview-")
        retriever = self._live.try_out(library, Path(self._folder.name))
        with self._editions.reading() as current:
            return self._make(key, retriever, current)

    async def _answer(self, editions: Editions, question: str, language: Language | None) -> Answer:
        turn = Turn("preview", question, self._today(), wanted_language=language)
        with editions.reading() as edition:
            done = await run(turn, edition.answering)
        assert done.reply is not None
        used = set(done.reply.passages)
        hits = [hit for found in done.found for hit in found]
        return Answer(question, done.reply, tuple(_found(hit, used) for hit in hits))


def _found(hit: Hit, used: Collection[str]) -> Found:
    passage, reasons = hit.passage, hit.reasons
    title = "".join((passage.title, *passage.heading)) if ":" in passage.id else passage.title
    return Found(
        passage.id, title, hit.score, reasons.sentence(), reasons, shown=passage.id in used
    )
