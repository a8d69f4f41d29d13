import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chinese.numbers import chinese_number, number_in_chinese


@given(st.integers(min_value=1, max_value=9999))
def test_a_number_written_in_chinese_reads_back(number: int) -> None:
    assert chinese_number(number_in_chinese(number)) == number


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("十", 10),
        ("二十三", 23),
        ("一百零五", 105),
        ("二〇二六", 2026),
        ("两万", 20000),
        ("3千", 3000),
    ],
)
def test_numerals_have_their_value(said: str, number: int) -> None:
    assert chinese_number(said) == number


@pytest.mark.parametrize("said", ["", "万", "千万", "没有"])
def test_a_word_without_a_figure_is_no_number(said: str) -> None:
    assert chinese_number(said) is None
