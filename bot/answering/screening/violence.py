"""Violence or confinement that is happening now, and threats of it."""

from bot.answering.screening.concept import Concept, Lexicon
from bot.answering.screening.outcome import Outcome, Screening


class Violence:
    """What happened long ago, what might happen and what the court does are ordinary questions."""

    def __init__(self, words: Lexicon) -> None:
        self._not_violence = Concept(words["by_authority"])
        self._happening = Concept(words["happening"])
        self._threat = Concept(words["threat"])
        self._now = Concept(words["now"])
        self._not_now = Concept.of(words, "past", "asking")

    def __call__(self, said: str) -> Screening | None:
        """Violence now, a threat, or nothing."""
        literal = self._not_violence.blank(said)
        danger = self._happening.first(literal)
        evidence = danger or self._threat.first(literal)
        if evidence is None or self._not_now.first(literal):
            return None
        variant = "now" if danger and self._now.first(said) else "threat"
        return Screening(Outcome.VIOLENCE_NOW, variant, (evidence,))
