"""Questions of those who lend or collect."""

from bot.answering.screening.concept import Concept, Lexicon
from bot.answering.screening.outcome import Outcome, Screening


class LenderSide:
    """A collector's trade, or a person who is owed money; a borrower telling about them is not."""

    def __init__(self, words: Lexicon) -> None:
        self._collector = Concept(words["collector"])
        self._private = Concept(words["private_creditor"])
        self._borrower = Concept(words["borrower"])

    def __call__(self, said: str) -> Screening | None:
        """Who is asking from the other side, or nothing."""
        if self.borrows(said):
            return None
        if evidence := self._collector.first(said):
            return Screening(Outcome.LENDER_SIDE, "collector", (evidence,))
        if evidence := self._private.first(said):
            return Screening(Outcome.LENDER_SIDE, "private_creditor", (evidence,))
        return None

    def borrows(self, said: str) -> bool:
        """Whether the words are a borrower's own."""
        return self._borrower.first(said) is not None
