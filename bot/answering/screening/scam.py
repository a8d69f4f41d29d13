"""A swindle under way: somebody wants money, a card or a code from the borrower now."""

from bot.answering.screening.concept import Concept, Lexicon
from bot.answering.screening.outcome import Outcome, Screening


class Scam:
    """Whether something is a swindle, and how to get money back, are ordinary questions."""

    def __init__(self, words: Lexicon) -> None:
        self._demand = Concept(words["demand"])
        self._happening = Concept(words["happening"])
        self._ordinary = Concept.of(words, "asking", "past", "genuine")

    def __call__(self, said: str) -> Screening | None:
        """Somebody is paying or handing over right now, or nothing."""
        demand, happening = self._demand.first(said), self._happening.first(said)
        if not (demand and happening) or self._ordinary.first(said):
            return None
        return Screening(Outcome.SCAM_IN_PROGRESS, "now", (demand, happening))
