from datetime import date
from typing import Any

import pytest

from bot.transports.jsonl.lines import RecordError
from bot.transports.jsonl.parse import parse_record

TODAY = date(2026, 11, 23)


def parsed(text: str) -> dict[str, Any]:
    return parse_record({"text": text}, TODAY)


def test_everything_a_text_counts() -> None:
    reply = parsed("分期乐欠3万2，年化24%，逾期两个月，12月1号前还500块")
    assert reply == {
        "amounts": ["32000.00", "500.00"],
        "rates": [{"apr": 0.24, "assumed": "按年利率"}],
        "days": [60],
        "dates": ["2026-12-01"],
        "questions": [],
    }


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("3万5", ["35000.00"]),
        ("一万二千三百元五角", ["12300.50"]),
        ("4000到5000", ["4000.00", "5000.00"]),
        ("欠-5000", []),
        ("1e12", []),
    ],
)
def test_amounts_are_decimal_strings(text: str, amounts: list[str]) -> None:
    assert parsed(text)["amounts"] == amounts


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("3.5", "3.5 万元"),
        ("利息2分", "每月的利率"),
        ("0.24", "年利率 24%"),
        ("M3", "61–90 天"),
        ("两个多月", "具体是多少天"),
        ("3万多", "大概的数"),
        ("3万到5万", "范围"),
        ("9999%", "不合常理"),
        ("-5000", "不能是负数"),
        ("1e12", "太大"),
        ("2月30日", "不是日历上的日期"),
        ("NaN", "没有读到"),
        ("", "没有读到"),
    ],
)
def test_what_can_be_read_in_two_ways_is_asked_back(text: str, asked: str) -> None:
    assert any(asked in words for words in parsed(text)["questions"])


@pytest.mark.parametrize(
    "text", ["3万5", "年化24%", "月息2分", "逾期47天", "2026年12月1日", "日息万五"]
)
def test_what_is_clear_is_not_asked_back(text: str) -> None:
    assert parsed(text)["questions"] == []


def test_today_can_be_given() -> None:
    assert parse_record({"text": "明天", "today": "2027-01-31"}, TODAY)["dates"] == ["2027-02-01"]


@pytest.mark.parametrize("record", [{}, {"text": None}, {"text": 5}])
def test_a_record_without_text_is_refused(record: dict[str, Any]) -> None:
    with pytest.raises(RecordError, match="text"):
        parse_record(record, TODAY)
