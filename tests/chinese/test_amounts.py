from decimal import Decimal

import pytest

from bot.chinese.amounts import amount, amounts
from bot.chinese.normalise import normalise


@pytest.mark.parametrize(
    ("said", "yuan"),
    [
        ("3万5", "35000"),
        ("三万五", "35000"),
        ("3万2", "32000"),
        ("1.2w", "12000"),
        ("1.5W", "15000"),
        ("10k", "10000"),
        ("8K", "8000"),
        ("3k5", "3500"),
        ("2w3", "23000"),
        ("2个w", "20000"),
        ("１２０００", "12000"),
        ("１２，０００", "12000"),
        ("12,000元", "12000"),
        ("¥1,200.50", "1200.50"),
        ("1,234,567.89元", "1234567.89"),
        ("人民币5000元整", "5000"),
        ("一万二千三百元五角", "12300.5"),
        ("12元5角", "12.5"),
        ("3块5毛2", "3.52"),
        ("五百块", "500"),
        ("五百块钱", "500"),
        ("两千八", "2800"),
        ("两百五", "250"),
        ("3.5千", "3500"),
        ("1万2千3", "12300"),
        ("3万5千6", "35600"),
        ("3万零5百", "30500"),
        ("3万500", "30500"),
        ("三万零五百", "30500"),
        ("三万零五十", "30050"),
        ("一千零五", "1005"),
        ("十五万", "150000"),
        ("15万8", "158000"),
        ("二十万", "200000"),
        ("一百二十万", "1200000"),
        ("一亿二千万", "120000000"),
        ("一万半", "15000"),
        ("贰万叁仟元", "23000"),
        ("兩萬", "20000"),
        ("3萬2", "32000"),
        ("0.8万", "8000"),
        ("12万3456", "123456"),
        ("5千元", "5000"),
        ("100rmb", "100"),
        ("俩万", "20000"),
    ],
)
def test_reads_amounts_as_borrowers_write_them(said: str, yuan: str) -> None:
    assert amount(normalise(said)) == Decimal(yuan)


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [
        ("4000到5000", 4000, 5000),
        ("4000-5000", 4000, 5000),
        ("3到5万", 30000, 50000),
        ("三千到四千", 3000, 4000),
        ("两三万", 20000, 30000),
        ("1万~1万5", 10000, 15000),
    ],
)
def test_a_range_keeps_both_ends(said: str, low: int, high: int) -> None:
    (found,) = amounts(normalise(said))
    assert (found.value, found.high, found.exact) == (low, high, False)


@pytest.mark.parametrize("said", ["3万多", "20多万", "3万左右", "大概3万", "约3万", "3万上下"])
def test_a_vague_amount_says_so(said: str) -> None:
    (found,) = amounts(normalise(said))
    assert not found.exact


@pytest.mark.parametrize(
    "said",
    [
        "打12378投诉",
        "拨打12356",
        "12378多久给答复",
        "打了110会不会白打",
        "第676条",
        "2026年",
        "3个月",
        "5张卡",
        "60期",
        "晚上10点",
        "我家3楼",
        "一块去",
        "千万别信",
        "万一",
        "十万火急",
        "一起",
        "两个孩子",
        "M3",
        "身份证110101199001011234",
        "abc123",
        "合同编号2026-1123",
    ],
)
def test_what_counts_something_else_is_no_amount(said: str) -> None:
    assert amounts(normalise(said)) == []


@pytest.mark.parametrize(
    ("said", "yuan"),
    [
        ("欠3万5个月没还", 30000),
        ("欠3万2逾期", 32000),
        ("欠3万5分36期", 35000),
        ("3万5年", 30000),
        ("5千5期", 5000),
        ("2万 分18期", 20000),
        ("每月还九百五年利率多少", 950),
        ("欠12345", 12345),
    ],
)
def test_the_figure_after_wan_may_count_something_else(said: str, yuan: int) -> None:
    assert amounts(said)[0].value == yuan


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("-5000", -5000),
        ("欠-5000", -5000),
        ("负5000元", -5000),
        ("房租-1800", 1800),
        ("1e12", 10**12),
    ],
)
def test_signs_and_exponents_are_seen(said: str, value: int) -> None:
    assert amounts(said)[0].value == value


@pytest.mark.parametrize("said", ["", "没有钱", "3万和5万", "几万"])
def test_a_text_that_is_not_one_amount_is_none(said: str) -> None:
    assert amount(said) is None


def test_each_amount_knows_its_place() -> None:
    text = "房租1800，吃饭1500"
    assert [text[each.start : each.end] for each in amounts(text)] == ["1800", "1500"]
