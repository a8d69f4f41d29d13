"""A question that has different answers for different people, and how to tell which."""

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
