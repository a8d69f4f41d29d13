import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chinese.numbers import chinese_number, number_in_chinese
from bot.chinese.provisions import article_in_chinese, article_number, article_numbers


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


@pytest.mark.parametrize(
    ("written", "article"),
    [
        ("民法典第六百七十六条", "676"),
        ("第675条", "675"),
        ("第 10 条", "10"),
        ("刑法第二百五十三条之一", "253-1"),
        ("第175条之一第二款", "175-1"),
        ("第一千零三十三条", "1033"),
        ("第十条", "10"),
    ],
)
def test_articles_read_as_digits(written: str, article: str) -> None:
    assert article_number(written) == article


@given(st.integers(min_value=1, max_value=1300), st.integers(min_value=0, max_value=12))
def test_an_article_survives_both_ways(number: int, inserted: int) -> None:
    article = f"{number}-{inserted}" if inserted else str(number)
    assert article_number(article_in_chinese(article)) == article


def test_every_article_is_found_in_order() -> None:
    assert article_numbers("依据第1032条、第一千零三十三条") == ["1032", "1033"]
    assert article_number("没有条号") is None
