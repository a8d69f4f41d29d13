"""When volunteers are there: 「Mon-Fri 19:00-21:30; 周六、周日 10:00-12:00」, Beijing time."""

import re
from dataclasses import dataclass
from datetime import datetime, time
from itertools import chain

from bot.clock import SHANGHAI
from bot.errors import SettingsInvalid
from bot.knowledge.vocabulary import Language

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_CHINESE_DAYS = "一二三四五六日"
_CHINESE = re.compile(r"(?:星期|礼拜|周)?[一二三四五六日天]|每天|[；：、，至到—–~～]")
_PLAIN = dict(zip("一二三四五六日；：、，至到—–~～", (*DAYS, *";:,,------"), strict=True))
_SPAN = re.compile(
    r"(?:(?P<days>[A-Za-z,\- ]+?)\s+)?(?P<opens>\d\d?:\d\d)\s*-\s*(?P<closes>\d\d?:\d\d)"
)


@dataclass(frozen=True, slots=True)
class Span:
    """Some weekdays (0 is Monday) and the hours on each of them."""

    days: tuple[int, ...]
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The hours of a week; none at all means that somebody is always there."""

    spans: tuple[Span, ...] = ()

    def open_at(self, moment: datetime) -> bool:
        """Whether a volunteer can be expected at a moment."""
        here = moment.astimezone(SHANGHAI)
        return not self.spans or any(
            here.weekday() in span.days and span.opens <= here.time() < span.closes
            for span in self.spans
        )

    def said(self, language: Language) -> str:
        """The hours as a person reads them.

        >>> read_office_hours("Tue,Thu 19:00-21:00").said(Language.SIMPLIFIED)
        '周二、周四 19:00-21:00'
        """
        english = language is Language.ENGLISH
        return ("; " if english else "；").join(
            f"{_days_said(span.days, english=english)} {span.opens:%H:%M}-{span.closes:%H:%M}"
            for span in self.spans
        )


def read_office_hours(text: str, name: str = "BORROWER_AID_VOLUNTEER_HOURS") -> OfficeHours:
    """The hours of a setting; SettingsInvalid names what cannot be read.

    >>> read_office_hours("周一至周五 19：00—21：30；周六、日 10:00-12:00").said(Language.ENGLISH)
    'Mon, Tue, Wed, Thu, Fri 19:00-21:30; Sat, Sun 10:00-12:00'
    """
    plain = _CHINESE.sub(lambda found: _PLAIN.get(found[0][-1], ""), text)
    parts = (part.strip() for part in plain.split(";"))
    return OfficeHours(tuple(_span(part, name) for part in parts if part))


def _span(part: str, name: str) -> Span:
    found = _SPAN.fullmatch(part)
    try:
        if found is None:
            raise ValueError(part)
        opens, closes = (_time(found[name]) for name in ("opens", "closes"))
        if opens >= closes:
            raise ValueError(part)
        return Span(_days(found["days"] or "Mon-Sun"), opens, closes)
    except ValueError as fault:
        raise SettingsInvalid(
            f"{name}: cannot read {part!r}; write it as "
            "'Mon-Fri 19:00-21:30; Sat 10:00-12:00' or '09:00-21:00'."
        ) from fault


def _time(text: str) -> time:
    hours, minutes = map(int, text.split(":"))
    return time(23, 59, 59) if (hours, minutes) == (24, 0) else time(hours, minutes)


def _days(text: str) -> tuple[int, ...]:
    return tuple(sorted(set(chain.from_iterable(_range(each) for each in text.split(",")))))


def _range(text: str) -> range:
    first, _, last = (each.strip().title()[:3] for each in text.partition("-"))
    start = DAYS.index(first)
    return range(start, (DAYS.index(last) if last else start) + 1)


def _days_said(days: tuple[int, ...], *, english: bool) -> str:
    if len(days) == len(DAYS):
        return "every day" if english else "每天"
    if english:
        return ", ".join(DAYS[day] for day in days)
    return "、".join(f"周{_CHINESE_DAYS[day]}" for day in days)
