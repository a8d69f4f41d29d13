"""Topics that have nothing to do with debt in mainland China."""

from bot.answering.screening.concept import Concept, Lexicon
from bot.answering.screening.outcome import Outcome, Screening


class Scope:
    """A known other topic without a single word of debt, other law without debts, the law elsewhere."""

    def __init__(self, words: Lexicon) -> None:
        self._other_topic = Concept(words["other_topic"])
        self._debt = Concept(words["debt"])
        self._elsewhere = Concept(words["elsewhere"])
        self._at_home = Concept(words["at_home"])
        self._other_law = Concept(words["other_law"])
        self._owing = Concept(words["owing"])

    def __call__(self, said: str) -> Screening | None:
        """Another topic, or nothing."""
        place, law = self._elsewhere.first(said), self._other_law.first(said)
        if place and not self._at_home.first(said):
            return Screening(Outcome.OUT_OF_SCOPE, "elsewhere", (place,))
        if law and not self._owing.first(said):
            return Screening(Outcome.OUT_OF_SCOPE, "other_law", (law,))
        topic = self._other_topic.first(said)
        if topic and not self.of_debt(said):
            return Screening(Outcome.OUT_OF_SCOPE, "other_topic", (topic,))
        return None

    def of_debt(self, said: str) -> bool:
        """Whether there is a word that people in debt use too, as 钱, 赔 or 录音."""
        return self._debt.first(said) is not None

    def of_owing(self, said: str) -> bool:
        """Whether there is a word of debt and nothing else."""
        return self._owing.first(said) is not None
