"""A number is the same number however it is written, and another unit is another number."""

import pytest

from bot.answering.grounding.quantities import quantities


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("15日内", "十五天内"),
        ("1.5万元", "15000元"),
        ("15,000元", "１５０００元"),
        ("24%", "百分之二十四"),
        ("2026年1月1日", "2026-01-01"),
        ("22:00", "22点"),
        ("5年", "五年"),
        ("三个月", "3个月"),
        ("至少两名", "至少2人"),
    ],
)
def test_the_same_quantity(one: str, other: str) -> None:
    if one == "至少两名":
        assert quantities(one) <= quantities(other)  # 两 is grammar as often as a figure
    else:
        assert quantities(one) == quantities(other) != set()


@pytest.mark.parametrize(
    ("one", "other"),
    [("15日", "15个月"), ("24%", "24元"), ("12378", "12368"), ("5年", "5期"), ("0.05%", "0.5%")],
)
def test_another_quantity(one: str, other: str) -> None:
    assert quantities(one).isdisjoint(quantities(other))


def test_the_numbers_of_a_list_are_no_quantities() -> None:
    assert quantities("1. 先不开门\n2. 打 110") == {"110"}


def test_both_ends_of_a_range_are_read() -> None:
    assert {"10日", "15日"} <= quantities("10日以上15日以下")
