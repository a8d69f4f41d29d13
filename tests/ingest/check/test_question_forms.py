import pytest

from ingest.check.question_forms import is_english, is_traditional, plain
from tests.ingest.tiny_base import ENTRY, TOMORROW, TinyBase


@pytest.mark.parametrize(
    ("form", "same"),
    [
        ("催收員可以進我家嗎？", "催收员可以进我家吗"),
        ("ＡＢＣ 12３", "abc123"),
        ("Can they, really?", "can they really"),
    ],
)
def test_forms_are_compared_without_case_width_script_and_punctuation(form: str, same: str) -> None:
    assert plain(form) == plain(same)


def test_a_form_that_two_entries_claim(base: TinyBase) -> None:
    line = base.plant(TOMORROW, "  - 明天真的会来吗", "  - 他们非要进来，咋整？")
    assert base.findings() == [(ENTRY, 11, "question-twice"), (TOMORROW, line, "question-twice")]


def test_a_form_given_twice_in_one_entry(base: TinyBase) -> None:
    line = base.plant(ENTRY, "  - 进屋算不算犯法", "  - 不開門行不行")
    assert base.findings() == [(ENTRY, 10, "question-twice"), (ENTRY, line, "question-twice")]


@pytest.mark.parametrize(
    "alike",
    [
        "催收的能进我家门",
        "请问欠钱的人家里谁都能进呢",
        "really, can debt collectors enter my home",
    ],
)
def test_a_form_that_is_hard_to_tell_from_another_entry(base: TinyBase, alike: str) -> None:
    line = base.plant(TOMORROW, "  - 明天真的会来吗", f"  - {alike}")
    assert base.findings() == [(TOMORROW, line, "question-alike")]


def test_forms_that_differ_in_the_product_are_two_questions(base: TinyBase) -> None:
    base.plant(ENTRY, "  - 进屋算不算犯法", "  - 花呗逾期会不会上门")
    base.plant(TOMORROW, "  - 明天真的会来吗", "  - 借呗逾期会不会上门")
    assert base.findings() == []


def test_too_few_forms(base: TinyBase) -> None:
    base.plant(ENTRY, "  - 进屋算不算犯法\n", "")
    assert base.findings() == [(ENTRY, 8, "few-questions")]


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ("  - can debt collectors enter my home", "no-english-question"),
        ("  - 催收員可以進我屋企嗎", "no-traditional-question"),
    ],
)
def test_a_voice_that_is_missing(base: TinyBase, form: str, code: str) -> None:
    base.plant(ENTRY, form, "  - 催收到我屋里坐起了")
    assert base.findings() == [(ENTRY, 8, code)]


@pytest.mark.parametrize(
    ("form", "english", "traditional"),
    [
        ("visit tomorrow what to do", True, False),
        ("app", False, False),
        ("12378 是什么", False, False),
        ("佢哋係咪可以入屋", False, True),
        ("花呗逾期", False, False),
    ],
)
def test_tells_the_voice_of_a_form(form: str, english: bool, traditional: bool) -> None:
    assert (is_english(form), is_traditional(form)) == (english, traditional)
