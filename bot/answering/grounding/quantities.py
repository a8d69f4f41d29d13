"""Every number with its unit that a text states, in one form whatever way it is written."""

import re
import unicodedata
from decimal import Decimal

from bot.chinese.numbers import chinese_number

_UNITS: dict[str, tuple[str, int]] = {
    "万元": ("元", 10000),
    "亿元": ("元", 100000000),
    "万": ("", 10000),
    "亿": ("", 100000000),
    "w": ("", 10000),
    "k": ("", 1000),
    "元": ("元", 1),
    "块": ("元", 1),
    "个工作日": ("工作日", 1),
    "工作日": ("工作日", 1),
    "日": ("日", 1),
    "天": ("日", 1),
    "号": ("日", 1),
    "个月": ("月", 1),
    "月": ("月", 1),
    "周": ("周", 1),
    "年": ("年", 1),
    "周岁": ("岁", 1),
    "岁": ("岁", 1),
    "小时": ("时", 1),
    "点": ("点", 1),
    "时": ("点", 1),
    "期": ("期", 1),
    "次": ("次", 1),
    "倍": ("倍", 1),
    "人": ("人", 1),
    "名": ("人", 1),
    "%": ("%", 1),
    "percent": ("%", 1),
    "days": ("日", 1),
    "day": ("日", 1),
    "months": ("月", 1),
    "month": ("月", 1),
    "years": ("年", 1),
    "year": ("年", 1),
    "yuan": ("元", 1),
}
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_DATE = re.compile(r"(\d{4})[-年/.](\d{1,2})[-月/.](\d{1,2})日?")
_YEAR_MONTH = re.compile(r"(\d{4})[-年/.](\d{1,2})月?(?!\d)")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
_DIGITS = re.compile(rf"(\d+(?:,\d{{3}})*(?:\.\d+)?)\s*[-~到至–]?\s*({_UNIT})?", re.IGNORECASE)
_WORDS = re.compile(rf"([一二两三四五六七八九十百千]+)({_UNIT})")
_HALF = re.compile(r"百分之([一二三四五六七八九十百]+|\d+)")
_ORDER = re.compile(r"(?m)^\s*\d+[.、)]\s")
# 一个人, 一次, 一天到晚: the number one in words is grammar more often than a figure.
_GRAMMAR = {"一", "两"}


def quantities(text: str) -> set[str]:
    """The quantities of a text, such as ``15日``, ``24%``, ``15000元`` and ``12378``.

    >>> sorted(quantities("十五日内，或1.5万元，年化24%，打12378，2026年1月1日起"))
    ['12378', '15000元', '15日', '2026-01-01', '24%']
    """
    plain = _ORDER.sub("", unicodedata.normalize("NFKC", text))
    found: set[str] = set()

    def take_date(match: re.Match[str]) -> str:
        found.add("-".join(part.zfill(2) for part in match.groups()))
        return " "

    def take_clock(match: re.Match[str]) -> str:
        hour, minute = match.groups()
        found.add(f"{int(hour)}点" if minute == "00" else f"{int(hour)}:{minute}")
        return " "

    plain = _DATE.sub(take_date, plain)
    plain = _YEAR_MONTH.sub(take_date, plain)
    plain = _CLOCK.sub(take_clock, plain)
    found.update(f"{chinese_number(share)}%" for share in _HALF.findall(plain))
    plain = _HALF.sub(" ", plain)
    found.update(_stated(Decimal(n.replace(",", "")), unit) for n, unit in _DIGITS.findall(plain))
    found.update(
        _stated(chinese_number(words) or Decimal(0), unit)
        for words, unit in _WORDS.findall(plain)
        if words not in _GRAMMAR
    )
    return found


def _stated(value: Decimal, unit: str) -> str:
    name, times = _UNITS.get(unit.casefold(), ("", 1))
    whole = (value * times).normalize()
    return f"{whole:f}{name}"
