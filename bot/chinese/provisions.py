"""Article numbers: 第六百七十六条, 第175条之一 and "676", "175-1"."""

import re

from bot.chinese.numbers import chinese_number, number_in_chinese

_ARTICLE = re.compile(
    r"第\s*(?P<number>[0-9]+|[零〇一二两三四五六七八九十百千]+)\s*条"
    r"(?:\s*之\s*(?P<inserted>[0-9]+|[一二三四五六七八九十]+))?"
)


def article_number(text: str) -> str | None:
    """The first article named in a text, as digits.

    >>> article_number("民法典第六百七十六条"), article_number("刑法第二百五十三条之一")
    ('676', '253-1')
    """
    numbers = article_numbers(text)
    return numbers[0] if numbers else None


def article_numbers(text: str) -> list[str]:
    """Every article named in a text, as digits, in order."""
    return [_digits(found) for found in _ARTICLE.finditer(text)]


def article_in_chinese(article: str) -> str:
    """The article as statutes write it.

    >>> article_in_chinese("253-1")
    '第二百五十三条之一'
    """
    number, _, inserted = article.partition("-")
    tail = f"之{number_in_chinese(int(inserted))}" if inserted else ""
    return f"第{number_in_chinese(int(number))}条{tail}"


def _digits(found: re.Match[str]) -> str:
    number = str(chinese_number(found["number"]))
    return f"{number}-{chinese_number(found['inserted'])}" if found["inserted"] else number
