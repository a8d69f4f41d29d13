"""Article numbers as laws, files and lines write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chinese.provisions import MENTION, article_in_chinese, article_key, articles_in


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        ("第1033条", ["1033"]),
        ("第一千零三十三条", ["1033"]),
        ("第 47 条", ["47"]),
        ("第667、674、675条", ["667", "674", "675"]),
        ("第38条和第39条", ["38", "39"]),
        ("第38和39条", ["38", "39"]),
        ("第431—437条", ["431", "437"]),
        ("第二百九十三条之一", ["293-1"]),
        ("第293条之一", ["293-1"]),
        ("第175条之一、193、280条", ["175-1", "193", "280"]),
        ("第238、245、293、293条之一", ["238", "245", "293", "293-1"]),
        ("第50条第1款第5项", ["50"]),
        ("第二款、第3项", []),
    ],
)
def test_reads_articles_as_lines_list_them(text: str, articles: list[str]) -> None:
    assert [each for found in MENTION.finditer(text) for each in articles_in(found)] == articles


@pytest.mark.parametrize(
    ("number", "inserted", "key"),
    [("一百一十", None, "110"), ("两百零五", None, "205"), ("287", "二", "287-2")],
)
def test_keys_are_digits(number: str, inserted: str | None, key: str) -> None:
    assert article_key(number, inserted) == key


@given(st.integers(min_value=1, max_value=1300), st.integers(min_value=0, max_value=12))
def test_an_article_survives_both_ways(number: int, inserted: int) -> None:
    article = f"{number}-{inserted}" if inserted else str(number)
    (mention,) = MENTION.finditer(article_in_chinese(article))
    assert [*articles_in(mention)] == [article]
