"""What only a bank, a court or an app can look up: whether it was granted, how much was taken, how far it is."""

import re
from collections.abc import Mapping
from typing import Any

from bot.answering.screening.concept import Concept

_ENGLISH = re.compile(r"[\x00-\x7f]+")
_CLAUSE_END = re.compile(r"[,。;!?\n]+")


class OwnFile:
    """Asks for a fact of somebody's own file; what asks for a rule or a way is for the knowledge base."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._longest: int = words["whole_message"]
        self._english = Concept(words["english"])
        self._english_rule = Concept(words["english_rule"])
        self._not_a_rule = Concept(words["not_a_rule"])
        self._rule = Concept(words["rule"])
        self._whose = Concept(words["whose"])
        self._done, self._done_to = Concept(words["done"]), Concept(words["done_to"])
        self._value, self._state = Concept(words["value"]), Concept(words["state"])
        self._in_the_file = Concept(words["in_the_file"])
        self._asked_plainly = Concept.of(words, "when", "look")

    def first(self, said: str) -> str | None:
        """The words that ask for it, or nothing."""
        if _ENGLISH.fullmatch(said):
            return None if self._english_rule.first(said) else self._english.first(said)
        brief = len(said) <= self._longest
        if not brief or self._rule.first(self._not_a_rule.blank(said)):
            return None
        if not self._whose.first(said):
            return None
        plain = self._asked_plainly.first(said)
        return plain or self._whether_done(said) or self._how_much(said)

    def _whether_done(self, said: str) -> str | None:
        return self._done.first(_asked(said)) if self._done_to.first(said) else None

    def _how_much(self, said: str) -> str | None:
        known = self._state.first(said) and self._in_the_file.first(said)
        return self._value.first(_asked(said)) if known else None


def _asked(said: str) -> str:
    """The last clause: what stands before it tells of the trouble."""
    clauses = [each for each in _CLAUSE_END.split(said) if each.strip()]
    return clauses[-1] if clauses else ""
