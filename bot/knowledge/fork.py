"""A question that has different answers for different people, and how to tell which."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field

from bot.knowledge.registry import Record
from bot.knowledge.vocabulary import Language, LenderType


class Branch(BaseModel):
    """One case of a fork: its button, the words that tell it, and the question it comes down to.

    ``question`` and ``question_en`` are question forms of ``entry``, so that they find it on every
    transport; a lender of one of the ``lender_types`` tells the branch as its words do.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str
    label_en: str
    words: tuple[str, ...] = Field(min_length=1)
    lender_types: tuple[LenderType, ...] = ()
    entry: str
    question: str
    question_en: str


class Fork(Record):
    """A question to ask back: ``under`` answers led by these entries, where it is ``about`` these words."""

    asks: str
    asks_en: str
    under: tuple[str, ...] = Field(min_length=1)
    about: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    branches: tuple[Branch, ...] = Field(min_length=2, max_length=4)

    def asks_in(self, language: Language) -> str:
        """The question in the reader's language; Traditional is made from Simplified."""
        return self.asks_en if language is Language.ENGLISH else self.asks


@dataclass(frozen=True, slots=True)
class SentForm:
    """A question form that a button of a fork sends, in words or in English."""

    fork: Fork
    label: str
    form: str


def forms_sent_to(forks: Iterable[Fork], entry: str) -> Iterator[SentForm]:
    """The question forms of an entry by which buttons find it."""
    for fork in forks:
        for branch in fork.branches:
            if branch.entry == entry:
                yield SentForm(fork, branch.label, branch.question)
                yield SentForm(fork, branch.label_en, branch.question_en)
