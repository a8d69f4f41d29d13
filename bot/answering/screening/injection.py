"""Attempts to make the assistant drop its rules or show its workings."""

from bot.answering.screening.concept import Concept, Lexicon
from bot.answering.screening.outcome import Outcome, Screening


class Injection:
    """Orders to the assistant; a collector's order to the borrower is not one."""

    def __init__(self, words: Lexicon) -> None:
        self._harmless = Concept(words["harmless"])
        self._override = Concept(words["override"])
        self._asks_for_law = Concept(words["asks_for_law"])

    def __call__(self, said: str) -> Screening | None:
        """An injected instruction, or nothing."""
        evidence = self._override.first(self._harmless.blank(said))
        return Screening(Outcome.INJECTION, "ignored", (evidence,)) if evidence else None

    def asks_for_law(self, said: str) -> bool:
        """Whether it asks where the law says something."""
        return self._asks_for_law.first(said) is not None
