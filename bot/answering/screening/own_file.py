"""What only a bank, a court or an app can look up: whether it was granted, how much was taken, how far it is."""

import re
from collections.abc import Mapping
from typing import Any

from bot.answering.screening.concept import Concept

_ENGLISH = re.compile(r"[\x00-\x7f]+")
# 减没减, 停息没停息: whether it was done, said both ways.
_DONE_OR_NOT = re.compile(
    r"([减免批冻封判退扣划收到转结立上放撤列报解寄发])没\1|((?:停|起|立|入|到|结|解|查|冻|减|退|撤)[\u4e00-\u9fff])没\2"
)
_CLAUSE_END = re.compile(r"[,。;!?\n]+")


class OwnFile:
    """Asks for a fact of somebody's own file; what asks for a rule or a way is for the knowledge base."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._longest: int = words["whole_message"]
        self._english = Concept(words["english"])
        self._english_whose = Concept(words["english_whose"])
        self._english_rule = Concept(words["english_rule"])
        self._not_a_rule = Concept(words["not_a_rule"])
        self._rule = Concept(words["rule"])
        self._whose = Concept(words["whose"])
        self._done = Concept(words["done"])
        self._value, self._state = Concept(words["value"]), Concept(words["state"])
        self._asked_plainly = Concept.of(words, "when", "look")

    def first(self, said: str) -> str | None:
        """The words that ask for it, or nothing."""
        if self.asks_for_rule(said):
            return None
        if _ENGLISH.fullmatch(said):
            return self._english.first(said) if self._english_whose.first(said) else None
        if len(said) > self._longest or not self._whose.first(said):
            return None
        plain = self._asked_plainly.first(said)
        return plain or self._whether_done(_asked(said)) or self._how_much(said)

    def asks_for_rule(self, said: str) -> bool:
        """Whether it asks what holds for everybody, or how something is done."""
        if _ENGLISH.fullmatch(said):
            return self._english_rule.first(said) is not None
        return self._rule.first(self._not_a_rule.blank(said)) is not None

    def _whether_done(self, asked: str) -> str | None:
        either = _DONE_OR_NOT.search(asked)
        return either[0] if either else self._done.first(asked)

    def _how_much(self, said: str) -> str | None:
        """A value that is fixed by now; what is to come may follow from a rule."""
        return self._value.first(_asked(said)) if self._state.first(said) else None


def _asked(said: str) -> str:
    """The last clause: what stands before it tells of the trouble."""
    clauses = [each for each in _CLAUSE_END.split(said) if each.strip()]
    return clauses[-1] if clauses else ""
