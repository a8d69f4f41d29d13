"""Find the passages that answer each question, in force today and meant for this reader."""

import asyncio
from dataclasses import replace
from typing import Protocol

from bot.answering.retrieval.filter import BORROWERS, Filter
from bot.answering.retrieval.retriever import Hit
from bot.answering.turn import Turn, Understanding
from bot.knowledge.library import Library
from bot.knowledge.vocabulary import LenderType, Risk

LOOK_AT = 8


class Searching(Protocol):
    """What the step needs of a retriever."""

    def search(self, query: str, *, limit: int = 8, keep: Filter = BORROWERS) -> list[Hit]:
        """The best passages, best first."""
        ...


class Retrieve:
    """Search the index once for each question."""

    def __init__(self, retriever: Searching, library: Library) -> None:
        self._retriever = retriever
        self._library = library

    async def __call__(self, turn: Turn) -> Turn:
        """The turn with what was found for each of its questions."""
        assert turn.understanding is not None
        keep = Filter(on=turn.today, site=turn.site)
        found = await asyncio.gather(
            *(
                asyncio.to_thread(self._search, question, turn, keep)
                for question in turn.understanding.questions
            )
        )
        return replace(turn, found=tuple(found))

    def _search(self, question: str, turn: Turn, keep: Filter) -> tuple[Hit, ...]:
        assert turn.understanding is not None
        hits = self._retriever.search(question, limit=2 * LOOK_AT, keep=keep)
        fitting = (hit for hit in hits if self._fits(hit, turn.understanding))
        if turn.early is not None:  # the screen has already spoken of the danger
            fitting = (hit for hit in fitting if self._risk(hit) is not Risk.CRISIS)
        return tuple(fitting)[:LOOK_AT]

    def _risk(self, hit: Hit) -> Risk:
        entry = self._library.entry.get(hit.passage.id)
        return entry.risk if entry else Risk.NONE

    def _fits(self, hit: Hit, about: Understanding) -> bool:
        """An entry about a product nobody named, or another kind of lender, does not fit."""
        entry = self._library.entry.get(hit.passage.id)
        if entry is None:
            return True
        if entry.creditors:
            return not set(entry.creditors).isdisjoint(about.creditors)
        if not about.creditors:
            return True
        kinds = set(entry.lender_types)
        return LenderType.ANY in kinds or not kinds.isdisjoint(self._kinds(about))

    def _kinds(self, about: Understanding) -> set[LenderType]:
        named = (self._library.creditor[each] for each in about.creditors)
        return {kind for each in named for kind in (each.lender_type, *each.other_types)}
