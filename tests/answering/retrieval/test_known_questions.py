import numpy as np
import pytest

from bot.answering.retrieval.known_questions import KnownQuestions
from bot.answering.retrieval.postings import Postings
from bot.answering.retrieval.ties import Ties
from bot.answering.retrieval.tokens import normalise, query_keys

FORMS = ["催收会上门吗", "逾期会坐牢吗", "分期乐利息太高", "can debt collectors enter my home"]


@pytest.fixture
def known() -> KnownQuestions:
    return KnownQuestions.build(
        Postings.build(FORMS, sounds=True), Ties.of([[0], [1, 2], [2], [0]])
    )


def likeness(known: KnownQuestions, query: str) -> list[float]:
    keys = query_keys(normalise(query), sounds=True)
    return [float(value) for value in known.likeness(keys)]


def test_the_same_question_is_wholly_alike(known: KnownQuestions) -> None:
    for place, form in enumerate(FORMS):
        assert likeness(known, form)[place] == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("崔收会上门嘛", 0),
        ("预期会不会坐牢", 1),
        ("分期了利息高", 2),
        ("逾期會坐牢嗎", 1),
        ("may a collector come into my home", 3),
    ],
)
def test_typos_scripts_and_wordings_come_nearest_to_what_was_meant(
    known: KnownQuestions, query: str, form: int
) -> None:
    assert int(np.argmax(likeness(known, query))) == form


def test_words_no_form_has_make_every_form_less_alike(known: KnownQuestions) -> None:
    assert likeness(known, "逾期会坐牢吗")[1] > likeness(known, "隔壁老王逾期会坐牢吗")[1]


def test_a_form_may_answer_for_several_rows(known: KnownQuestions) -> None:
    places, rows = known.ties(np.array([0, 1, 3]))
    assert [*zip(places.tolist(), rows.tolist(), strict=True)] == [(0, 0), (1, 1), (1, 2), (2, 0)]


def test_without_forms_there_is_no_likeness() -> None:
    none = KnownQuestions.build(Postings.build([], sounds=True), Ties.of([]))
    assert len(none.likeness(query_keys("催收"))) == 0
