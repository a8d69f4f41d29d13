"""Every number with its unit that a text states, in one form whatever way it is written."""

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal

from bot.answering.grounding.english_numbers import in_digits
from bot.chinese.numbers import DIGITS, chinese_number
from bot.chinese.provisions import MENTION

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
    "个月": ("月", 1),
    "月": ("月份", 1),
    "个星期": ("周", 1),
    "星期": ("周", 1),
    "周": ("周", 1),
    "年": ("年", 1),
    "周年": ("年", 1),
    "周岁": ("岁", 1),
    "岁": ("岁", 1),
    "个小时": ("时", 1),
    "小时": ("时", 1),
    "分钟": ("分钟", 1),
    "点": ("点", 1),
    "时": ("点", 1),
    "期": ("期", 1),
    "次": ("次", 1),
    "倍": ("倍", 1),
    "人": ("人", 1),
    "名": ("人", 1),
    "个人": ("人", 1),
    "%": ("%", 1),
    "percent": ("%", 1),
    "working days": ("工作日", 1),
    "days": ("日", 1),
    "day": ("日", 1),
    "weeks": ("周", 1),
    "week": ("周", 1),
    "months": ("月", 1),
    "month": ("月", 1),
    "years": ("年", 1),
    "year": ("年", 1),
    "hours": ("时", 1),
    "yuan": ("元", 1),
    "rmb": ("元", 1),
}
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_FIGURE = r"\d+(?:,\d{3})*(?:\.\d+)?"
_YEAR_MONTH = re.compile(r"(\d{4})[-年/.](\d{1,2})月?(?!\d)")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
_DIGITS = re.compile(rf"({_FIGURE})\s*-?\s*({_UNIT})?", re.IGNORECASE)
_DIGIT_WORDS = "".join(DIGITS)
_NUMERAL = rf"[{_DIGIT_WORDS}十拾百佰千仟万亿]+(?:点[{_DIGIT_WORDS}]+)?"
_DATE = re.compile(
    rf"(\d{{4}})[-年/.](\d{{1,2}})[-月/.](\d{{1,2}}|[{_DIGIT_WORDS}十]{{1,3}}(?=[日号]))[日号]?"
)
_MONTH_DAY = re.compile(rf"(?<!\d)(\d{{1,2}})月(\d{{1,2}}|[{_DIGIT_WORDS}十]{{1,3}})[日号]")
_EITHER = rf"{_FIGURE}|{_NUMERAL}"
_RANGE = re.compile(rf"({_EITHER})\s*(?:-|~|到|至|–|—)+\s*({_EITHER})\s*({_UNIT})", re.IGNORECASE)
_HALF = re.compile(r"半(?:年|个月|天|个小时|小时|数|价)|一半|[减对]半|双倍|翻倍|翻番")
_DAY_IN_WORDS = re.compile(rf"[{_DIGIT_WORDS}十]{{1,3}}(?=月[{_DIGIT_WORDS}十\d]{{1,3}}[日号])")
_YEAR_IN_WORDS = re.compile(r"[一二][〇零一二三四五六七八九]{3}(?=年)")
_SPELT = re.compile(rf"[幺{_DIGIT_WORDS}]{{3,}}(?![十百千万亿])")
_WORDS = re.compile(rf"({_NUMERAL})({_UNIT}|[^\W\d_])?")
_SHARES = {"百": "%", "千": "‰", "万": "‱"}
_SHARE = re.compile(rf"([百千万])分之({_NUMERAL}|{_FIGURE})")
_ORDER = re.compile(r"(?m)^\W*(?:\d{1,2}[.、)](?!\d)|[①-⑳])\s*")
# 十分 and 千万 are adverbs, 第三方 a person, 一个人 and 一天到晚 grammar: no figures.
_NO_FIGURE = re.compile(
    r"千万(?=[不别要记勿])|万一|十分(?=[^之钟])|第[一二三四五六七八九十](?=[方人者步时点项款个])|百般|万不得已|三方|四处|"
    r"两(?=者|种|样|边|头|清)|(?<![十百千万亿])一(?![至到]|年|周年|个?月|个?星期|周|日|天内|天之|天后|倍|万|亿|千|百|期|[零〇一二三四五六七八九十]|半)"
)


def quantities(text: str) -> set[str]:
    """The quantities of a text, such as ``15日``, ``24%``, ``15000元`` and ``12378``.

    >>> sorted(quantities("十五日内，或1.5万元，年化24%，打12378，2026年1月1日起"))
    ['01-01', '12378', '15000元', '15日', '2026-01-01', '24%']
    """
    plain = unicodedata.normalize("NFKC", _ORDER.sub("", text))
    plain = in_digits(_YEAR_IN_WORDS.sub(_digit_by_digit, plain))
    plain = _DAY_IN_WORDS.sub(lambda month: str(_value(month[0])), plain)
    found: set[str] = set()
    for pattern, keys in _READERS:
        plain = pattern.sub(_collecting(keys, found), plain)
    return found


def _collecting(
    keys: Callable[[re.Match[str]], set[str]], found: set[str]
) -> Callable[[re.Match[str]], str]:
    def take(match: re.Match[str]) -> str:
        found.update(keys(match))
        return " "

    return take


def _date(match: re.Match[str]) -> set[str]:
    year, *rest = (f"{_value(part):02}" for part in match.groups())
    return {"-".join([year, *rest])} | ({"-".join(rest)} if len(rest) > 1 else set())


def _month_day(match: re.Match[str]) -> set[str]:
    return {"-".join(f"{_value(part):02}" for part in match.groups())}


def _half(match: re.Match[str]) -> set[str]:
    return {match[0]}


def _clock(match: re.Match[str]) -> set[str]:
    hour, minute = match.groups()
    return {f"{int(hour)}点" if minute == "00" else f"{int(hour)}:{minute}"}


def _share(match: re.Match[str]) -> set[str]:
    return {f"{_value(match[2])}{_SHARES[match[1]]}"}


def _range(match: re.Match[str]) -> set[str]:
    return {_stated(_value(each), match[3]) for each in match.groups()[:2]}


def _digits(match: re.Match[str]) -> set[str]:
    return {_stated(_value(match[1]), match[2] or "")}


def _spelt(match: re.Match[str]) -> set[str]:
    return {_digit_by_digit(match)}


def _words(match: re.Match[str]) -> set[str]:
    return {_stated(_value(match[1]), match[2] or "")}


def _nothing(_: re.Match[str]) -> set[str]:
    return set()


def _digit_by_digit(match: re.Match[str]) -> str:
    return "".join("1" if each == "幺" else str(DIGITS[each]) for each in match[0])


def _value(written: str) -> Decimal:
    whole, _, fraction = written.partition("点")
    if fraction:
        digits = "".join(str(DIGITS[each]) for each in fraction)
        return Decimal(f"{chinese_number(whole) or 0}.{digits}")
    if re.fullmatch(_FIGURE, written):
        return Decimal(written.replace(",", ""))
    return chinese_number(written) or Decimal(0)


def _stated(value: Decimal, unit: str) -> str:
    name, times = _UNITS.get(unit.casefold(), (unit, 1))
    return f"{(value * times).normalize():f}{name}"


# In this order: what a pattern has read is gone for the next.
_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], set[str]]], ...] = (
    (MENTION, _nothing),  # articles are held to their laws, not counted
    (_DATE, _date),
    (_YEAR_MONTH, _date),
    (_MONTH_DAY, _month_day),
    (_CLOCK, _clock),
    (_SHARE, _share),
    (_NO_FIGURE, _nothing),
    (_HALF, _half),
    (_RANGE, _range),
    (_DIGITS, _digits),
    (_SPELT, _spelt),
    (_WORDS, _words),
)
