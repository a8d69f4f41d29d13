"""Hold an act of collection against the rules: unlawful, against a standard, allowed, or unclear."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Protocol, TypeVar


class Verdict(StrEnum):
    """What an act is worth, the gravest first."""

    UNLAWFUL = "unlawful"
    AGAINST_STANDARD = "against_standard"
    MORE_FACTS = "more_facts"
    ALLOWED = "allowed"


class Medium(StrEnum):
    """How a collector made contact."""

    CALL = "call"
    SMS = "sms"
    VISIT = "visit"
    LETTER = "letter"


class Contacted(StrEnum):
    """Whom a collector turned to."""

    BORROWER = "borrower"
    FAMILY = "family"
    FRIEND = "friend"
    WORKPLACE = "workplace"
    SCHOOL = "school"


class Fact(StrEnum):
    """What may still have to be asked."""

    MEDIUM = "medium"
    TIME = "time"
    CALLS = "calls"
    CONNECTED = "connected"
    VISITORS = "visitors"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class Incident:
    """One act of collection as far as it is known.

    ``said`` is the account in the borrower's words; ``calls`` and ``connected`` are counts a day,
    and ``at`` the time in Asia/Shanghai.
    """

    said: str = ""
    acts: tuple[str, ...] = ()
    at: time | None = None
    media: frozenset[Medium] = frozenset()
    contacted: frozenset[Contacted] = frozenset()
    calls: int | None = None
    connected: int | None = None
    visitors: int | None = None


class Condition(Protocol):
    """When a rule applies without any of its words; all that is set must hold."""

    @property
    def media(self) -> Sequence[str]: ...  # noqa: D102 - named like the fields of Incident
    @property
    def contacted(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def between(self) -> tuple[time, time] | None: ...  # noqa: D102
    @property
    def calls_over(self) -> int | None: ...  # noqa: D102
    @property
    def calls_up_to(self) -> int | None: ...  # noqa: D102
    @property
    def connected_over(self) -> int | None: ...  # noqa: D102
    @property
    def visitors_up_to(self) -> int | None: ...  # noqa: D102
    @property
    def nothing_worse(self) -> bool: ...  # noqa: D102


class Rule(Protocol):
    """A rule of conduct: words by which its act is told, or a condition, and its verdict."""

    @property
    def id(self) -> str: ...  # noqa: D102 - named like the fields of the registry
    @property
    def act(self) -> str: ...  # noqa: D102
    @property
    def words(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def when(self) -> Condition | None: ...  # noqa: D102
    @property
    def verdict(self) -> str: ...  # noqa: D102


SHORTEST_ACT = 2
AnyRule = TypeVar("AnyRule", bound=Rule)
# A word told as not having happened: 没有骂我, 不是半夜.
_DENIED = re.compile(r"(?:没有?|并未|未曾|从不|不是|并没有?)\s?$")
_LETTERS = re.compile(r"[a-z]+")


def judge(incident: Incident, rules: Iterable[AnyRule]) -> list[AnyRule]:
    """The rules an incident falls under, the gravest first."""
    every = list(rules)
    found = [rule for rule in every if told(rule, incident) or holds(rule.when, incident)]
    worse = any(rule.verdict != Verdict.ALLOWED for rule in found)
    kept = [rule for rule in found if not (worse and rule.when and rule.when.nothing_worse)]
    return sorted(kept, key=lambda rule: list(Verdict).index(Verdict(rule.verdict)))


def told(rule: Rule, incident: Incident) -> bool:
    """Whether the account or a named act is this rule's act."""
    if rule.when is not None and rule.when.nothing_worse:
        return False  # its words are those of every contact; its condition decides
    if any(_names(act, rule) for act in incident.acts):
        return True
    account = " ".join((incident.said, *incident.acts))
    return any(_said(word, account) for word in rule.words)


def holds(condition: Condition | None, incident: Incident) -> bool:
    """Whether every part of a condition is known to hold."""
    if condition is None:
        return False
    return all(
        (
            not condition.media or not incident.media.isdisjoint(condition.media),
            not condition.contacted or not incident.contacted.isdisjoint(condition.contacted),
            condition.between is None or _within(incident.at, *condition.between),
            _over(incident.calls, condition.calls_over),
            _up_to(incident.calls, condition.calls_up_to),
            _over(incident.connected, condition.connected_over),
            _up_to(incident.visitors, condition.visitors_up_to),
        )
    )


def missing(incident: Incident) -> list[Fact]:
    """The facts that could still change the findings."""
    facts = []
    if not incident.media:
        facts.append(Fact.MEDIUM)
    if incident.at is None:
        facts.append(Fact.TIME)
    if Medium.CALL in incident.media:
        if incident.calls is None and incident.connected is None:
            facts.append(Fact.CALLS)
        elif incident.connected is None and incident.calls != 1:
            facts.append(Fact.CONNECTED)
    if Medium.VISIT in incident.media and incident.visitors is None:
        facts.append(Fact.VISITORS)
    if incident.contacted - {Contacted.BORROWER}:
        facts.append(Fact.TOLD)
    return facts


def _names(act: str, rule: Rule) -> bool:
    """An act given by words of a rule's id or of its title: threat, 威胁 -> threat-of-violence."""
    wanted = set(_LETTERS.findall(act.lower()))
    if wanted:
        return wanted <= set(_LETTERS.findall(rule.id))
    return len(act) >= SHORTEST_ACT and act in rule.act


def _said(word: str, account: str) -> bool:
    """Whether an account tells a word, or all parts of a word such as 身份证+群."""
    return all(
        any(
            not _DENIED.search(account[: match.start()])
            for match in re.finditer(re.escape(part), account)
        )
        for part in word.split("+")
    )


def _within(moment: time | None, begin: time, end: time) -> bool:
    """Whether a time lies in a span that may pass midnight; its end is outside."""
    if moment is None:
        return False
    return begin <= moment < end if begin <= end else moment >= begin or moment < end


def _over(number: int | None, most: int | None) -> bool:
    return most is None or (number is not None and number > most)


def _up_to(number: int | None, most: int | None) -> bool:
    return most is None or (number is not None and number <= most)
