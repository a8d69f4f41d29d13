from decimal import Decimal

import pytest

from bot.debt.offer import Offer, OfferKind, judge

FEES = Offer(OfferKind.INSTALMENTS, Decimal(20000), months=18, fee_rate=Decimal("0.007"))
AT_ONCE = Offer(OfferKind.LUMP_SUM, Decimal(20000), discount=Decimal("0.3"), within_days=6)


def test_an_offer_with_fees_is_told_by_its_true_price() -> None:
    judged = judge(FEES, capacity=Decimal(1500))
    assert (judged.monthly, judged.total, judged.extra) == (Decimal("1251.11"), 22520, 2520)
    assert judged.rate.apr_nominal == pytest.approx(0.154, abs=0.0005)
    assert (judged.affordable, judged.left_after) == (True, Decimal("248.89"))
    assert "会剩 248.89 元" in judged.findings[1]


def test_an_offer_beyond_the_budget_asks_for_more_months() -> None:
    judged = judge(FEES, capacity=Decimal(1000))
    assert judged.affordable is False
    assert "差 251.11 元" in judged.findings[1]
    assert "23 期" in judged.ask_for[0]


def test_an_offer_that_takes_from_the_other_creditors_says_so() -> None:
    judged = judge(FEES, capacity=Decimal(1500), own_monthly=Decimal(700))
    assert "多 551.11 元" in judged.findings[2]
    assert (judged.own_months, judged.extra_against_plan) == (29, 2520)


def test_without_a_budget_nothing_is_said_of_affording() -> None:
    judged = judge(FEES)
    assert (judged.affordable, judged.left_after) == (None, None)
    assert len(judged.findings) == 1


def test_an_offer_at_interest_is_amortised() -> None:
    judged = judge(Offer(OfferKind.INSTALMENTS, Decimal(12000), months=12, apr=Decimal("0.12")))
    assert judged.monthly == Decimal("1066.19")
    assert judged.rate.apr_nominal == pytest.approx(0.12, abs=0.0001)


def test_an_offer_without_cost_asks_for_no_discount() -> None:
    judged = judge(Offer(OfferKind.INSTALMENTS, Decimal(12000), months=12))
    assert judged.extra == 0
    assert not any("打折" in words for words in judged.ask_for)


def test_a_reduced_sum_at_once_is_less_but_only_with_savings() -> None:
    judged = judge(AT_ONCE, capacity=Decimal(1500))
    assert (judged.total, judged.extra_against_plan) == (14000, -6000)
    assert judged.affordable is None
    assert any("不要借新还旧" in words for words in judged.findings)
    assert any("催款的压力" in words for words in judged.findings)
    assert "书面" in judged.ask_for[0]


@pytest.mark.parametrize(
    ("savings", "affordable", "left"), [(15000, True, 1000), (9000, False, -5000)]
)
def test_savings_decide_a_reduced_sum(savings: int, affordable: bool, left: int) -> None:
    judged = judge(AT_ONCE, Decimal(1500), Decimal(800), Decimal(savings))
    assert (judged.affordable, judged.left_after) == (affordable, left)
    assert any("每月 800 元停息分期" in words for words in judged.ask_for)
