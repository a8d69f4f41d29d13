"""Assemble the answer from the best entries: what helps now first, then the lines that fit."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from bot.answering.composing.answerable import Answerable
from bot.answering.composing.choose import choose
from bot.answering.composing.from_entries import FromEntries
from bot.answering.composing.from_provisions import FromProvisions
from bot.answering.composing.glosses import Glosses
from bot.answering.composing.part import Part
from bot.answering.composing.reminders import Reminders
from bot.answering.composing.rests_on import RestsOn
from bot.answering.composing.shelf import Shelf
from bot.answering.composing.worries_told import with_room_for
from bot.answering.composing.worth import Worth
from bot.answering.reply import Status
from bot.answering.retrieval.retriever import Hit
from bot.answering.thinking import think
from bot.answering.turn import Draft, Turn
from bot.answering.understanding.article_question import asks_for_article
from bot.answering.understanding.questions import asks, leans_on_context
from bot.answering.understanding.worries import Worries
from bot.knowledge.library import Library
from bot.knowledge.vocabulary import Language
from bot.wording import Wording

# Below this chance the knowledge does not cover the question. Low on purpose: to refuse somebody who
# could have been helped is worse here than to answer beside the point; bench/RESULTS.md has the curve.
# Up to the second the answer begins by saying that it may not be what was meant.
ANSWER_FLOOR, SURE = 0.03, 0.06
# What may be on another matter is answered where the answer is likelier than that; where that is the
# likelier by far, only what was found for sure.
MAYBE_STRANGE, STRANGE, FOUND = 0.1, 0.5, 0.9
# Characters that say too little to be told that they are on another matter.
FEW, FEW_IN_ENGLISH = 7, 18
# An entry answers where a provision was found first if it is nearly as good.
ANSWERS_AT = 0.6
# Characters for the lines under the conclusion: one phone screen in all.
ROOM = 234
ROOM_EACH_OF_SEVERAL = 150
ROOM_IN_BRIEF = 70  # a step or two, where the answer before was too long


class Compose:
    """Word an answer without a language model."""

    def __init__(
        self,
        library: Library,
        wording: Wording,
        reminders: Reminders,
        glosses: Glosses,
        shelf: Shelf | None = None,
    ) -> None:
        self._library = library
        self._wording = wording
        self._answerable = Answerable.load()
        self._worth = Worth.load()
        self._shelf = shelf or Shelf(library)
        self._worries = Worries(library)
        rests_on = RestsOn(library, self._shelf)
        self._from_entries = FromEntries(library, wording, reminders, glosses, rests_on)
        self._from_provisions = FromProvisions(library, self._shelf, self._worth, glosses, rests_on)

    async def __call__(self, turn: Turn) -> Turn:
        """The turn with an assembled draft, or one that says nothing is known."""
        return await think(self._composed, turn)

    def _composed(self, turn: Turn) -> Turn:
        assert turn.understanding is not None
        questions = turn.understanding.questions
        room = ROOM if len(questions) == 1 else ROOM_EACH_OF_SEVERAL
        room = ROOM_IN_BRIEF if turn.understanding.brief else room
        parts: list[Part] = []
        for question, hits in zip(questions, turn.found, strict=True):
            told = {entry for part in parts for entry in part.entries}
            part = self._part(question, hits, room, turn)
            if part and not told.issuperset(part.entries or ("",)):
                parts.append(part)
        if turn.understanding.more:
            parts = [self._in_full(part, turn.language) for part in parts]
        return replace(turn, draft=self._join(parts, turn))

    def _in_full(self, part: Part, language: Language) -> Part:
        """What was kept back, in place of what was told; all of it again where nothing was."""
        if not part.more:
            return part
        heading = self._wording.say("in_full", language)
        title = self._library.entry[part.entries[0]].title
        return replace(part, text=f"**{heading.format(title=title)}**\n\n{part.more}", more="")

    def _join(self, parts: Sequence[Part], turn: Turn) -> Draft:
        if not parts:
            return self._nothing_found(turn)
        return Draft(
            Status.ANSWERED,
            text="\n\n".join(part.text for part in parts),
            more="\n".join(part.more for part in parts if part.more),
            entries=tuple(dict.fromkeys(e for part in parts for e in part.entries)),
            provisions=tuple(dict.fromkeys(p for part in parts for p in part.provisions)),
            citations=tuple(dict.fromkeys(c for part in parts for c in part.citations)),
            confidence=min(part.confidence for part in parts),
        )

    def _nothing_found(self, turn: Turn) -> Draft:
        """That nothing is known; a few words with nothing before them may be of any matter."""
        off_topic = _off_topic(turn)
        few = len(turn.text) <= (FEW_IN_ENGLISH if turn.text.isascii() else FEW)
        asked = asks(turn.text) and not leans_on_context(turn.text)  # curators hear of it
        if few and not asked and off_topic < STRANGE and not (turn.context or turn.early):
            return Draft(Status.CLARIFY, self._wording.say("which_matter", turn.language))
        key = "other_matter" if floor(off_topic) > ANSWER_FLOOR else "no_source"
        return Draft(Status.NO_SOURCE, self._wording.say(key, turn.language))

    def _part(self, question: str, hits: Sequence[Hit], room: int, turn: Turn) -> Part | None:
        language = turn.language
        if asks_for_article(question) and (
            part := self._from_provisions(question, hits, room, language)
        ):
            return part
        chance = self._answerable(question, hits[0]) if hits else 0.0
        known = self._is_known(question, hits)
        if chance < floor(_off_topic(turn)) and not known:
            return None
        if not any(self._shelf.has(hit.passage.id) for hit in self._near(hits)):
            return self._from_provisions.alone(hits[0])
        choosing = partial(choose, question, hits, self._shelf, self._worth)
        main = self._library.entry[self._best(hits)]
        worries = self._worries.beside(question, main.id)
        if language is Language.ENGLISH:
            part = self._from_entries.in_english(main, choosing(room), worries, chance)
        else:
            choice, left = with_room_for(worries, choosing, room)
            part = self._from_entries.in_chinese(main, choice, left, chance)
        return part if known or chance >= SURE else self._unsure(part, language)

    def _best(self, hits: Sequence[Hit]) -> str:
        return next(hit.passage.id for hit in hits if self._shelf.has(hit.passage.id))

    def _unsure(self, part: Part, language: Language) -> Part:
        return replace(part, text=f"{self._wording.say('unsure', language)}\n\n{part.text}")

    def _is_known(self, question: str, hits: Sequence[Hit]) -> bool:
        """Whether the best entry lists these very words: short as they are, somebody reviewed them."""
        best = self._library.entry.get(hits[0].passage.id) if hits else None
        return best is not None and best.lists(question)

    def _near(self, hits: Sequence[Hit]) -> list[Hit]:
        return [hit for hit in hits if hit.score >= ANSWERS_AT * hits[0].score]


def floor(other: float) -> float:
    """The chance below which the knowledge does not cover what may be another matter."""
    if other < MAYBE_STRANGE:
        return ANSWER_FLOOR
    return FOUND if other >= STRANGE else other


def _off_topic(turn: Turn) -> float:
    return turn.screening.off_topic if turn.screening else 0.0
