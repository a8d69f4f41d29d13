"""Orders to a program that reads the text, hidden among words for people."""

from collections.abc import Iterator

from bot.answering.screening.concept import Concept
from ingest.assess.words import Words, folded
from ingest.intake import Code, Concern, Document


class InjectionJudge:
    """Looks for words that no writer says to a borrower, only to a machine."""

    def __init__(self, words: Words) -> None:
        self._orders = Concept(words["injection"])

    def __call__(self, document: Document) -> Iterator[Concern]:
        """A concern for each paragraph that gives a program orders, shown or hidden."""
        said = [(block.line, block.text) for block in document.blocks]
        hidden = [(each.line, each.quote) for each in document.concerns if each.quote]
        for line, text in said + hidden:
            if order := self._orders.first(folded(text)):
                yield Concern(Code.INJECTION, line, f"gives a program orders: {order}", text[:200])
