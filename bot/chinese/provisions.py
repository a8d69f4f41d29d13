"""Article numbers: "175-1" in our files, 第一百七十五条之一 in a law, lists of them in a line."""

import re
from collections.abc import Iterator

from bot.chinese.numbers import chinese_number, number_in_chinese

NUMERAL = r"(?:\d+|[零〇一二两三四五六七八九十百千]+)"
_ONE = rf"{NUMERAL}(?:条?之{NUMERAL})?"
_JOINED = r"\s*(?:、|，|,|和|及|与|至|到|—|–|-|~|～)\s*第?"
MENTION = re.compile(
    rf"第\s*(?P<listed>{_ONE}(?:{_JOINED}{_ONE})*)\s*条(?:之(?P<inserted>{NUMERAL}))?"
)
_EACH = re.compile(rf"({NUMERAL})(?:条?之({NUMERAL}))?")


def articles_in(mention: re.Match[str]) -> Iterator[str]:
    """The articles that one match of ``MENTION`` names.

    >>> [*articles_in(MENTION.search("刑法第175条之一、193、280条"))]
    ['175-1', '193', '280']
    """
    each = _EACH.findall(mention["listed"])
    for place, (number, inserted) in enumerate(each, 1):
        last = place == len(each)
        yield article_key(number, inserted or (mention["inserted"] if last else None))


def article_key(number: str, inserted: str | None = None) -> str:
    """An article as our files write it.

    >>> article_key("一百七十五", "一"), article_key("47")
    ('175-1', '47')
    """
    return (
        f"{chinese_number(number)}-{chinese_number(inserted)}"
        if inserted
        else (f"{chinese_number(number)}")
    )


def article_in_chinese(article: str) -> str:
    """The article as statutes write it.

    >>> article_in_chinese("253-1")
    '第二百五十三条之一'
    """
    number, _, inserted = article.partition("-")
    tail = f"之{number_in_chinese(int(inserted))}" if inserted else ""
    return f"第{number_in_chinese(int(number))}条{tail}"
