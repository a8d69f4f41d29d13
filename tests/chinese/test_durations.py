import pytest

from bot.chinese.durations import durations, terms


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("逾期47天", 47),
        ("逾期30日", 30),
        ("逾期俩月", 60),
        ("逾期三月", 90),
        ("3日内", 3),
        ("逾期两个月", 60),
        ("两个多月", 60),
        ("2个月零5天", 65),
        ("一个半月", 45),
        ("半个月", 15),
        ("半年", 180),
        ("一年半", 545),
        ("1年", 365),
        ("3周", 21),
        ("两个星期", 14),
        ("逾期3期", 90),
        ("M1", 1),
        ("M3", 61),
        ("m2", 31),
        ("M3+", 91),
        ("一百二十天", 120),
        ("7天", 7),
    ],
)
def test_times_come_to_days(said: str, days: int) -> None:
    (found,) = durations(said)
    assert found.days == days


@pytest.mark.parametrize("said", ["两个多月", "M3", "半年多", "10多天"])
def test_a_vague_time_is_asked_about(said: str) -> None:
    assert durations(said)[0].question


@pytest.mark.parametrize("said", ["2026年", "年化18%", "5月1日", "12日", "M30"])
def test_what_is_no_time_is_left_alone(said: str) -> None:
    assert durations(said) == []


@pytest.mark.parametrize(
    ("said", "months"),
    [
        ("分24期", 24),
        ("18 期", 18),
        ("六十期", 60),
        ("分36个月", 36),
        ("12个月还清", 12),
        ("分5年", 60),
    ],
)
def test_terms_are_counted_in_months(said: str, months: int) -> None:
    assert [each.months for each in terms(said)] == [months]


def test_instalments_in_arrears_are_a_time_and_no_term() -> None:
    assert terms("逾期3期") == []
