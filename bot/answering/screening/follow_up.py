"""The turn after a danger: is the person safe, have the police been called, have they left."""

from collections.abc import Sequence

from bot.answering.screening.at_the_door import AtTheDoor
from bot.answering.screening.concept import Concept, Lexicon
from bot.answering.screening.crisis import Crisis
from bot.answering.screening.outcome import Outcome, Screening
from bot.answering.screening.violence import Violence


class FollowUp:
    """After a crisis safety is asked about before anything else; at the door each step leads on."""

    def __init__(
        self, words: Lexicon, debt: Concept, crisis: Crisis, violence: Violence, door: AtTheDoor
    ) -> None:
        self._debt = debt
        self._crisis = crisis
        self._violence = violence
        self._door = door
        self._says_safe = Concept(words["says_safe"])
        self._needs_company = Concept(words["needs_company"])
        self._police_called = Concept(words["police_called"])
        self._they_left = Concept(words["they_left"])

    def __call__(self, said: str, before: Sequence[str]) -> Screening | None:
        """What the last turns still call for; ``before`` is oldest first."""
        if not before or self._is_crisis(said):
            return None
        if self._crisis_is_open(before):
            return self._after_crisis(said)
        if self._door(before[-1]) or self._violence(before[-1]):
            return self._after_the_door(said)
        return None

    def _crisis_is_open(self, before: Sequence[str]) -> bool:
        """Open until the person says they are safe or has gone on to speak of the debt."""
        for earlier in reversed(before):
            if self._is_crisis(earlier):
                return True
            if self._says_safe.first(earlier) or self._debt.first(earlier):
                return False
        return False

    def _is_crisis(self, said: str) -> bool:
        found = self._crisis(said)
        return found is not None and found.outcome is Outcome.CRISIS

    def _after_crisis(self, said: str) -> Screening:
        safe, of_debt = self._says_safe.first(said), self._debt.first(said)
        if not safe and (alone := self._needs_company.first(said)):
            return Screening(Outcome.CRISIS, "company", (alone,))
        if of_debt:
            return Screening(Outcome.CRISIS_CHECK, "after_crisis", (of_debt,))
        return Screening(Outcome.CRISIS_CHECK, "safe_now" if safe else "still_here")

    def _after_the_door(self, said: str) -> Screening | None:
        if left := self._they_left.first(said):
            return Screening(Outcome.AT_THE_DOOR, "they_left", (left,))
        if called := self._police_called.first(said):
            return Screening(Outcome.AT_THE_DOOR, "police_called", (called,))
        return None
