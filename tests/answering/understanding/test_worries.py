"""The worries a message names beside what its answer is about, by reviewed words."""

from datetime import date

import pytest

from bot.answering.understanding.worries import MOST_WORRIES, Worries
from bot.knowledge.entry import Entry
from bot.knowledge.library import Library
from bot.knowledge.worry import Worry

DAY = date(2026, 11, 30)


def entry(id_: str, topic: str) -> Entry:
    return Entry(
        id=id_, title=id_, topic=topic, questions=(id_,), short_answer="先核实。",
        created=DAY, reviewed=DAY, review_due=DAY,
    )  # fmt: skip


def worry(id_: str, *words: str, unless: tuple[str, ...] = (), by: tuple[str, ...] = ()) -> Worry:
    return Worry(
        id=id_, words=words, unless=unless, entry=id_, answered_by=by,
        says=f"{id_}：不会。", says_en=f"{id_}: no.",
    )  # fmt: skip


ENTRIES = (
    entry("prison", "crime"),
    entry("fake-police", "letters"),
    entry("credit", "credit-report"),
    entry("dispute", "credit-report"),
    entry("work", "contacts-and-workplace"),
    entry("school", "contacts-and-workplace"),
    entry("visit", "visits"),
)
WORRIES = Worries(
    Library(
        entries=ENTRIES,
        worries=(
            worry("prison", "抓人", "坐牢", "jail", by=("fake-police",)),
            worry("credit", "上征信", unless=("异议",)),
            worry("work", "告诉公司", "my boss"),
            worry("visit", "上门"),
            worry("withdrawn", "冻结"),
        ),
    )
)


@pytest.mark.parametrize(
    ("message", "main", "named"),
    [
        ("说要抓人还要上征信，我想知道他们能不能来", "visit", ["prison", "credit"]),
        ("上征信，不还就坐牢", "visit", ["credit", "prison"]),
        ("they tell my boss and I go to jail", "visit", ["work", "prison"]),
        ("jailbreak my phone", "visit", []),
        ("抓人抓人要坐牢", "visit", ["prison"]),
        ("警察说抓人", "fake-police", []),
        ("上征信了怎么删", "dispute", []),
        ("上征信了能提异议吗", "visit", []),
        ("冻结我的卡", "visit", []),
        ("能不能分期", "visit", []),
        ("去学校闹，还告诉公司", "school", ["work"]),
    ],
)
def test_what_is_named_and_not_answered(message: str, main: str, named: list[str]) -> None:
    assert [each.id for each in WORRIES.beside(message, main)] == named


def test_no_more_than_fit_on_a_phone() -> None:
    message = "抓人、上征信、告诉公司、上门"
    assert len(WORRIES.beside(message, "dispute")) == MOST_WORRIES
    assert [each.id for each in WORRIES.beside(message, "fake-police")] == [
        "credit",
        "work",
        "visit",
    ]
