from datetime import date
from decimal import Decimal

import numpy_financial as npf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.debt.schedule import (
    deferred,
    equal_payments,
    months_after,
    months_at_rate,
    months_to_clear,
    payment_to_clear,
    stepped_up,
    worth_today,
)

debts = st.decimals(min_value=100, max_value=500_000, places=2)
payments = st.decimals(min_value=50, max_value=20_000, places=2)
rates = st.decimals(min_value="0.01", max_value="0.36", places=4)


@given(debts, payments)
def test_without_interest_the_last_payment_is_the_remainder(
    debt: Decimal, monthly: Decimal
) -> None:
    months = months_to_clear(debt, monthly)
    last = debt - (months - 1) * monthly
    assert 0 < last <= monthly
    schedule = equal_payments(debt, monthly)
    if months <= 1200:
        assert (schedule.months, schedule.last, schedule.total) == (months, last, debt)
    else:
        assert schedule is None


@given(debts, payments, rates)
def test_a_schedule_pays_the_debt_and_its_interest(
    debt: Decimal, monthly: Decimal, apr: Decimal
) -> None:
    schedule = equal_payments(debt, monthly, apr)
    if schedule is None:
        return
    assert schedule.total == debt + schedule.interest
    assert all(0 <= paid <= monthly * 100 for paid in schedule.payments)
    assert 0 < schedule.last <= monthly
    assert schedule.instalments[-1].balance == 0


@given(debts, payments, rates)
def test_months_at_a_rate_agree_with_numpy_financial(
    debt: Decimal, monthly: Decimal, apr: Decimal
) -> None:
    months = months_at_rate(debt, monthly, apr)
    if float(debt) * float(apr) / 12 > float(monthly) - 0.02:
        return
    exact = npf.nper(float(apr) / 12, -float(monthly), float(debt))
    assert months is not None
    assert abs(months - exact) <= 1.01


@given(debts, st.integers(min_value=1, max_value=120), rates)
def test_the_least_payment_agrees_with_numpy_financial(
    debt: Decimal, months: int, apr: Decimal
) -> None:
    exact = -npf.pmt(float(apr) / 12, months, float(debt))
    assert -1e-6 < float(payment_to_clear(debt, months, apr)) - exact < 0.010001


@given(debts, st.integers(min_value=1, max_value=120))
def test_one_fen_less_than_the_least_payment_is_not_enough(debt: Decimal, months: int) -> None:
    least = payment_to_clear(debt, months)
    assert months_to_clear(debt, least) <= months
    assert (least - Decimal("0.01")) * months < debt


def test_the_known_example() -> None:
    assert months_to_clear(Decimal(48000), Decimal(1500)) == 32
    assert months_at_rate(Decimal(48000), Decimal(1500), Decimal("0.18")) == 44
    assert payment_to_clear(Decimal(48000), 60, Decimal("0.18")) == Decimal("1218.89")


def test_a_payment_below_the_interest_never_repays() -> None:
    assert equal_payments(Decimal(48000), Decimal(720), Decimal("0.18")) is None
    assert months_at_rate(Decimal(48000), Decimal(720), Decimal("0.18")) is None
    assert months_at_rate(Decimal(48000), Decimal(0), Decimal(0)) is None


def test_a_plan_longer_than_a_century_is_counted_but_has_no_table() -> None:
    assert months_at_rate(Decimal(10**9), Decimal("0.01"), Decimal(0)) == 10**11
    assert equal_payments(Decimal(10**9), Decimal("0.01")) is None


def test_each_row_tells_payment_interest_and_what_is_left() -> None:
    schedule = equal_payments(Decimal(1000), Decimal(600), Decimal("0.12"), date(2026, 12, 31))
    first, second = schedule.instalments
    assert (first.interest, first.principal, first.balance) == (10, 590, 410)
    assert (second.payment, second.balance) == (Decimal("414.10"), 0)
    assert (first.due, second.due) == (date(2026, 12, 31), date(2027, 1, 31))
    assert schedule.finish == date(2027, 1, 31)


def test_a_schedule_without_dates_has_no_finish() -> None:
    assert equal_payments(Decimal(1000), Decimal(600)).finish is None


def test_a_deferral_waits_and_then_pays() -> None:
    schedule = deferred(Decimal(1200), Decimal(600), 3)
    assert [int(row.payment) for row in schedule.instalments] == [0, 0, 0, 600, 600]


def test_a_deferral_with_interest_owes_more() -> None:
    schedule = deferred(Decimal(1200), Decimal(600), 3, Decimal("0.12"))
    assert schedule.instalments[2].balance == Decimal("1236.36")


def test_a_step_up_starts_small() -> None:
    schedule = stepped_up(Decimal(1000), Decimal(100), 2, Decimal(400))
    assert [int(row.payment) for row in schedule.instalments] == [100, 100, 400, 400]


def test_payments_are_worth_less_than_their_sum_today() -> None:
    schedule = equal_payments(Decimal(48000), Decimal(1500))
    exact = -npf.pv(0.015, 32, 1500)
    assert float(worth_today(schedule, Decimal("0.18"))) == pytest.approx(exact, abs=0.01)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2027-12-15", 1, "2028-01-15"),
        ("2026-11-23", 0, "2026-11-23"),
    ],
)
def test_months_later_is_the_same_day_or_the_last(day: str, months: int, then: str) -> None:
    assert str(months_after(date.fromisoformat(day), months)) == then
