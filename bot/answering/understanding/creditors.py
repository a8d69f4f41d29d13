"""Find the lenders a message names."""

import re
from collections.abc import Iterable

from bot.knowledge.registry import Creditor

FEWEST_LEFT = 7  # characters: clauses of fewer say too little by themselves
MOST_BESIDE = 6  # characters: 花呗逾期两个月了, 微粒贷还清了
_CLAUSE_END = re.compile(r"[,，。;；!！?？\s]+")


class CreditorNames:
    """All names and aliases of the creditors, ready to be found in a text."""

    def __init__(self, creditors: Iterable[Creditor]) -> None:
        self._id_of = {
            name.casefold(): creditor.id
            for creditor in creditors
            for name in (creditor.name, *creditor.aliases)
        }
        longest_first = sorted(self._id_of, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def named_in(self, text: str) -> tuple[str, ...]:
        """Ids of the creditors named, in the order they appear, each once."""
        found = (self._id_of[match.group()] for match in self._pattern.finditer(text.casefold()))
        return tuple(dict.fromkeys(found))

    def called_in(self, text: str) -> tuple[str, ...]:
        """The creditors' names as they stand in a text, in the order they appear."""
        return tuple(match.group() for match in self._pattern.finditer(text.casefold()))

    def without(self, text: str) -> str:
        """The text without the lenders' names: what it asks whoever the lender is."""
        return self._cut(text).strip()

    def topic(self, text: str) -> str:
        """What a text asks whoever the lender is: 花呗逾期了，晚上睡不着 is about sleep."""
        clauses = [each for each in _CLAUSE_END.split(text) if each]
        left = " ".join(each for each in clauses if not self._only_names(each))
        return self.without(left if len(left) >= FEWEST_LEFT else text)

    def _only_names(self, clause: str) -> bool:
        """Whether a clause says who the lender is, and hardly more."""
        without = self._cut(clause)
        return without != clause and len(without) <= MOST_BESIDE

    def _cut(self, text: str) -> str:
        spans = [match.span() for match in self._pattern.finditer(text.casefold())]
        for start, end in reversed(spans):
            text = text[:start] + text[end:]
        return text
