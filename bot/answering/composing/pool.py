"""The lines that may be shown for a question, and how each stands to it and to the others."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.answering.composing.lines import Line, Section
from bot.answering.composing.shelf import FIXED_SIGNS, Keys, KnownLine, Numbers, Shelf
from bot.answering.retrieval.retriever import Hit
from bot.answering.understanding.article_question import asks_for_article

MOST_ENTRIES = 4
LEAST_CHANCE = 0.05  # of the best entry's
# An entry of a smaller share lends only lines that hold so much of the question's words.
LENDS_FREELY, LEAST_SHARED = 0.3, 0.04
# Of other entries only what stands by itself: a step belongs to the steps around it.
_LENT = {Section.SHORT_ANSWER, Section.THEY_MAY_NOT, Section.WHY}
# What is said to somebody who is beaten or held frightens one who told of nothing like it.
_BLOWS = re.compile(
    r"打(?:我|人|骂|架|死|伤|了我|起来)|被[^，。]{0,4}打|吵|揍|家暴|暴力|动手|刀|砸|赶(?:我|出)"
    r"|绑|锁|关(?:着|在|起来)|围|堵|不让|扣(?:住|着|下)"
    r"|beat|hit|violen|hurt|abus|attack|lock|trap|surround",
    re.IGNORECASE,
)
SIGNS = (
    *FIXED_SIGNS, "shared_of_question", "shared_of_line", "shared_of_another", "new", "of_another",
    "chance_of_another", "article_asked_and_named", "provision_found", "agreed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pool:
    """Lines with their signs; the best entry's short answer, told in any case, is the first.

    ``likeness[i, j]`` is the share of line i's words that line j holds; ``lent`` says which lines
    may be shown at all.
    """

    lines: tuple[Line, ...]
    cites: tuple[frozenset[str], ...]
    signs: Numbers
    likeness: Numbers
    may_be_shown: tuple[bool, ...]


def pool(question: str, hits: Sequence[Hit], shelf: Shelf) -> Pool:
    """The lines of the entries among the hits, the best entry first.

    What several of the entries say, and what cites a provision that was found itself, is more often
    what was asked about than a line that stands alone.
    """
    chances = _chances(question, hits, shelf)
    known = [line for entry in chances for line in shelf.lines(entry)]
    main = known[0].line.entry
    chance = np.array([chances[each.line.entry] for each in known])
    other = np.array([each.line.entry != main for each in known])
    keys, words = _words(known)
    likeness = (words @ words.T) / words.sum(axis=1, keepdims=True)
    signs = np.column_stack(
        [
            _fixed(known, other),
            *_shared(question, keys, words, other, shelf),
            1 - likeness[:, 0],
            other,
            np.where(other, chance, 0),
            [bool(each.cites) and asks_for_article(question) for each in known],
            _provision_found(known, hits),
            _agreed(known, likeness, chance),
        ]
    )
    return Pool(
        lines=tuple(each.line for each in known),
        cites=tuple(each.cites for each in known),
        signs=signs,
        likeness=likeness,
        may_be_shown=tuple(
            _may_be_shown(each.line, main, near)
            for each, near in zip(known, _near(signs, chance), strict=True)
        ),
    )


def _chances(question: str, hits: Sequence[Hit], shelf: Shelf) -> dict[str, float]:
    """The entries among the hits with their chances, as shares of the best one's."""
    entries = [hit for hit in hits if shelf.has(hit.passage.id)][:MOST_ENTRIES]
    near = [hit for hit in entries if hit.score >= LEAST_CHANCE * entries[0].score]
    fit = near[:1] + [hit for hit in near[1:] if _fits(question, hit.passage.id, shelf)]
    return {hit.passage.id: hit.score / entries[0].score for hit in fit}


def _fits(question: str, entry: str, shelf: Shelf) -> bool:
    return bool(_BLOWS.search(question)) or not shelf.tells_of_blows(entry)


def _words(known: Sequence[KnownLine]) -> tuple[Keys, Numbers]:
    """The keys that any line holds, and which line holds which: one row a line."""
    keys, column = np.unique(np.concatenate([each.keys for each in known]), return_inverse=True)
    row = np.repeat(np.arange(len(known)), [len(each.keys) for each in known])
    words = np.zeros((len(known), len(keys)))
    words[row, column] = 1
    return keys, words


def _fixed(known: Sequence[KnownLine], other: Numbers) -> Numbers:
    """The fixed signs; that a line comes early counts in the best entry alone."""
    fixed = np.array([each.signs for each in known])
    fixed[other, FIXED_SIGNS.index("early")] = 0
    return fixed


def _shared(
    question: str, keys: Keys, words: Numbers, other: Numbers, shelf: Shelf
) -> tuple[Numbers, Numbers, Numbers]:
    """How much of the question a line holds, and of the line the question; rare words weigh more."""
    asked, weights = shelf.question(question), shelf.weights(keys)
    shared = words @ (weights * np.isin(keys, asked))
    of_question = shared / max(shelf.weights(asked).sum(), 1.0)
    return of_question, shared / np.maximum(words @ weights, 1.0), np.where(other, of_question, 0)


def _provision_found(known: Sequence[KnownLine], hits: Sequence[Hit]) -> list[float]:
    """One for a line that cites the first provision found, a half for the second, and so on."""
    provisions = [hit.passage.id for hit in hits if ":" in hit.passage.id]
    worth = {each: 1 / place for place, each in enumerate(provisions, 1)}
    return [max((worth.get(each, 0.0) for each in line.cites), default=0.0) for line in known]


def _agreed(known: Sequence[KnownLine], likeness: Numbers, chance: Numbers) -> Numbers:
    """How much of a line another entry says too, in one of its lines."""
    entries = np.array([each.line.entry for each in known])
    elsewhere = entries[:, None] != entries[None, :]
    agreed: Numbers = (likeness * elsewhere * chance).max(axis=1)
    return agreed


def _near(signs: Numbers, chance: Numbers) -> Sequence[bool]:
    """Which lines speak of what was asked, by their entry or by their own words."""
    shared = signs[:, SIGNS.index("shared_of_question")]
    near: list[bool] = ((chance >= LENDS_FREELY) | (shared >= LEAST_SHARED)).tolist()
    return near


def _may_be_shown(line: Line, main: str, near: bool) -> bool:
    if line.entry == main:
        return line.section is not Section.SHORT_ANSWER
    return near and line.section in _LENT
