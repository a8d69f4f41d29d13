"""The provisions a question asks for: like it in words, and backed by what the entries found cite."""

from collections.abc import Sequence
from dataclasses import replace
from math import log

from bot.answering.retrieval.retriever import Hit

# What entries found with a question cite is more often meant than a provision that stands alone: so
# much, in log odds, for the first citation of the best entry; each later one counts a little less.
BACKED = 1.5
NEXT_CITED = 0.9
SURE = 0.2  # the chance from which the best entry backs all it can
# Where no entry and no provision has its chance, none is meant: the question is on other law.
LEAST_ENTRY, LEAST = 0.35, 0.045
MOST_ENTRIES = 4
SMALLEST = 1e-6


def likeliest(
    provisions: Sequence[Hit], entries: Sequence[Hit], named: frozenset[str]
) -> list[Hit]:
    """The provisions, those of a law that is named first, then those most likely meant.

    Their chances fall in the order they now stand in, so that no later sorting undoes it.
    """
    surest = max((hit.score for hit in entries[:1]), default=0.0)
    if surest < LEAST_ENTRY and max((hit.score for hit in provisions), default=0.0) < LEAST:
        return []
    backing = _backing(entries)

    def order(hit: Hit) -> tuple[bool, float]:
        chance = min(max(hit.score, SMALLEST), 1 - SMALLEST)
        backed = BACKED * backing.get(hit.passage.id, 0.0)
        return law_of(hit) not in named, -(log(chance / (1 - chance)) + backed)

    chances = sorted((hit.score for hit in provisions), reverse=True)
    ordered = sorted(provisions, key=order)
    return [replace(hit, score=chance) for hit, chance in zip(ordered, chances, strict=True)]


def law_of(hit: Hit) -> str:
    """The id of the instrument that a provision belongs to."""
    return hit.passage.id.partition(":")[0]


def _backing(entries: Sequence[Hit]) -> dict[str, float]:
    """How far the entries found stand behind each provision, at most one: the best one's first citation."""
    backing: dict[str, float] = {}
    for hit in entries[:MOST_ENTRIES]:
        share = hit.score / max(entries[0].score, SURE)
        for cited in hit.passage.cites:
            backing[cited] = max(backing.get(cited, 0.0), share)
            share *= NEXT_CITED
    return backing
