from decimal import Decimal

import pytest

from bot.chinese.normalise import normalise
from bot.chinese.rates import Period, rates


@pytest.mark.parametrize(
    ("said", "apr"),
    [
        ("24%", "0.24"),
        ("年化18", "0.18"),
        ("年化18%", "0.18"),
        ("年化0.24", "0.24"),
        ("24%年化", "0.24"),
        ("年利率7.2%", "0.072"),
        ("综合年化23.99%", "0.2399"),
        ("IRR 23.9%", "0.239"),
        ("APR: 36%", "0.36"),
        ("百分之十八", "0.18"),
        ("年化利率是百分之十五点四", "0.154"),
        ("利息18个点", "0.18"),
        ("利率18", "0.18"),
        ("月息2分", "0.24"),
        ("月息两分", "0.24"),
        ("2分利", "0.24"),
        ("两分利", "0.24"),
        ("利息2分", "0.24"),
        ("1.5万 利息2分", "0.24"),
        ("3万 利率18", "0.18"),
        ("说是利息2分", "0.24"),
        ("一分五的利", "0.18"),
        ("月息一分五", "0.18"),
        ("月息1分2厘", "0.144"),
        ("二分半的利", "0.3"),
        ("借3分利", "0.36"),
        ("月息5厘", "0.06"),
        ("年息8厘", "0.08"),
        ("年利率一分五", "0.15"),
        ("月费率0.75%", "0.09"),
        ("月费率0.75", "0.09"),
        ("月息1.5%", "0.18"),
        ("月息0.02", "0.24"),
        ("每期手续费0.6%", "0.072"),
        ("每月手续费0.7%", "0.084"),
        ("手续费0.7%每月", "0.084"),
        ("0.7%/月", "0.084"),
        ("日息万五", "0.1825"),
        ("日息万5", "0.1825"),
        ("日利率万分之五", "0.1825"),
        ("每天万分之五", "0.1825"),
        ("万五的利息", "0.1825"),
        ("日息0.05%", "0.1825"),
        ("日息0.05", "0.1825"),
        ("日息0.0005", "0.1825"),
        ("0.05%/天", "0.1825"),
        ("日息万2.5", "0.09125"),
        ("每天千分之一", "0.365"),
        ("年化２４％", "0.24"),
        ("月息2分年化多少", "0.24"),
        ("月费率0.75%一年是多少", "0.09"),
    ],
)
def test_rates_come_to_a_simple_annual_rate(said: str, apr: str) -> None:
    (found,) = rates(normalise(said))
    assert found.apr == Decimal(apr)
    assert found.assumed


def test_the_ends_of_a_range_are_two_rates() -> None:
    assert [each.apr for each in rates("年化24%-36%")] == [Decimal("0.24"), Decimal("0.36")]


@pytest.mark.parametrize(
    "said",
    [
        "壹万贰仟叁佰元整",
        "减免30%",
        "打7折还50%",
        "首付20%",
        "三万五的利息",
        "月利息200",
        "每月还1800",
        "五分钱",
        "分24期",
        "减免三成",
        "砍头息10%",
        "一万五",
    ],
)
def test_what_is_no_rate_is_left_alone(said: str) -> None:
    assert rates(normalise(said)) == []


@pytest.mark.parametrize("said", ["利息2分", "2分利", "一分五的利", "8厘利"])
def test_interest_without_a_period_is_read_as_usual_and_asked_about(said: str) -> None:
    (found,) = rates(said)
    assert found.period is Period.MONTH
    assert found.question is not None
    assert said in found.question


@pytest.mark.parametrize("said", ["年化24%", "月息2分", "日息万五"])
def test_interest_with_a_period_is_not_asked_about(said: str) -> None:
    assert rates(said)[0].question is None


@pytest.mark.parametrize("said", ["9999%", "-5%", "日息50%"])
def test_an_impossible_rate_is_marked(said: str) -> None:
    assert rates(said)[0].absurd


def test_fees_are_told_from_interest() -> None:
    fee, interest = rates("每期手续费0.6%，年化18%")
    assert (fee.fee, interest.fee) == (True, False)
