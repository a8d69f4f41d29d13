from datetime import time

import pytest

from bot.debt.conduct import Contacted, Medium
from bot.dialogue.incident_terms import incident_told, time_of_day


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("晚上十一点半还打", time(23, 30)),
        ("23:10 打来", time(23, 10)),
        ("凌晨2点", time(2)),
        ("半夜两点", time(2)),
        ("半夜十二点", time(0)),
        ("早上七点", time(7)),
        ("下午3点来的", time(15)),
        ("上午来的", time(10)),
        ("晚上12点", time(0)),
        ("called at 11pm", time(23)),
        ("有空再说", None),
    ],
)
def test_reads_the_time_of_day(said: str, at: time | None) -> None:
    assert time_of_day(said) == at


@pytest.mark.parametrize(
    ("said", "medium"),
    [
        ("一直打电话", Medium.CALL),
        ("发短信威胁我", Medium.SMS),
        ("来我家敲门", Medium.VISIT),
        ("寄来一封律师函", Medium.LETTER),
        ("they called me", Medium.CALL),
    ],
)
def test_reads_the_medium(said: str, medium: Medium) -> None:
    assert incident_told(said).media == {medium}


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("打给我妈", Contacted.FAMILY),
        ("打到我公司前台", Contacted.WORKPLACE),
        ("给通讯录里的朋友发短信", Contacted.FRIEND),
        ("打给孩子学校的老师", Contacted.SCHOOL),
        ("给我打电话", Contacted.BORROWER),
    ],
)
def test_reads_whom_they_turned_to(said: str, who: Contacted) -> None:
    assert incident_told(said).contacted == {who}


def test_counts_calls_and_visitors() -> None:
    assert incident_told("一天打了二十个电话").calls == 20
    assert incident_told("今天接通了四次电话").connected == 4
    assert incident_told("来了三个人上门").visitors == 3
    assert incident_told("三个人在群里").visitors is None
