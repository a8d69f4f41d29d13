"""Collectors who are at the door, in the home or at work at this moment."""

import re

from bot.answering.screening.concept import Concept, Lexicon
from bot.answering.screening.outcome import Outcome, Screening

_AT_THIS_MOMENT = re.compile("现在|正在|此刻|right now")


class AtTheDoor:
    """A place, a sign of now and somebody who collects; a visit announced or past does not count."""

    def __init__(self, words: Lexicon) -> None:
        self._place = Concept(words["at_the_place"])
        self._now = Concept(words["now"])
        self._collector = Concept(words["collector"])
        self._not_now = Concept(words["not_now"])
        self._left_behind = Concept(words["left_behind"])
        self._this_moment = Concept(words["this_moment"])
        self._another_door = Concept(words["another_door"])
        self._own_door = Concept(words["own_door"])
        self._surrounded = Concept(words["surrounded"])

    def __call__(self, said: str) -> Screening | None:
        """Somebody is there now, or nothing."""
        place, now = self._place.first(said), self._now.first(said)
        if not (place and now and self._collector.first(said)) or self._not_now.first(said):
            return None
        if self._left_behind.first(said) and not _AT_THIS_MOMENT.search(said):
            return None
        return Screening(Outcome.AT_THE_DOOR, self._variant(said), (place, now))

    def where(self, said: str) -> str:
        """Whether another door is spoken of: at school, at work, at the parents' home."""
        elsewhere = self._another_door.first(said) and not self._own_door.first(said)
        return "elsewhere" if elsewhere else "maybe"

    def _variant(self, said: str) -> str:
        if self._surrounded.first(said) and self._this_moment.first(said):
            return "surrounded"
        where = self.where(said)
        return "outside" if where == "maybe" and self._this_moment.first(said) else where
