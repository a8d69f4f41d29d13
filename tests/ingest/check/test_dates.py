import pytest

from tests.ingest.tiny_base import CIVIL_CODE, ENTRY, TinyBase


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ("\nreviewed: 2026-11-23", "\nreviewed: 2026-11-22", "date-order"),
        ("review_due: 2027-05-23", "review_due: 2027-05-26", "review-due"),
        ("review_due: 2027-05-23", "review_due: 2026-11-23", "review-due"),
    ],
)
def test_dates_of_an_entry(base: TinyBase, right: str, wrong: str, code: str) -> None:
    line = base.plant(ENTRY, right, wrong) + wrong.count("\n")
    assert base.findings() == [(ENTRY, line, code)]


def test_the_last_day_for_the_next_review(base: TinyBase) -> None:
    base.plant(ENTRY, "review_due: 2027-05-23", "review_due: 2027-05-25")
    assert base.findings() == []


def test_an_instrument_in_force_before_it_was_made(base: TinyBase) -> None:
    base.plant(CIVIL_CODE, "promulgated: 2020-05-28", "promulgated: 2022-05-28")
    assert base.findings() == [(CIVIL_CODE, 1, "date-order")]


def test_a_repealed_instrument_says_since_when(base: TinyBase) -> None:
    file = "instruments/old-measures.yaml"
    line = base.plant(file, "ended: 2020-01-01\n", "")
    assert base.findings() == [(file, line, "no-end")]
