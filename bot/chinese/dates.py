"""Days in people's words: 2026年12月1日, 12月1号, 下月15号, 后天, 下周三."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from bot.chinese.numbers import CHINESE_DIGIT, chinese_number

_N = rf"(?:[0-9]{{1,2}}|(?:{CHINESE_DIGIT}|十)+)"
_YEAR = r"(?P<year>[0-9]{4}|[0-9]{2}|[二一][〇零一二三四五六七八九]{3}|今年|明年|后年|去年|前年)"
_DATE = re.compile(
    rf"(?P<iso>(?<![0-9])(?P<y>(?:19|20)[0-9]{{2}})[-/.](?P<m>[0-9]{{1,2}})[-/.](?P<d>[0-9]{{1,2}})(?![0-9.]))"
    rf"|(?P<compact>(?<![0-9])20[0-9]{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9]))"
    rf"|(?:{_YEAR}\s?年?\s?)?(?<![0-9])(?P<month>{_N})\s?月(?:份的?)?\s?(?:(?P<day>{_N})\s?[日号]|(?P<plainday>[0-9]{{1,2}})(?![0-9期个年万千元块%.])|(?P<monthend>底|末)|(?P<monthstart>初))"
    rf"|(?P<relmonth>上上|下下|上|下|本|这|当)个?月的?\s?(?:(?P<relday>{_N})\s?[日号]?(?![0-9期万千百元块%天])|(?P<relend>底|末)|(?P<relstart>初))"
    rf"|(?P<relword>大后天|大前天|后天|明天|明晚|今天|今晚|今日|昨天|昨晚|前天)"
    rf"|(?P<weekof>上上|下下|上|下|本|这)?(?:个)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])(?![周年次起个])"
    rf"|(?P<end>月底|月末|年底|年末|(?<![半0-9一二两三四五六七八九十几])年前)"
    rf"|(?<![0-9期个])(?P<lone>{_N})\s?号(?!线|楼|院|室|码|文)"
)
_PAST = re.compile(
    r"(?:收到|签收|送达|寄来|打来|逾期|开始|借的?|上次|最后一次|从|自|没还|欠的?|已经|了)"
)
_WORDS = {"大前天": -3, "前天": -2, "昨天": -1, "昨晚": -1, "今天": 0, "今晚": 0, "今日": 0,
          "明天": 1, "明晚": 1, "后天": 2, "大后天": 3}  # fmt: skip
_MONTHS = {"上上": -2, "上": -1, "本": 0, "这": 0, "当": 0, "下": 1, "下下": 2}
_YEARS = {"前年": -2, "去年": -1, "今年": 0, "明年": 1, "后年": 2}
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Day:
    """A day that was named; ``day`` is None where the calendar has no such day."""

    day: date | None
    start: int
    end: int
    text: str
    assumed: str | None = None
    question: str | None = None


def days(text: str, today: date) -> list[Day]:
    """The days named in a normalised text, seen from today (Asia/Shanghai).

    >>> [str(each.day) for each in days("12月1号或者下月15号", date(2026, 11, 23))]
    ['2026-12-01', '2026-12-15']
    """
    return [_day(match, text, today) for match in _DATE.finditer(text)]


def _day(match: re.Match[str], text: str, today: date) -> Day:
    try:
        day, assumed = _resolved(match, text, today)
    except ValueError:
        words = f"“{match[0]}”不是日历上的日期，请核对。"
        return Day(None, match.start(), match.end(), match[0], question=words)
    return Day(day, match.start(), match.end(), match[0], assumed)


def _resolved(match: re.Match[str], text: str, today: date) -> tuple[date, str | None]:
    if match["iso"]:
        return date(int(match["y"]), int(match["m"]), int(match["d"])), None
    if match["compact"]:
        return date.fromisoformat(match["compact"]), None
    if match["month"]:
        return _month_and_day(match, text, today)
    if match["relmonth"]:
        return _in_month(today, _MONTHS[match["relmonth"]], match["relday"], match["relend"]), None
    if match["relword"]:
        return today + timedelta(days=_WORDS[match["relword"]]), None
    if match["weekday"]:
        return _in_week(match, today)
    if match["end"]:
        return _end(match["end"], today)
    return _lone_day(match, today)


def _month_and_day(match: re.Match[str], text: str, today: date) -> tuple[date, str | None]:
    month = _number(match["month"])
    if match["year"]:
        return _exact(_year(match["year"], today), month, match), None
    around = [_possible(today.year + step, month, match) for step in (-1, 0, 1)]
    known = [day for day in around if day is not None]
    if not known:
        raise ValueError(match[0])
    if _PAST.search(text[max(0, match.start() - 5) : match.start()] + text[match.end() :][:4]):
        known = [day for day in known if day <= today] or known
    nearest = min(known, key=lambda day: (abs(day - today), day < today))
    return nearest, f"“{match[0]}”没有写年份，按最近的 {nearest.year} 年"


def _possible(year: int, month: int, match: re.Match[str]) -> date | None:
    try:
        return _exact(year, month, match)
    except ValueError:
        return None


def _exact(year: int, month: int, match: re.Match[str]) -> date:
    if match["monthstart"]:
        return date(year, month, 1)
    if match["monthend"]:
        return date(year, month, 1).replace(day=monthrange(year, month)[1])
    return date(year, month, _number(match["day"] or match["plainday"]))


def _in_month(today: date, step: int, day: str | None, end: str | None) -> date:
    year, month = divmod(today.year * 12 + today.month - 1 + step, 12)
    if end:
        return date(year, month + 1, monthrange(year, month + 1)[1])
    return date(year, month + 1, _number(day) if day else 1)


def _in_week(match: re.Match[str], today: date) -> tuple[date, str | None]:
    weekday = _WEEKDAYS.index(match["weekday"].replace("天", "日"))
    monday = today - timedelta(days=today.weekday())
    if match["weekof"]:
        return monday + timedelta(weeks=_MONTHS[match["weekof"]], days=weekday), None
    day = monday + timedelta(days=weekday)
    day = day if day >= today else day + timedelta(weeks=1)
    return day, f"“{match[0]}”按接下来的一个，{day.isoformat()}"


def _end(word: str, today: date) -> tuple[date, str | None]:
    if word.startswith("月"):
        return _in_month(today, 0, None, word), f"“{word}”按本月最后一天"
    return date(today.year, 12, 31), f"“{word}”按今年 12 月 31 日"


def _lone_day(match: re.Match[str], today: date) -> tuple[date, str | None]:
    wanted = _number(match["lone"])
    for step in range(3):
        try:
            day = _in_month(today, step, match["lone"], None)
        except ValueError:
            if not 1 <= wanted <= 31:
                raise
            continue
        if day >= today:
            return day, f"“{match[0]}”按接下来的一个，{day.isoformat()}"
    raise ValueError(match[0])


def _year(written: str, today: date) -> int:
    if written in _YEARS:
        return today.year + _YEARS[written]
    digits = int("".join(str(chinese_number(each)) for each in written))
    return digits if digits > 99 else 2000 + digits


def _number(written: str) -> int:
    value = chinese_number(written)
    return int(value) if value is not None else 0
