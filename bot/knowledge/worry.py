"""A fear that people name in passing, with the one sentence that answers it."""

from pydantic import Field

from bot.knowledge.entry import Citation
from bot.knowledge.registry import Record
from bot.knowledge.vocabulary import Language


class Worry(Record):
    """A worry told by its ``words``; ``entry`` tells of it at length, ``says`` is its one sentence.

    An answer led by one of ``answered_by``, or by an entry on the same topic, has told of it already.
    ``citations`` are those of the entry that the sentence rests on.
    """

    words: tuple[str, ...] = Field(min_length=1)
    unless: tuple[str, ...] = ()
    entry: str
    citations: tuple[Citation, ...] = ()
    answered_by: tuple[str, ...] = ()
    says: str
    says_en: str

    def says_in(self, language: Language) -> str:
        """The sentence in the reader's language; Traditional is made from Simplified."""
        return self.says_en if language is Language.ENGLISH else self.says
