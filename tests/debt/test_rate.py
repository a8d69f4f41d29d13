import random
from datetime import date, timedelta
from decimal import Decimal

import numpy_financial as npf
import pytest
import pyxirr
from hypothesis import given
from hypothesis import strategies as st

from bot.debt.caps import cap_findings
from bot.debt.rate import (
    Received,
    bisected,
    dated_rate,
    days_rate,
    flat_fee,
    internal_rate,
    monthly_rate,
    present_value,
)


def codes(result) -> list[str]:
    return [finding.code for finding in result.findings]


def test_a_flat_fee_costs_nearly_twice_what_it_says() -> None:
    payments = flat_fee(Decimal(20000), 18, Decimal("0.007"))
    result = monthly_rate(Received(Decimal(20000)), payments, advertised=Decimal("0.084"))
    assert payments[0] == Decimal("1251.11")
    assert (result.total_repaid, result.total_cost) == (22520, 2520)
    assert result.apr_nominal == pytest.approx(0.154, abs=0.0005)
    assert result.apr_effective == pytest.approx((1 + result.monthly_irr) ** 12 - 1)
    assert "above_advertised" in codes(result)


def random_loan(chance: random.Random) -> list[Decimal]:
    received = Decimal(chance.randrange(50_000, 50_000_000)) / 100
    months = chance.randrange(1, 61)
    cost = Decimal(str(round(chance.uniform(1.0, 2.0), 4)))
    even = received * cost / months
    spread = [Decimal(str(round(chance.uniform(0.2, 1.8), 3))) for _ in range(months)]
    return [-received, *(round(even * each, 2) for each in spread)]


def test_ten_thousand_random_schedules_agree_with_pyxirr_and_pay_the_debt() -> None:
    chance = random.Random(6)  # noqa: S311 - a schedule is no secret
    for _ in range(10_000):
        flows = random_loan(chance)
        rate = internal_rate(flows)
        numbers = [float(flow) for flow in flows]
        assert rate == pytest.approx(pyxirr.irr(numbers), abs=1e-7)
        assert abs(present_value(rate, numbers)) < 1e-5 * abs(numbers[0])


def test_random_schedules_agree_with_numpy_financial() -> None:
    chance = random.Random(60)  # noqa: S311 - likewise
    for _ in range(10_000):
        flows = random_loan(chance)[:13]  # its roots of a longer polynomial are slow and drift
        if sum(flows) <= 0:
            continue
        expected = npf.irr([float(flow) for flow in flows])
        assert internal_rate(flows) == pytest.approx(expected, abs=1e-6)


@given(st.floats(min_value=0.0001, max_value=0.2), st.integers(min_value=1, max_value=60))
def test_an_annuity_gives_back_its_rate(rate: float, months: int) -> None:
    payment = Decimal(str(-npf.pmt(rate, months, 10_000)))
    assert internal_rate([Decimal(-10_000), *[payment] * months]) == pytest.approx(rate, abs=1e-7)


@pytest.mark.parametrize("flows", [[-100.0, 400.0], [-100.0, 10.0], [-1000.0, 0.0, 0.0, 5000.0]])
def test_bisection_finds_what_newton_might_miss(flows: list[float]) -> None:
    assert present_value(bisected(flows), flows) == pytest.approx(0, abs=1e-6)


def test_a_loan_of_days_is_folded_to_a_year() -> None:
    result = days_rate(Received(Decimal(2000), contract_amount=Decimal(2500)), Decimal(2500), 7)
    assert result.apr_nominal == pytest.approx(0.25 * 365 / 7)
    assert result.monthly_irr == pytest.approx(1.25 ** (30 / 7) - 1)
    assert result.apr_effective == pytest.approx(1.25 ** (365 / 7) - 1)
    assert result.total_cost == 500
    assert codes(result)[:3] == ["short_term_loan", "beheading_interest", "very_high"]
    assert any("单利" in words for words in result.assumptions)


@pytest.mark.parametrize(("days", "short"), [(7, True), (14, True), (15, False), (30, False)])
def test_a_loan_of_a_week_or_two_is_recognised(days: int, short: bool) -> None:
    result = days_rate(Received(Decimal(1000)), Decimal(1010), days)
    assert ("short_term_loan" in codes(result)) is short


def test_a_price_beyond_counting_is_left_out() -> None:
    result = days_rate(Received(Decimal(1000)), Decimal(100_000), 1)
    assert (result.monthly_irr, result.apr_effective) == (None, None)
    assert result.apr_nominal == pytest.approx(99 * 365)


def test_fees_at_the_start_make_a_loan_dearer() -> None:
    payments = [Decimal(900)] * 12
    plain = monthly_rate(Received(Decimal(10000)), payments)
    with_fee = monthly_rate(Received(Decimal(10000), Decimal(500)), payments)
    assert with_fee.apr_nominal > plain.apr_nominal
    assert (plain.total_cost, with_fee.total_cost) == (800, 1300)
    assert "upfront_fees" in codes(with_fee)


def test_fees_already_withheld_are_not_counted_twice() -> None:
    received = Received(Decimal(9000), Decimal(1000), Decimal(10000))
    assert received.net == 9000
    result = monthly_rate(received, [Decimal(900)] * 12)
    assert result.total_cost == 1800
    assert any("没有重复扣" in words for words in result.assumptions)


def test_interest_taken_out_beforehand_is_not_owed() -> None:
    result = monthly_rate(
        Received(Decimal(9000), contract_amount=Decimal(10000)), [Decimal(900)] * 12
    )
    finding = next(each for each in result.findings if each.code == "beheading_interest")
    assert (finding.instrument, finding.article, finding.certainty) == ("civil-code", "670", "text")


def test_money_received_in_full_is_no_beheading() -> None:
    result = monthly_rate(
        Received(Decimal(10000), contract_amount=Decimal(10000)), [Decimal(900)] * 12
    )
    assert "beheading_interest" not in codes(result)


def test_paying_back_less_than_was_received_is_doubted() -> None:
    result = monthly_rate(Received(Decimal(1000)), [Decimal(300)] * 3)
    assert result.monthly_irr < 0
    assert "repaid_less" in codes(result)


def test_payments_with_dates_agree_with_pyxirr() -> None:
    start = date(2026, 1, 5)
    paid = [(start + timedelta(days=31 * month), Decimal(900)) for month in range(1, 13)]
    result = dated_rate(Received(Decimal(10000)), start, paid)
    days = [start, *(day for day, _ in paid)]
    assert result.apr_effective == pytest.approx(pyxirr.xirr(days, [-10000, *[900] * 12]))
    assert result.apr_nominal == pytest.approx(12 * ((1 + result.apr_effective) ** (1 / 12) - 1))


@pytest.mark.parametrize(
    ("lender", "code", "certainty"),
    [
        ("private", "private_four_lpr", "text"),
        ("bank", "licensed_not_four_lpr", "text"),
        ("credit_card", "card_no_fixed_cap", "text"),
        ("consumer_finance", "consumer_finance_guidance", "secondary"),
        ("microloan", "microloan_24", "secondary"),
        ("platform", "platform_24", "secondary"),
        ("guarantee", "local_finance_not_four_lpr", "text"),
        (None, "lender_type_unknown", None),
    ],
)
def test_the_limit_depends_on_who_lends(
    lender: str | None, code: str, certainty: str | None
) -> None:
    found = {each.code: each for each in cap_findings(0.23, lender)}
    assert found[code].certainty == certainty


def test_a_limit_that_was_only_reported_is_said_to_be() -> None:
    for lender in ("microloan", "platform", "consumer_finance"):
        for finding in cap_findings(0.30, lender):
            if finding.certainty == "secondary":
                assert "据公开报道" in finding.text
                assert "以官方文件为准" in finding.text
                assert finding.article is None


def test_what_is_only_remembered_states_no_figure() -> None:
    practice = next(each for each in cap_findings(0.3, "bank") if each.certainty == "memory")
    assert "24%" not in practice.text
    assert practice.article is None


def test_a_licensed_lender_is_never_held_to_the_private_limit() -> None:
    for lender in ("bank", "credit_card", "consumer_finance", "microloan", "platform"):
        assert "private_four_lpr" not in {each.code for each in cap_findings(0.5, lender)}


def test_a_modest_price_raises_no_question() -> None:
    assert list(cap_findings(0.08, "bank")) == []


@pytest.mark.parametrize(("apr", "above"), [(0.24, False), (0.25, True)])
def test_above_what_was_reported(apr: float, above: bool) -> None:
    assert (
        "above_reported_limit" in {each.code for each in cap_findings(apr, "microloan")}
    ) is above
