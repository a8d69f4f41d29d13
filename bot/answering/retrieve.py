"""Find the passages that answer each question, in force today and meant for this reader."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from bot.answering.composing.answerable import Answerable
from bot.answering.retrieval.english_law import EnglishLaw
from bot.answering.retrieval.filter import BORROWERS, Filter
from bot.answering.retrieval.provisions import law_of, likeliest
from bot.answering.retrieval.retriever import Hit
from bot.answering.thinking import think
from bot.answering.turn import Turn, Understanding
from bot.answering.understanding.article_question import asks_for_article
from bot.answering.understanding.asking_clause import asking_clauses
from bot.answering.understanding.named_laws import NamedLaws
from bot.knowledge.library import Library
from bot.knowledge.vocabulary import Language, LenderType, Risk, TrustTier

LOOK_AT = 8
LOOK_AT_PROVISIONS, MOST_PROVISIONS = 32, 3
LAW = frozenset({TrustTier.STATUTE, TrustTier.REGULATOR, TrustTier.STANDARD})
CLEARLY = 1.25  # times the chance of the first reading is wanted of another
NEARLY = 0.8  # of the best chance is enough for a reading that leaves less of the talk out
SURE = 0.45  # the chance from which a question needs no words of the talk before it
# What a product's entry tells better than any other: what to do when overdue, how to negotiate.
OF_PRODUCTS = {"products", "first-steps", "negotiation"}
LIKELY = 0.2  # the chance from which an entry on the topic leads before the product's
ITS_OWN_WORDS = 0.75  # likeness from which a question is one that the product's entry lists
SETTLED = 1.0  # the chance that an entry answers the question which curators tied to it
# A chance below which a story is not understood, and from which a clause of it is.
NEXT_TO_NOTHING, SOMETHING = 0.03, 0.15
WORTH_ASKING = 4  # characters: less is left of a question that was little but a lender's name


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
        self._answerable = Answerable.load()
        self._named_laws = NamedLaws(library)
        self._english_law = EnglishLaw(library)

    async def __call__(self, turn: Turn) -> Turn:
        """The turn with what was found for each of its questions."""
        about = turn.understanding
        assert about is not None
        keep = Filter(on=turn.today, site=turn.site)
        if about.or_else:
            about = await think(self._best_reading, about, keep)
            turn = replace(turn, understanding=about)
        found = await asyncio.gather(
            *(
                think(self._search, question, topic, turn, keep)
                for question, topic in zip(about.questions, about.topics, strict=True)
            )
        )
        return replace(turn, found=tuple(found))

    def _best_reading(self, about: Understanding, keep: Filter) -> Understanding:
        """The way to read a message that the knowledge answers; the first where it is sure enough."""
        chance = self._chance(about, keep)
        if chance >= SURE:
            return about
        others = [(self._chance(each, keep), each) for each in about.or_else]
        best = max(found for found, _ in others)
        fullest = next(each for found, each in others if found >= NEARLY * best)
        return fullest if best > CLEARLY * chance else about

    def _chance(self, about: Understanding, keep: Filter) -> float:
        """The chance of the best passage that fits, and that it is about the question at all."""
        question = about.questions[0]
        hits = self._retriever.search(question, limit=LOOK_AT, keep=keep)
        best = next((hit for hit in hits if self._fits(hit, about)), None)
        return self._worth(question, best) if best else 0.0

    def _worth(self, question: str, hit: Hit) -> float:
        return hit.score * self._answerable(question, hit)

    def _search(self, question: str, topic: str, turn: Turn, keep: Filter) -> tuple[Hit, ...]:
        assert turn.understanding is not None
        hits = self._retriever.search(question, limit=2 * LOOK_AT, keep=keep)
        if settled := self._settled(question, hits):
            return (settled,)
        hits = self._listed_first(question, self._by_what_it_asks(question, hits, keep))
        if topic != question and len(topic) >= WORTH_ASKING:
            hits = self._with_topic(hits, self._retriever.search(topic, limit=LOOK_AT, keep=keep))
        fitting = (hit for hit in hits if self._fits(hit, turn.understanding))
        if turn.early is not None:  # the screen has already spoken of the danger
            fitting = (hit for hit in fitting if self._risk(hit) is not Risk.CRISIS)
        found = tuple(fitting)
        if asks_for_article(question):
            return self._with_provisions(question, found, turn, keep)
        return found[:LOOK_AT]

    def _with_provisions(
        self, question: str, hits: Sequence[Hit], turn: Turn, keep: Filter
    ) -> tuple[Hit, ...]:
        """The entries found, then the provisions that are most likely meant."""
        entries = [hit for hit in hits if hit.passage.id in self._library.entry]
        if turn.language is Language.ENGLISH:
            found = self._english_law(question, turn.today)
        else:
            law = replace(keep, tiers=LAW)
            found = self._retriever.search(question, limit=LOOK_AT_PROVISIONS, keep=law)
        taken_in = {law_of(hit) for hit in found if hit.passage.title in question}
        meant = likeliest(found, entries, self._named_laws(question) | taken_in)
        return (*entries[: LOOK_AT - MOST_PROVISIONS], *meant[:MOST_PROVISIONS])

    def _by_what_it_asks(self, question: str, hits: list[Hit], keep: Filter) -> list[Hit]:
        """What a clause that asks finds first, where the whole story around it finds next to nothing."""
        if hits and self._worth(question, hits[0]) >= NEXT_TO_NOTHING:
            return hits
        found = (
            (each, self._retriever.search(each, limit=LOOK_AT, keep=keep))
            for each in asking_clauses(question)
        )
        worth = [(self._worth(each, of[0]), of) for each, of in found if of]
        best, of_clause = max(worth, key=lambda each: each[0], default=(0.0, hits))
        return merged_behind(of_clause, hits) if best >= SOMETHING else hits

    def _settled(self, question: str, hits: list[Hit]) -> Hit | None:
        """The entry that curators settled on for just these words; they are a form of it."""
        entry = self._library.exact_answer(question)
        hit = next((hit for hit in hits if hit.passage.id == entry), None) if entry else None
        if hit is None:
            return None
        reasons = replace(hit.reasons, known_question=question, known_likeness=1.0)
        return replace(hit, score=SETTLED, reasons=reasons)

    def _listed_first(self, question: str, hits: list[Hit]) -> list[Hit]:
        """The entry that lists these very words before all others: short as they are, people reviewed them."""
        for hit in hits:
            entry = self._library.entry.get(hit.passage.id)
            if entry is not None and entry.lists(question):
                first = replace(hit, score=max(hit.score, hits[0].score))
                return [first, *(other for other in hits if other is not hit)]
        return hits

    def _with_topic(self, hits: list[Hit], of_topic: list[Hit]) -> list[Hit]:
        """What was found with the lender's name and without it.

        An entry on the topic leads where it is likely by itself, or where people's known questions are
        more like this one there than in the product's entry: 白条一直打我家人 is about families.
        """
        lead = next((hit for hit in of_topic if not self._is_product(hit)), None)
        both = merged(hits, of_topic)
        if lead is None or not hits or not self._is_product(hits[0]):
            return both
        first = lead if self._outweighs(lead, hits[0]) else hits[0]
        return [first, *(hit for hit in both if hit.passage.id != first.passage.id)]

    def _outweighs(self, lead: Hit, product: Hit) -> bool:
        """Whether a topic leads before a product: all but what product entries are there for."""
        entry = self._library.entry.get(lead.passage.id)
        if entry is None or entry.topic in OF_PRODUCTS:
            return False
        if lead.reasons.known_likeness > product.reasons.known_likeness:
            return True
        return lead.score >= LIKELY and product.reasons.known_likeness < ITS_OWN_WORDS

    def _is_product(self, hit: Hit) -> bool:
        entry = self._library.entry.get(hit.passage.id)
        return entry is not None and bool(entry.creditors)

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
        named = self._kinds(about) - {LenderType.ANY}  # an agency collects for lenders of any kind
        return LenderType.ANY in kinds or not named or not kinds.isdisjoint(named)

    def _kinds(self, about: Understanding) -> set[LenderType]:
        named = (self._library.creditor[each] for each in about.creditors)
        return {kind for each in named for kind in (each.lender_type, *each.other_types)}


def merged_behind(first: list[Hit], then: list[Hit]) -> list[Hit]:
    """Two searches, one behind the other, each passage once."""
    seen = {hit.passage.id for hit in first}
    return [*first, *(hit for hit in then if hit.passage.id not in seen)]


def merged(one: list[Hit], other: list[Hit]) -> list[Hit]:
    """Two searches as one: each passage with its better score, the best first."""
    best: dict[str, Hit] = {}
    for hit in (*one, *other):
        if hit.passage.id not in best or hit.score > best[hit.passage.id].score:
            best[hit.passage.id] = hit
    return sorted(best.values(), key=lambda hit: -hit.score)
