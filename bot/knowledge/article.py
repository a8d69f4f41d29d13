"""Article numbers: "175-1" in our files, 第一百七十五条之一 in a law, lists of them in a line."""

import re
from collections.abc import Iterator

DIGITS = "零一二三四五六七八九"
UNITS = ("", "十", "百", "千")
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
        inserted = mention["inserted"] if place == len(each) and not inserted else inserted
        yield _key(number, inserted)


def article_in_chinese(article: str) -> str:
    """The article as the law writes it.

    >>> article_in_chinese("175-1")
    '第一百七十五条之一'
    """
    number, _, inserted = article.partition("-")
    suffix = f"之{chinese_number(int(inserted))}" if inserted else ""
    return f"第{chinese_number(int(number))}条{suffix}"


def chinese_number(number: int) -> str:
    """A whole number below ten thousand in Chinese numerals.

    >>> chinese_number(1033), chinese_number(15), chinese_number(205)
    ('一千零三十三', '十五', '二百零五')
    """
    if number == 0:
        return DIGITS[0]
    written = ""
    for place, digit in enumerate(map(int, reversed(str(number)))):
        if digit:
            written = DIGITS[digit] + UNITS[place] + written
        elif written and not written.startswith("零"):
            written = "零" + written
    return written.removeprefix("一") if written.startswith("一十") else written


def number_from_chinese(numeral: str) -> int:
    """A whole number below ten thousand, written in Chinese numerals or digits.

    >>> number_from_chinese("一千零三十三"), number_from_chinese("十五"), number_from_chinese("47")
    (1033, 15, 47)
    """
    if numeral.isdigit():
        return int(numeral)
    total = digit = 0
    for sign in numeral.replace("〇", "零").replace("两", "二"):
        if sign in UNITS[1:]:
            total += (digit or 1) * 10 ** UNITS.index(sign)
            digit = 0
        else:
            digit = digit * 10 + DIGITS.index(sign)
    return total + digit


def _key(number: str, inserted: str | None) -> str:
    suffix = f"-{number_from_chinese(inserted)}" if inserted else ""
    return f"{number_from_chinese(number)}{suffix}"
