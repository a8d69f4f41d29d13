"""Provisions by what they say in English: the few sentences that readers of English are shown."""

import re
from datetime import date
from functools import cached_property

import numpy as np

from bot.answering.retrieval.explain import Reasons
from bot.answering.retrieval.lexical import LexicalIndex
from bot.answering.retrieval.postings import Postings
from bot.answering.retrieval.retriever import Hit
from bot.answering.retrieval.tokens import normalise, query_keys
from bot.knowledge.instrument import Instrument, Provision
from bot.knowledge.library import Library
from bot.knowledge.passage import Passage
from bot.knowledge.vocabulary import Language

# Words that any question for an article has, whatever it is about.
_LITTLE = frozenset(
    """a an and are article as at basis be by can do does for from had has have how i if in is it its
    law legal may me my not of on or so that the their them they this to under was were what when
    where which who whom with you your""".split()  # noqa: SIM905 - a list of 60 is no easier to read
)
_WORD = re.compile(r"[a-z0-9]+")
LEAST_SHARE = (
    0.08  # of what the question's words could bring: where no sentence has it, none answers
)
STEEPNESS, AT_NOUGHT = 15.0, -4.0  # log odds of a share
_ENDINGS, LEAST_ROOT = ("ing", "ed"), 4


class EnglishLaw:
    """The English sentences of a library's provisions, indexed when first asked."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def __call__(self, question: str, day: date) -> list[Hit]:
        """The provisions in force, each with how likely its sentence answers."""
        told, index = self._index
        wanted = query_keys(_plain(question))
        scores, ceiling = index.scores(wanted)
        unknown = len(wanted) - sum(1 for _ in index.postings.found(wanted))
        # Words that no sentence has speak against all of them: noise, neighbours.
        ceiling += unknown * float(index.weights.max(initial=0))
        shares = (scores / max(ceiling, 1e-9)).tolist()
        return [
            Hit(passage, _chance(share), Reasons())
            for (law, passage), share in zip(told, shares, strict=True)
            if law.in_force(day)
        ]

    @cached_property
    def _index(self) -> tuple[list[tuple[Instrument, Passage]], LexicalIndex]:
        told = [
            (law, _passage(law, provision))
            for law in self._library.instruments
            for provision in law.provisions
            if provision.english
        ]
        texts = [_plain(f"{passage.title} {passage.text}") for _, passage in told]
        return told, LexicalIndex.build(Postings.build(texts))


def _passage(law: Instrument, provision: Provision) -> Passage:
    return Passage(
        id=f"{law.id}:{provision.article}",
        title=law.english,
        text=provision.english,
        language=Language.ENGLISH,
    )


def _plain(text: str) -> str:
    """The roots of a text's telling words.

    >>> _plain("Which article keeps my wages from being seized?")
    'keep wage being seiz'
    """
    words = _WORD.findall(normalise(text))
    return " ".join(_root(word) for word in words if word not in _LITTLE)


def _root(word: str) -> str:
    """A word without its plain endings, so that selling is like sell and loans like loan."""
    if len(word) > LEAST_ROOT and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) >= len(ending) + LEAST_ROOT:
            word = word.removesuffix(ending)
    return word.rstrip("e") if len(word) > LEAST_ROOT else word


def _chance(share: float) -> float:
    return float(1 / (1 + np.exp(-(STEEPNESS * share + AT_NOUGHT))))
