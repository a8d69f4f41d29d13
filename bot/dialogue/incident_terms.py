"""An act of collection in the borrower's own words."""

import re
from collections.abc import Iterable, Mapping
from datetime import time
from enum import StrEnum
from typing import TypeVar

from bot.chinese.normalise import normalise
from bot.chinese.numbers import CHINESE_DIGIT, chinese_number
from bot.debt.conduct import Contacted, Incident, Medium

Named = TypeVar("Named", bound=StrEnum)

_NUMBER = rf"(?:[0-9]+|(?:{CHINESE_DIGIT}|[十百])+)"
_TIME = re.compile(
    rf"(?P<part>凌晨|早上|早晨|清晨|一大早|上午|中午|下午|傍晚|晚上|夜里|半夜|深夜|夜晚|今晚|昨晚|晚)?(?:的)?\s?"
    rf"(?:(?P<hour>{_NUMBER})点(?:(?P<half>半)|(?P<quarter>{_NUMBER})分?)?|(?P<clock>[0-2]?[0-9]):(?P<minute>[0-5][0-9]))"
    r"(?:\s?(?P<english>[ap])\.?m)?|(?<![0-9])(?P<twelve>1?[0-9])\s?(?P<half_day>[ap])\.?m",
    re.IGNORECASE,
)
_LATE = {"下午", "傍晚", "晚上", "夜里", "深夜", "夜晚", "今晚", "昨晚", "晚", "半夜"}
# A part of the day told without an hour, at a time that lies well within it.
_PARTS = {
    "白天": 12,
    "上午": 10,
    "中午": 12,
    "下午": 15,
    "傍晚": 18,
    "凌晨": 2,
    "半夜": 1,
    "深夜": 23,
}
_A_DAY = r"(?:一天|每天|当天|今天|昨天|天天|一日|a day|per day)"
_NIGHT = {"晚上", "半夜", "夜里", "深夜", "昨晚", "今晚"}
_CALLS = re.compile(
    rf"{_A_DAY}[^。，,;；]{{0,8}}?(?P<number>{_NUMBER})\s?(?:多)?(?:个|次|通|遍|回)"
    rf"|(?P<first>{_NUMBER})\s?(?:多)?(?:个|次|通|遍)\s?(?:电话|来电|未接)|(?P<english>[0-9]+)\s?(?:calls|times)"
)
_CONNECTED = re.compile(
    rf"(?:接通|打通|接了|接到)(?:了)?[^。，,;；0-9]{{0,3}}?(?P<number>{_NUMBER})\s?(?:个|次|通|遍)"
)
_VISITORS = re.compile(
    rf"(?P<number>{_NUMBER})\s?(?:个|名|位)?(?:催收|男|大汉|小伙|壮汉|社会)?(?:的)?(?:人|员)"
)
_MEDIA: Mapping[Medium, str] = {
    Medium.CALL: r"电话|来电|打给|打到|打了|拨|通话|未接|语音|手机响|\bcalls?\b|called|calling|phone",
    Medium.SMS: r"短信|微信|彩信|发信息|发消息|群发|私信|\bsms\b|\btext(?:s|ed)?\b|message",
    Medium.VISIT: r"上门|来(?:我|了)?家|到(?:我)?家|家里来|敲门|砸门|门口|外访|闯|\bvisit|came to|at (?:my|the) door",
    Medium.LETTER: r"律师函|发函|信函|寄信|来函|\bletter",
}
_CONTACTED: Mapping[Contacted, str] = {
    Contacted.FAMILY: r"[爸妈爹娘](?!的)|父|母|老婆|老公|丈夫|妻子|爱人|家人|家里人|亲戚|亲人"
    r"|孩子(?!学校)|儿子|女儿|哥|姐|弟|妹|岳|公婆|family|mother|father|parents|wife|husband|relative",
    Contacted.FRIEND: r"朋友|同学|通讯录|联系人|邻居|村里|friend|contact list|neighbo",
    Contacted.WORKPLACE: r"公司(?=.{0,4}(?:打|找|说|闹|发|知道))|(?:打|找|到|去|给|联系)[^。，,]{0,5}公司"
    r"|单位|领导|同事|老板|人事|前台|\bhr\b|boss|employer|colleague|workplace",
    Contacted.SCHOOL: r"学校|老师|班主任|school|teacher",
}
_TO_THEM = re.compile(
    r"打|找|联系|告诉|问|骚扰|发|说|催|逼|让|call|tell|told|contact|text", re.IGNORECASE
)


def incident_told(text: str) -> Incident:
    """What an account tells of one act of collection; what it leaves open stays unknown.

    >>> incident_told("晚上十一点打电话给我妈").at
    datetime.time(23, 0)
    """
    said = normalise(text)
    return Incident(
        said=said,
        at=time_of_day(said),
        media=named(said, _MEDIA),
        contacted=contacted_in(said),
        calls=_count(_CALLS, said),
        connected=_count(_CONNECTED, said),
        visitors=_visitors(said),
    )


def time_of_day(text: str) -> time | None:
    """The first time of day in a normalised text: 晚上十一点半, 23:30, 11pm."""
    match = _TIME.search(text)
    if match is None:
        return next((time(hour) for part, hour in _PARTS.items() if part in text), None)
    hour = int(chinese_number(match["hour"] or match["clock"] or match["twelve"]) or 0)
    minute = 30 if match["half"] else int(chinese_number(match["quarter"] or "0") or 0)
    minute = int(match["minute"] or minute)
    late = match["part"] in _LATE or "p" in (match["english"] or match["half_day"] or "").lower()
    at_night = match["part"] in _NIGHT
    if late and hour < 12 and not (at_night and hour < 6):  # 半夜两点 is two in the morning
        hour += 12
    elif at_night and hour == 12:
        hour = 24
    return time(hour % 24, minute) if hour <= 24 and minute < 60 else None


def named(text: str, kinds: Mapping[Named, str]) -> frozenset[Named]:
    """The kinds whose words stand in a text."""
    return frozenset(kind for kind, words in kinds.items() if re.search(words, text, re.IGNORECASE))


def media_of(words: Iterable[str]) -> frozenset[Medium]:
    """The media named by a field: ``call`` or 电话."""
    return _of_field(words, Medium, _MEDIA)


def contacted_of(words: Iterable[str]) -> frozenset[Contacted]:
    """The people named by a field: ``family`` or 我妈."""
    return _of_field(words, Contacted, _CONTACTED)


def contacted_in(text: str) -> frozenset[Contacted]:
    """Whom an account says was turned to; the borrower where nobody else is named."""
    others = named(text, _CONTACTED) if _TO_THEM.search(text) else frozenset()
    return others or frozenset({Contacted.BORROWER})


def _of_field(
    words: Iterable[str], kinds: type[Named], patterns: Mapping[Named, str]
) -> frozenset[Named]:
    plain = [normalise(word).strip().lower() for word in words]
    exact = {kind for kind in kinds if str(kind) in plain}
    return frozenset(exact) | named(" ".join(plain), patterns)


def _count(pattern: re.Pattern[str], text: str) -> int | None:
    match = pattern.search(text)
    if match is None:
        return None
    written = next(each for each in match.groups() if each)
    return int(chinese_number(written) or 0)


def _visitors(text: str) -> int | None:
    return _count(_VISITORS, text) if Medium.VISIT in named(text, _MEDIA) else None
