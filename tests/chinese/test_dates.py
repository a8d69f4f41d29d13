from datetime import date

import pytest

from bot.chinese.dates import days

TODAY = date(2026, 11, 23)  # a Monday


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026年12月1日", "2026-12-01"),
        ("2026-12-01", "2026-12-01"),
        ("2026/12/1", "2026-12-01"),
        ("2026.12.1", "2026-12-01"),
        ("20261201", "2026-12-01"),
        ("二〇二六年十二月一日", "2026-12-01"),
        ("26年12月1号", "2026-12-01"),
        ("12月1号", "2026-12-01"),
        ("12月1", "2026-12-01"),
        ("十二月一号", "2026-12-01"),
        ("1月5号前还清", "2027-01-05"),
        ("9月1日", "2026-09-01"),
        ("3月5号开始逾期", "2026-03-05"),
        ("5月3号收到的传票", "2026-05-03"),
        ("从6月20号没还", "2026-06-20"),
        ("去年5月3号", "2025-05-03"),
        ("明年1月15日", "2027-01-15"),
        ("下月15号", "2026-12-15"),
        ("下个月15", "2026-12-15"),
        ("本月30号", "2026-11-30"),
        ("上个月8号", "2026-10-08"),
        ("下下个月1号", "2027-01-01"),
        ("下月底", "2026-12-31"),
        ("月底", "2026-11-30"),
        ("年底前", "2026-12-31"),
        ("12月底", "2026-12-31"),
        ("今天", "2026-11-23"),
        ("明天", "2026-11-24"),
        ("后天", "2026-11-25"),
        ("大后天", "2026-11-26"),
        ("昨天", "2026-11-22"),
        ("下周三", "2026-12-02"),
        ("本周五", "2026-11-27"),
        ("周日", "2026-11-29"),
        ("星期天", "2026-11-29"),
        ("25号", "2026-11-25"),
        ("15号", "2026-12-15"),
    ],
)
def test_days_are_seen_from_today(said: str, day: str) -> None:
    (found,) = days(said, TODAY)
    assert str(found.day) == day


@pytest.mark.parametrize("said", ["2月30日", "13月1日", "2026-02-29"])
def test_a_day_the_calendar_lacks_is_asked_about(said: str) -> None:
    (found,) = days(said, TODAY)
    assert found.day is None
    assert found.question


@pytest.mark.parametrize(
    "said",
    ["本周一次还清", "3个月", "12号楼", "12345号线", "1.5", "5月份工资5000", "每月1800", "半年前"],
)
def test_what_is_no_day_is_left_alone(said: str) -> None:
    assert days(said, TODAY) == []


def test_the_31st_is_found_in_the_next_month_that_has_one() -> None:
    assert str(days("31号", TODAY)[0].day) == "2026-12-31"


@pytest.mark.parametrize("said", ["12月1号", "15号", "周五"])
def test_what_was_assumed_about_a_day_is_said(said: str) -> None:
    assert days(said, TODAY)[0].assumed
