"""How long: 逾期47天, 两个多月, 一年半, M3 in days; 24期, 分36个月 as terms of a loan."""

import re
from dataclasses import dataclass
from decimal import Decimal

from bot.chinese.numbers import CHINESE_DIGIT, chinese_number

_N = rf"(?:[0-9]+(?:\.[0-9]+)?|(?:{CHINESE_DIGIT}|[十百])+)"
_MORE = r"(?P<more{0}>多|来|几)?"
_TERM = re.compile(
    rf"(?<!逾期)(?<!逾期了)(?<!拖欠)(?<![0-9.])(?P<periods>{_N})\s?期(?!限)"
    rf"|(?P<lead>分成?|分期|办|做)\s?(?P<months>{_N})\s?个?月"
    rf"|(?P<monthsafter>{_N})\s?个月(?=\s?(?:的)?(?:还清|还完|结清|等额|分期|付清|期限|免息))"
    rf"|分\s?(?P<years>{_N})\s?年"
)
_DURATION = re.compile(
    rf"(?<![0-9.A-Za-z])(?:"
    rf"(?P<stage>[mM](?P<level>[0-9])(?![0-9A-Za-z])(?P<beyond>\+)?)"
    rf"|(?P<halfyear>(?:大)?半年)(?P<morehalf>多)?"
    rf"|(?P<halfmonth>半个?月)"
    rf"|(?P<years>[0-9]{{1,2}}(?:\.[0-9])?|[一二两三四五六七八九十]{{1,3}})\s?年(?P<yearhalf>半)?{_MORE.format('y')}(?!化|利|息|费|前|终|底|初|[0-9]|\s?[0-9]+\s?月)"
    rf"(?:\s?零?(?P<yearmonths>{_N})\s?个月)?"
    rf"|(?P<months>{_N})\s?个{_MORE.format('m')}(?P<monthhalf>半)?月(?P<moreafter>多)?"
    rf"(?:\s?(?:零|又)?(?P<monthdays>{_N})\s?天)?"
    rf"|(?P<latemonths>俩|(?:(?<=逾期)|(?<=逾期了)){_N})\s?月(?![0-9日号底初])"
    rf"|(?P<weeks>{_N})\s?(?:周|个?星期|个?礼拜)(?:多)?(?!年)"
    rf"|(?P<days>{_N}){_MORE.format('d')}\s?(?:天|日(?=之?内|以内|后|以上))"
    rf"|(?:(?<=逾期)|(?<=逾期了))(?P<latedays>{_N})\s?日"
    rf"|(?P<arrears>(?<=逾期){_N}|(?<=逾期了){_N}|(?<=拖欠){_N})\s?期"
    rf")"
)
DAYS_A_MONTH = 30
DAYS_A_YEAR = 365


@dataclass(frozen=True, slots=True)
class Duration:
    """A stretch of time in days, the least it can be where the words are vague."""

    days: int
    start: int
    end: int
    text: str
    assumed: str | None = None
    question: str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """Over how many monthly instalments a loan runs."""

    months: int
    start: int
    end: int
    text: str


def terms(text: str) -> list[Term]:
    """The numbers of instalments in a normalised text."""
    return [_term(match) for match in _TERM.finditer(text)]


def durations(text: str) -> list[Duration]:
    """The stretches of time in a normalised text.

    >>> [each.days for each in durations("逾期47天，两个多月，一年半，M3")]
    [47, 60, 545, 61]
    """
    return [_duration(match) for match in _DURATION.finditer(text)]


def _term(match: re.Match[str]) -> Term:
    months = match["periods"] or match["months"] or match["monthsafter"]
    number = _number(months) if months else _number(match["years"]) * 12
    return Term(int(number), match.start(), match.end(), match[0])


def _duration(match: re.Match[str]) -> Duration:
    if match["stage"]:
        return _stage(match)
    days, folded = _days(match)
    vague = any(match[name] for name in ("morehalf", "morey", "morem", "moreafter", "mored"))
    said = match[0]
    return Duration(
        days=days,
        start=match.start(),
        end=match.end(),
        text=said,
        assumed="一个月按 30 天、一年按 365 天" if folded else None,
        question=f"“{said}”具体是多少天？这里先按 {days} 天算。" if vague else None,
    )


def _days(match: re.Match[str]) -> tuple[int, bool]:
    """The days, and whether months or years were folded into them."""
    if match["days"] or match["latedays"]:
        return int(_number(match["days"] or match["latedays"])), False
    if match["weeks"]:
        return int(_number(match["weeks"]) * 7), False
    if match["halfyear"]:
        return 6 * DAYS_A_MONTH, True
    if match["halfmonth"]:
        return DAYS_A_MONTH // 2, True
    if match["arrears"]:
        return int(_number(match["arrears"]) * DAYS_A_MONTH), True
    if match["latemonths"]:
        return int(_number(match["latemonths"]) * DAYS_A_MONTH), True
    if match["years"]:
        half = 6 * DAYS_A_MONTH if match["yearhalf"] else 0
        months = _number(match["yearmonths"]) if match["yearmonths"] else 0
        return int(_number(match["years"]) * DAYS_A_YEAR + months * DAYS_A_MONTH) + half, True
    half = DAYS_A_MONTH // 2 if match["monthhalf"] else 0
    extra = _number(match["monthdays"]) if match["monthdays"] else 0
    return int(_number(match["months"]) * DAYS_A_MONTH + extra) + half, True


def _stage(match: re.Match[str]) -> Duration:
    """M1 is 1-30 days overdue, M2 31-60 and so on; M3+ is beyond M3."""
    level = int(match["level"])
    first = max(level - 1, 0) * DAYS_A_MONTH + 1 if level else 0
    last = level * DAYS_A_MONTH
    days = last + 1 if match["beyond"] else first
    span = f"{last} 天以上" if match["beyond"] else f"{first}–{last} 天"
    return Duration(
        days=days,
        start=match.start(),
        end=match.end(),
        text=match[0],
        assumed=f"{match[0]} 指逾期 {span}",
        question=f"{match[0]} 指逾期 {span}，具体是多少天？这里先按 {days} 天算。",
    )


def _number(written: str) -> Decimal:
    return chinese_number(written) or Decimal(0)
