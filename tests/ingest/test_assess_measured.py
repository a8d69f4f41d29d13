"""The labelled passages: their shape, and figures below which the judgements must not fall."""

import json

import pytest

from bench.ingest_assess import FOLDER, HALVES, LABELS, measure, read_cases

RECORDS = [
    json.loads(line)
    for half in (*HALVES, "training")
    for line in (FOLDER / f"{half}.jsonl").read_text("utf-8").splitlines()
]


def test_there_are_enough_and_none_twice() -> None:
    assert len(RECORDS) >= 150
    assert len({record["id"] for record in RECORDS}) == len(RECORDS)
    assert len({record["text"] for record in RECORDS}) == len(RECORDS)


def test_every_record_uses_known_labels() -> None:
    for record in RECORDS:
        assert set(record) == {"id", "audience", "flags", "language", "form", "text"}
        assert record["audience"] in ("borrower", "lender", "professional")
        assert set(record["flags"]) <= set(LABELS)
        assert record["form"] in ("text", "html")
        assert record["language"] in ("zh-Hans", "zh-Hant", "en", "other")


@pytest.mark.parametrize("half", ["tuning", "held_out"])
@pytest.mark.parametrize(
    ("label", "floor"),
    [
        ("lender_side", 0.75),
        ("spun", 0.85),
        ("injection", 0.95),
        ("hidden", 0.95),
        ("personal_data", 0.95),
        ("language", 0.95),
        ("known_mistake", 0.6),
    ],
)
def test_finds_what_it_found_before(half: str, label: str, floor: float) -> None:
    count = measure(read_cases(half)).counts[label]
    assert count.recall >= floor
    assert count.precision >= 0.7


@pytest.mark.parametrize(
    ("half", "label", "recall", "precision"),
    [
        ("fresh", "lender_side", 0.55, 0.8),
        ("fresh", "spun", 0.65, 0.9),
        ("unseen", "lender_side", 0.75, 0.9),
        ("unseen", "professional", 0.75, 0.9),
        ("unseen", "spun", 0.75, 0.7),
    ],
)
def test_finds_what_is_said_in_other_words(
    half: str, label: str, recall: float, precision: float
) -> None:
    count = measure(read_cases(half)).counts[label]
    assert count.recall >= recall
    assert count.precision >= precision


def test_lets_hardly_anything_in_other_words_through() -> None:
    assert measure(read_cases("unseen")).let_through <= 3


@pytest.mark.parametrize("half", ["tuning", "held_out"])
def test_lets_hardly_anything_through(half: str) -> None:
    result = measure(read_cases(half))
    assert result.let_through <= 0.05 * result.passages
