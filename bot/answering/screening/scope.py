"""Topics that have nothing to do with debt."""

from bot.answering.screening.concept import Concept, Lexicon
from bot.answering.screening.outcome import Outcome, Screening


class Scope:
    """Only a known other topic without a single word of debt is turned away."""

    def __init__(self, words: Lexicon) -> None:
        self._other_topic = Concept(words["other_topic"])
        self._debt = Concept(words["debt"])

    def __call__(self, said: str) -> Screening | None:
        """Another topic, or nothing."""
        topic = self._other_topic.first(said)
        if topic and not self.of_debt(said):
            return Screening(Outcome.OUT_OF_SCOPE, "other_topic", (topic,))
        return None

    def of_debt(self, said: str) -> bool:
        """Whether there is a word of debt."""
        return self._debt.first(said) is not None
