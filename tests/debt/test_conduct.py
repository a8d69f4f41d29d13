from dataclasses import dataclass
from datetime import time

import pytest

from bot.debt.conduct import Contacted, Fact, Incident, Medium, judge, missing
from bot.knowledge.registry import ConductCondition


@dataclass(frozen=True)
class Rule:
    id: str
    verdict: str
    words: tuple[str, ...] = ()
    when: ConductCondition | None = None
    act: str = ""


NIGHT = Rule(
    "quiet-hours",
    "against_standard",
    when=ConductCondition(media=("call", "visit"), between=(time(22), time(8))),
)
INSULT = Rule("insult", "unlawful", ("骂我", "身份证+群"), act="公然辱骂、侮辱")
POLITE = Rule(
    "polite-visit", "allowed", ("上门",), ConductCondition(media=("visit",), nothing_worse=True)
)
RULES = (POLITE, NIGHT, INSULT)


def ids(incident: Incident) -> list[str]:
    return [rule.id for rule in judge(incident, RULES)]


@pytest.mark.parametrize(
    ("at", "quiet"),
    [
        (time(21, 59), False),
        (time(22), True),
        (time(3), True),
        (time(7, 59), True),
        (time(8), False),
    ],
)
def test_quiet_hours_pass_midnight_and_end_at_eight(at: time, quiet: bool) -> None:
    incident = Incident(at=at, media=frozenset({Medium.CALL}))
    assert ("quiet-hours" in ids(incident)) is quiet


def test_the_gravest_comes_first_and_nothing_is_called_allowed_beside_it() -> None:
    incident = Incident("上门骂我", at=time(23), media=frozenset({Medium.VISIT}))
    assert ids(incident) == ["insult", "quiet-hours"]


def test_a_civil_visit_is_allowed() -> None:
    assert ids(Incident("上门", at=time(10), media=frozenset({Medium.VISIT}))) == ["polite-visit"]


def test_what_did_not_happen_is_no_finding() -> None:
    assert ids(Incident("没有骂我")) == []


@pytest.mark.parametrize("said", ["身份证发到群里", "在群里发我身份证"])
def test_parts_of_an_act_are_found_in_any_order(said: str) -> None:
    assert ids(Incident(said)) == ["insult"]


@pytest.mark.parametrize("act", ["insult", "侮辱"])
def test_an_act_may_be_named_by_id_or_title(act: str) -> None:
    assert ids(Incident(acts=(act,))) == ["insult"]


def test_facts_that_could_change_the_findings_are_asked_for() -> None:
    call = Incident(media=frozenset({Medium.CALL}), contacted=frozenset({Contacted.FAMILY}))
    assert missing(call) == [Fact.TIME, Fact.CALLS, Fact.TOLD]
    visit = Incident(at=time(9), media=frozenset({Medium.VISIT}))
    assert missing(visit) == [Fact.VISITORS]
    assert missing(Incident(at=time(9))) == [Fact.MEDIUM]
