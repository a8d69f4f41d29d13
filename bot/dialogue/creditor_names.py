"""The names and aliases by which people call their creditors."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.chinese.normalise import normalise
from bot.knowledge.registry import Creditor

_PRODUCT = re.compile(r"信用卡|房贷|车贷|贷款|消费贷|信用贷|装修贷|经营贷")


@dataclass(frozen=True, slots=True)
class Lender:
    """A creditor in the borrower's word for it, and what kind of lender it is.

    ``guessed`` marks a name known only from its place in a list of debts.
    """

    name: str
    lender_type: str
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class NamedCreditor:
    """Where a text names a creditor."""

    start: int
    end: int
    text: str
    lender: Lender


class CreditorNames:
    """The registry's names as one pattern, made once and asked often."""

    def __init__(self, creditors: Sequence[Creditor]) -> None:
        self._names = {
            normalise(name).lower(): creditor
            for creditor in creditors
            for name in (creditor.name, *creditor.aliases)
        }
        longest_first = sorted(self._names, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(_as_pattern, longest_first)) or r"(?!)")

    def find(self, plain: str) -> list[NamedCreditor]:
        """The creditors in a normalised text, by their longest names."""
        found: list[NamedCreditor] = []
        for match in self._pattern.finditer(plain.lower()):
            if not found or match.start() >= found[-1].end:  # 建行房贷 is one loan
                found.append(_named(match, self._names[match[0]], plain))
        return found

    def lender_type(self, name: str) -> str | None:
        """What kind of lender a name stands for, where the registry knows it."""
        found = self.find(normalise(name))
        return found[0].lender.lender_type if found else None


def _as_pattern(name: str) -> str:
    """A name as a pattern; 360 is a platform, 3600 and 360元 are not."""
    before = r"(?<![0-9])" if name[0].isdigit() else ""
    after = r"(?![0-9.]|[元块万千天期%])" if name[-1].isdigit() else ""
    return before + re.escape(name) + after


def _named(match: re.Match[str], creditor: Creditor, plain: str) -> NamedCreditor:
    """A creditor with what is said of its product right after (招行信用卡, 建行房贷)."""
    tail = _PRODUCT.match(plain[match.end() :])
    start, end = match.start(), match.end() + (tail.end() if tail else 0)
    said = plain[start:end]
    lender_type = str(creditor.lender_type)
    if tail:
        lender_type = "credit_card" if tail[0] == "信用卡" else "bank"
    name = creditor.name if _misspelt(said, creditor.name) else said
    return NamedCreditor(start, end, said, Lender(name, lender_type))


def _misspelt(said: str, name: str) -> bool:
    """One character off (分其乐); any other alias stays in the borrower's own word."""
    wrong = [one for one, other in zip(said, name, strict=False) if one != other]
    return len(said) == len(name) and len(wrong) == 1


NO_NAMES = CreditorNames(())
