from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.debt.budget import Budget
from bot.debt.case import Case, Debt
from bot.debt.money import ZERO
from bot.debt.plan import Assessment, Plan, PlanKind, assess
from bot.debt.verdict import Verdict
from tests.debt.cases import budget, case, debt

money = st.decimals(min_value=0, max_value=100_000, places=2)
principals = st.lists(
    st.decimals(min_value="0.01", max_value=300_000, places=2), min_size=1, max_size=6
)


def plan(result: Assessment, kind: PlanKind) -> Plan:
    return next(each for each in result.plans if each.kind is kind)


def test_the_known_example() -> None:
    result = assess(case())
    assert result.disposable == 1500
    assert result.total_debt == 48000
    assert [str(each.monthly) for each in result.allocation] == ["1018.75", "481.25"]
    assert (result.months_interest_free, result.last_instalment) == (32, 1500)
    assert result.months_at_plan_apr == 44
    assert result.min_monthly_for_60 == 800
    assert result.min_monthly_for_60_at_plan_apr == Decimal("1218.89")
    assert result.verdict is Verdict.FEASIBLE


def test_the_last_instalment_is_what_is_left() -> None:
    result = assess(case(debt(principal="10000.01"), income=6000))
    assert (result.months_interest_free, str(result.last_instalment)) == (11, "0.01")


@pytest.mark.parametrize(
    ("income", "verdict"),
    [
        (6500, Verdict.FEASIBLE),
        (6000, Verdict.FEASIBLE_INTEREST_FREE_ONLY),
        (5800, Verdict.FEASIBLE_INTEREST_FREE_ONLY),
        (5799, Verdict.INFEASIBLE_OVER_60),
        (5000, Verdict.NO_CAPACITY),
        (3000, Verdict.NO_CAPACITY),
    ],
)
def test_the_verdict_follows_the_income(income: int, verdict: Verdict) -> None:
    assert assess(case(income=income)).verdict is verdict


def test_a_longer_limit_changes_the_verdict_and_the_least_payment() -> None:
    result = assess(case(income=5799, longest=72))
    assert result.verdict is Verdict.FEASIBLE_INTEREST_FREE_ONLY
    assert result.min_monthly_for_60 == Decimal("666.67")


def test_claims_are_principal_interest_and_fees() -> None:
    owed = debt(principal=10000, interest=Decimal(500), fees=Decimal("99.99"))
    result = assess(case(owed))
    assert result.total_debt == result.allocation[0].claim == Decimal("10599.99")


def test_nothing_left_means_waiting_and_help() -> None:
    result = assess(case(income=4000))
    assert result.disposable == 0
    assert (result.months_interest_free, result.last_instalment) == (None, None)
    assert result.months_at_plan_apr is None
    assert [each.kind for each in result.plans] == [PlanKind.DEFERRAL]
    assert any("临时救助" in words for words in result.warnings)
    assert any("还差 1,000 元" in words for words in result.warnings)


def test_a_little_below_the_buffer_allows_a_token() -> None:
    token = plan(assess(case(income=4800)), PlanKind.TOKEN_PAYMENT)
    assert token.monthly == 50
    assert "应急金" in token.notes[0]


def test_a_plan_never_repaid_says_so() -> None:
    result = assess(case(income=5700, apr="0.18"))
    assert result.months_at_plan_apr is None
    assert plan(result, PlanKind.AMORTISED).schedule is None
    assert any("永远还不清" in words for words in result.warnings)


def test_an_interest_free_plan_has_no_amortised_twin() -> None:
    kinds = {each.kind for each in assess(case(apr="0")).plans}
    assert PlanKind.AMORTISED not in kinds
    assert assess(case(apr="0")).months_at_plan_apr == 32


def test_plans_stand_side_by_side() -> None:
    result = assess(case(debt(apr=Decimal("0.24")), debt("房贷", 15400, secured=True)))
    assert {each.kind for each in result.plans} == {
        PlanKind.INTEREST_FREE,
        PlanKind.AMORTISED,
        PlanKind.REDUCED_RATE,
        PlanKind.DEFERRAL,
        PlanKind.STEP_UP,
        PlanKind.LUMP_SUM,
        PlanKind.PRO_RATA,
        PlanKind.HIGHEST_RATE_FIRST,
        PlanKind.SMALLEST_FIRST,
        PlanKind.SECURED_FIRST,
    }


def test_paying_the_dearest_first_costs_the_least() -> None:
    dear, cheap = debt("借呗", 20000, apr=Decimal("0.24")), debt("亲戚", 10000, apr=Decimal(0))
    result = assess(case(dear, cheap))
    costs = {kind: plan(result, kind).interest for kind in (
        PlanKind.HIGHEST_RATE_FIRST, PlanKind.SMALLEST_FIRST, PlanKind.PRO_RATA)}  # fmt: skip
    assert costs[PlanKind.HIGHEST_RATE_FIRST] < costs[PlanKind.PRO_RATA]
    assert costs[PlanKind.PRO_RATA] < costs[PlanKind.SMALLEST_FIRST]


def test_a_lump_sum_is_worth_what_the_instalments_are() -> None:
    lump = plan(assess(case(apr="0.18")), PlanKind.LUMP_SUM)
    assert (lump.months, lump.monthly) == (1, Decimal("37900.71"))


def test_schedules_get_their_dates() -> None:
    result = assess(case(), first_due=date(2026, 12, 15))
    assert plan(result, PlanKind.INTEREST_FREE).finish == date(2029, 7, 15)


def test_sixty_instalments_are_for_cards_and_by_agreement() -> None:
    cards = assess(case(debt("招行", lender_type="credit_card")))
    assert any("招行是信用卡" in words and "不是必须同意" in words for words in cards.warnings)
    others = assess(case())
    assert any("分期乐、微粒贷不是信用卡" in words for words in others.warnings)
    assert not any("是信用卡，可以" in words for words in others.warnings)


def test_a_card_cannot_ask_for_more_than_sixty() -> None:
    result = assess(case(debt("信用卡"), longest=72))
    assert any("72 期超过了" in words for words in result.warnings)


@pytest.mark.parametrize(
    ("owed", "words"),
    [
        (debt("房贷", secured=True), "有抵押"),
        (debt(guaranteed=True), "有担保人"),
        (debt(apr=Decimal("0.36")), "36% 偏高"),
    ],
)
def test_what_is_at_risk_is_said(owed: Debt, words: str) -> None:
    assert any(words in each for each in assess(case(owed)).warnings)


def test_what_was_assumed_is_said() -> None:
    told = " ".join(assess(case(debt(remaining_instalments=18), buffer=None)).assumptions)
    assert "没有写应急钱" in told
    assert "年化 18%" in told
    assert "还有 18 期" in told


def test_a_rate_that_was_given_is_not_an_assumption() -> None:
    assert not any("没有写谈成后的利率" in each for each in assess(case(apr="0.12")).assumptions)


def test_no_more_is_offered_than_the_budget_leaves() -> None:
    pledged = replace(case(), budget=replace(budget(), pledge=Decimal(2000)))
    result = assess(pledged)
    assert result.disposable == 1500
    assert any("2,000 元" in words for words in result.warnings)


def test_a_pledge_stands_alone_where_the_budget_is_unknown() -> None:
    result = assess(Case(Budget(pledge=Decimal(800)), (debt(),)))
    assert result.disposable == 800
    assert any("每月能还 800 元" in words for words in result.assumptions)


def test_essentials_of_nothing_are_doubted() -> None:
    assert any("必要开支写的是 0" in each for each in assess(case(essentials=0)).warnings)


@given(money, money, money, principals)
def test_what_always_holds(
    income: Decimal, essentials: Decimal, buffer: Decimal, owed: list[Decimal]
) -> None:
    debts = tuple(Debt(f"机构{place}", principal) for place, principal in enumerate(owed))
    result = assess(Case(Budget(income, essentials, buffer), debts))
    assert result.disposable == max(income - essentials - buffer, ZERO)
    assert sum((each.monthly for each in result.allocation), ZERO) == result.disposable
    assert all(each.monthly >= 0 for each in result.allocation)
    if result.months_interest_free is not None:
        assert 0 < result.last_instalment <= result.disposable
    for each in result.plans:
        if each.schedule and each.kind is not PlanKind.LUMP_SUM:
            assert each.schedule.total == result.total_debt + each.schedule.interest
            assert min(each.schedule.payments) >= 0
            assert max(each.schedule.payments) <= result.disposable * 100


@given(money, st.decimals(min_value=0, max_value=5_000, places=2), principals)
def test_more_income_never_lowers_an_offer(
    income: Decimal, more: Decimal, owed: list[Decimal]
) -> None:
    debts = tuple(Debt(f"机构{place}", principal) for place, principal in enumerate(owed))
    poorer, richer = (
        assess(Case(Budget(sum_of_month, Decimal(2000), Decimal(200)), debts))
        for sum_of_month in (income, income + more)
    )
    assert richer.disposable >= poorer.disposable
    if poorer.months_interest_free is not None:
        assert richer.months_interest_free <= poorer.months_interest_free
    for before, after in zip(poorer.allocation, richer.allocation, strict=True):
        assert after.monthly >= before.monthly - Decimal("0.01")  # the odd fen may move


@given(principals, st.randoms(use_true_random=False))
def test_the_order_of_debts_changes_no_figure(owed: list[Decimal], chance) -> None:
    debts = [Debt(f"机构{place}", principal) for place, principal in enumerate(owed)]
    straight = assess(Case(budget(), tuple(debts)))
    chance.shuffle(debts)
    mixed = assess(Case(budget(), tuple(debts)))
    assert straight.months_at_plan_apr == mixed.months_at_plan_apr
    assert straight.total_debt == mixed.total_debt
    assert straight.verdict == mixed.verdict
