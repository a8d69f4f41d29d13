"""A message as labels and figures in order: who and what, then how much."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Any

from bot.chinese.normalise import normalise
from bot.chinese.reading import Reading, read
from bot.chinese.spans import without
from bot.debt.budget import Need
from bot.dialogue import intake_words as words
from bot.dialogue.creditor_names import CreditorNames, Lender


class Kind(StrEnum):
    """What a stretch of a message is."""

    CREDITOR = "creditor"
    INCOME = "income"
    NO_INCOME = "no_income"
    NEED = "need"
    ALL_NEEDS = "all_needs"
    BUFFER = "buffer"
    PLEDGE = "pledge"
    ROLE = "role"
    PERIOD = "period"
    PEOPLE = "people"
    AMOUNT = "amount"
    UNCLEAR = "unclear"
    RATE = "rate"
    DURATION = "duration"
    TERM = "term"


Groups = tuple[tuple[Kind, list[tuple[re.Pattern[str], Any]]], ...]
LABELS = {Kind.CREDITOR, Kind.INCOME, Kind.NEED, Kind.ALL_NEEDS, Kind.BUFFER, Kind.PLEDGE}


@dataclass(frozen=True, slots=True)
class Token:
    """One stretch: its place, its words and what they mean."""

    kind: Kind
    start: int
    end: int
    text: str
    value: Any = None

    @property
    def is_amount(self) -> bool:
        """Whether it is a sum, clear or not."""
        return self.kind in (Kind.AMOUNT, Kind.UNCLEAR)


@dataclass(frozen=True, slots=True)
class Clause:
    """What stands between two marks of punctuation."""

    text: str
    tokens: tuple[Token, ...]
    start: int = 0

    def after_last_amount(self, token: Token) -> str:
        """What is said between the last amount before a token and the clause's end."""
        ends = [each.end for each in self.tokens if each.end <= token.start and each.is_amount]
        return self.text[max(ends, default=self.start) - self.start :]

    def between(self, first: Token, second: Token) -> str:
        """What is said between two tokens."""
        return self.text[first.end - self.start : second.start - self.start]

    def after(self, token: Token) -> str:
        """What is said after a token."""
        return self.text[token.end - self.start :]

    def has(self, kind: Kind) -> bool:
        """Whether it holds a token of a kind."""
        return any(each.kind is kind for each in self.tokens)


def tokenise(text: str, today: date, names: CreditorNames) -> list[Clause]:
    """The tokens of a message by clause."""
    plain = normalise(text)
    known = names.find(plain)
    reading = read(plain, today, known)
    named = [Token(Kind.CREDITOR, each.start, each.end, each.text, each.lender) for each in known]
    left = without(plain, *named)
    people = [Token(Kind.PEOPLE, *m.span(), m[0], m) for m in words.PEOPLE.finditer(left)]
    left = without(left, *people)
    figures = list(figure_tokens(reading, people))
    left = without(left, *figures)
    labels = list(label_tokens(left, plain, _LABELS))
    left = without(left, *labels)
    labels += strangers(left, plain, [*named, *labels, *figures])
    left = without(left, *labels)
    labels += label_tokens(left, plain, _ROLES_AND_PERIODS)
    tokens = sorted([*named, *people, *figures, *labels], key=lambda each: each.start)
    return list(clauses(tokens, plain, without(plain, *tokens)))


def figure_tokens(reading: Reading, people: Sequence[Token]) -> Iterator[Token]:
    """Amounts, rates, times and terms."""
    taken = {place for each in people for place in range(each.start, each.end)}
    groups: tuple[tuple[Kind, Iterable[Any]], ...] = (
        (Kind.AMOUNT, reading.amounts),
        (Kind.UNCLEAR, reading.unclear),
        (Kind.RATE, reading.rates),
        (Kind.DURATION, reading.durations),
        (Kind.TERM, reading.terms),
    )
    for kind, found in groups:
        for each in found:
            if each.start not in taken and not _is_period(kind, each, reading.text):
                yield Token(kind, each.start, each.end, each.text, each)


def _is_period(kind: Kind, each: Any, text: str) -> bool:
    """一个月挣6000: how often, not how long."""
    plain = kind is Kind.DURATION and words.PLAIN_PERIOD.match(each.text)
    return bool(plain) and not words.SPENT_BEFORE.search(text[: each.start])


def label_tokens(left: str, plain: str, groups: Groups) -> Iterator[Token]:
    """Words that say what a figure is; earlier groups win over later ones."""
    for kind, patterns in groups:
        for pattern, value in patterns:
            for match in pattern.finditer(left):
                start, end = _trimmed(match) if kind is Kind.CREDITOR else match.span()
                if start == end:
                    continue
                said = plain[start:end]
                meant = Lender(said, value) if kind is Kind.CREDITOR else value
                token = Token(kind, start, end, said, meant)
                left = without(left, token)
                yield token


def strangers(left: str, plain: str, labels: Sequence[Token]) -> Iterator[Token]:
    """Names nobody knows: beside 欠, or before a figure in a list of debts."""
    for match in words.STRANGER.finditer(left):
        group = str(match.lastgroup)
        start, end = match.span(group)
        if words.NOT_A_STRANGER.search(match[group]):
            continue
        listed = _among_debts(start, end, labels) and not words.NOT_LISTED.search(match[group])
        if group != "listed" or listed:
            said = plain[start:end]
            yield Token(Kind.CREDITOR, start, end, said, Lender(said, "any", group == "listed"))


def _among_debts(start: int, end: int, tokens: Sequence[Token]) -> bool:
    """Whether a name stands before an amount, and after a debt rather than a cost."""
    before = [each for each in tokens if each.start < start and each.kind in LABELS]
    after = min((each for each in tokens if each.start >= end), key=_place, default=None)
    is_debt = bool(before) and max(before, key=_place).kind is Kind.CREDITOR
    return is_debt and after is not None and after.is_amount


def _place(token: Token) -> int:
    return token.start


def clauses(tokens: Sequence[Token], plain: str, left: str) -> Iterator[Clause]:
    """The text cut at its punctuation, where no figure is cut through."""
    ends = [match.start() for match in words.CLAUSE.finditer(left)]
    for start, end in pairwise([0, *ends, len(plain)]):
        inside = tuple(each for each in tokens if start <= each.start < max(end, start + 1))
        yield Clause(plain[start:end], inside, start)


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    """A name without the words that led up to it (我还有招商银行 -> 招商银行)."""
    lead = words.NOT_IN_NAMES.match(match[0][:-2])
    return match.start() + (lead.end() if lead else 0), match.end()


def _compiled(pairs: Iterable[tuple[str, Any]]) -> list[tuple[re.Pattern[str], Any]]:
    return [(re.compile(pattern), value) for pattern, value in pairs]


_LABELS: Groups = (
    (Kind.PLEDGE, _compiled([(words.PLEDGE, None)])),
    (Kind.NO_INCOME, _compiled([(words.NO_INCOME, None)])),
    (Kind.INCOME, _compiled(words.INCOME)),
    (Kind.NEED, _compiled([(words.REST_OF_NEEDS, Need.OTHER)])),
    (Kind.ALL_NEEDS, _compiled([(words.ALL_NEEDS, None)])),
    (Kind.CREDITOR, _compiled([(words.FAMILY_LENDERS, "private")])),
    (Kind.NEED, _compiled(words.NEEDS)),
    (Kind.BUFFER, _compiled([(words.BUFFER, None)])),
    (
        Kind.CREDITOR,
        _compiled([*((p, k) for p, k in words.NAMED_BY_KIND), (words.PRIVATE, "private")]),
    ),
)
_ROLES_AND_PERIODS: Groups = (
    (Kind.ROLE, _compiled((pattern, role) for role, pattern in words.ROLES)),
    (Kind.PERIOD, _compiled((pattern, period) for period, pattern in words.PERIODS)),
)
