"""What a loan truly costs a year, from what was received and what is paid back."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pyxirr

from bot.debt.caps import Finding, cap_findings
from bot.debt.money import ZERO, percent, to_fen, yuan

SHORT_DAYS = 14  # loans of a week or two that are rolled over for a fee each time
DAYS_A_MONTH = 30
ROUNDING = 0.005  # months of unequal length alone make a price differ by less
DAYS_A_YEAR = 365


@dataclass(frozen=True, slots=True)
class RateResult:
    """A loan's true price; rates are fractions, the monthly one a month, the others a year.

    A rate is None where it is beyond counting (a few days at a high price, compounded).
    """

    monthly_irr: float | None
    apr_nominal: float
    apr_effective: float | None
    total_repaid: Decimal
    total_cost: Decimal
    findings: tuple[Finding, ...] = ()
    assumptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Received:
    """What reached the borrower: the money, the fees paid at the start, the sum in the contract."""

    amount: Decimal
    upfront_fees: Decimal = ZERO
    contract_amount: Decimal | None = None

    @property
    def fees_withheld(self) -> bool:
        """Whether the fees are the difference to the contract, already missing from the money."""
        return (
            self.contract_amount is not None
            and bool(self.upfront_fees)
            and (self.contract_amount - self.amount == self.upfront_fees)
        )

    @property
    def net(self) -> Decimal:
        """What the borrower could really use."""
        return self.amount if self.fees_withheld else self.amount - self.upfront_fees


def monthly_rate(
    received: Received,
    payments: Sequence[Decimal],
    lender_type: str | None = None,
    advertised: Decimal | None = None,
) -> RateResult:
    """The price of a loan paid back at each month's end."""
    rate = internal_rate([-received.net, *payments])
    repaid = sum(payments, ZERO)
    result = RateResult(
        monthly_irr=rate,
        apr_nominal=12 * rate,
        apr_effective=compounded(rate, 12),
        total_repaid=to_fen(repaid),
        total_cost=to_fen(repaid - received.net),
        assumptions=("每期按一个月、期末还款算。", *about_fees(received)),
    )
    return with_findings(result, received, lender_type, advertised)


def days_rate(
    received: Received,
    repay: Decimal,
    days: int,
    lender_type: str | None = None,
    advertised: Decimal | None = None,
) -> RateResult:
    """The price of a loan paid back at once after some days."""
    growth = float(repay / received.net)
    result = RateResult(
        monthly_irr=compounded(growth - 1, DAYS_A_MONTH / days),
        apr_nominal=(growth - 1) * DAYS_A_YEAR / days,
        apr_effective=compounded(growth - 1, DAYS_A_YEAR / days),
        total_repaid=to_fen(repay),
        total_cost=to_fen(repay - received.net),
        assumptions=(
            f"名义年化是单利：{days} 天的费用按一年 365 天折算；月利率按 30 天复利折算。",
            *about_fees(received),
        ),
    )
    result = with_findings(result, received, lender_type, advertised)
    if days <= SHORT_DAYS:
        result = replace(result, findings=(short_loan(days), *result.findings))
    return result


def dated_rate(
    received: Received,
    received_on: date,
    payments: Sequence[tuple[date, Decimal]],
    lender_type: str | None = None,
    advertised: Decimal | None = None,
) -> RateResult:
    """The price of a loan whose payments have their dates."""
    days = [received_on, *(day for day, _ in payments)]
    flows = [float(-received.net), *(float(paid) for _, paid in payments)]
    yearly = pyxirr.xirr(days, flows)
    if yearly is None:
        raise ValueError("no rate fits these payments")
    monthly = (1 + yearly) ** (1 / 12) - 1
    repaid = sum((paid for _, paid in payments), ZERO)
    result = RateResult(
        monthly_irr=monthly,
        apr_nominal=12 * monthly,
        apr_effective=yearly,
        total_repaid=to_fen(repaid),
        total_cost=to_fen(repaid - received.net),
        assumptions=("按实际日期、一年 365 天算（XIRR）。", *about_fees(received)),
    )
    return with_findings(result, received, lender_type, advertised)


def flat_fee(principal: Decimal, months: int, fee_rate: Decimal) -> list[Decimal]:
    """Instalments whose fee is always on the first principal; the last takes the remainder.

    >>> [str(paid) for paid in flat_fee(Decimal(20000), 18, Decimal("0.007"))[::17]]
    ['1251.11', '1251.13']
    """
    total = to_fen(principal + principal * fee_rate * months)
    each = to_fen(principal / months + principal * fee_rate)
    return [each] * (months - 1) + [total - each * (months - 1)]


def internal_rate(flows: Sequence[Decimal]) -> float:
    """The rate a period at which the payments are worth what was received.

    >>> round(internal_rate([Decimal(-20000), *[Decimal("1251.11")] * 18]), 4)
    0.0128
    """
    numbers = [float(flow) for flow in flows]
    rate = pyxirr.irr(numbers, guess=0.01, silent=True)
    if rate is None or not math.isfinite(rate) or not fits(rate, numbers):
        return bisected(numbers)
    return float(rate)


def fits(rate: float, flows: Sequence[float]) -> bool:
    """Whether the rate makes the flows worth nothing, to a hundredth of a fen in the yuan."""
    return rate > -1 and abs(present_value(rate, flows)) < 1e-6 * max(1.0, abs(flows[0]))


def bisected(flows: Sequence[float]) -> float:
    """Slower than Newton, but it cannot diverge: one received sum, then only payments."""
    low, high = -0.9999, 1.0
    while present_value(high, flows) > 0:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if present_value(middle, flows) > 0 else (low, middle)
    return (low + high) / 2


def present_value(rate: float, flows: Sequence[float]) -> float:
    """What flows at whole periods are worth at the start."""
    return sum(flow / (1 + rate) ** period for period, flow in enumerate(flows))


def compounded(rate: float, periods: float) -> float | None:
    """A period's rate compounded; None where the number is too large to mean anything."""
    if rate > -1 and math.log10(1 + rate) * periods > 12:
        return None
    return float((1 + rate) ** periods - 1)


def with_findings(
    result: RateResult, received: Received, lender_type: str | None, advertised: Decimal | None
) -> RateResult:
    """The result with everything noticed about its price."""
    findings: list[Finding] = []
    contract = received.contract_amount
    if contract is not None and contract > received.net:
        findings.append(withheld_interest(contract, received.net))
    elif received.upfront_fees:
        findings.append(fees_at_the_start(received.upfront_fees))
    if advertised is not None and result.apr_nominal > float(advertised) + ROUNDING:
        findings.append(dearer_than_said(result.apr_nominal, advertised))
    if result.total_cost < 0:
        findings.append(Finding("repaid_less", "还的钱比到手的少，请核对有没有漏写。"))
    findings.extend(cap_findings(result.apr_nominal, lender_type))
    return replace(result, findings=tuple(findings))


def withheld_interest(contract: Decimal, net: Decimal) -> Finding:
    """砍头息: interest taken out of the money before it is handed over."""
    return Finding(
        "beheading_interest",
        f"合同写 {yuan(contract)} 元，实际到手 {yuan(net)} 元，少了 {yuan(contract - net)} 元："
        "预先扣掉的利息不算本金，按实际到手的数还本计息（民法典第670条）。"
        "如果扣的是另行约定的服务，请要合同和费用明细核对。",
        "text",
        "civil-code",
        "670",
    )


def fees_at_the_start(fees: Decimal) -> Finding:
    """Fees paid before the money could be used."""
    return Finding(
        "upfront_fees",
        f"前期费用 {yuan(fees)} 元已经算进真实年化。如果是先扣利息（砍头息），"
        "本金按实际到手的数算（民法典第670条）。",
        "text",
        "civil-code",
        "670",
    )


def short_loan(days: int) -> Finding:
    """A loan of a week or two."""
    return Finding(
        "short_term_loan",
        f"{days} 天的短借很容易滚成大账：不要续期、不要借新还旧，"
        "保存合同、转账和聊天记录，先查放款方有没有放贷资质。",
    )


def dearer_than_said(true: float, advertised: Decimal) -> Finding:
    """The price named is lower than the price paid."""
    return Finding(
        "above_advertised",
        f"宣传的折成一年约 {percent(advertised)}，真实年化约 {percent(Decimal(true))}："
        "因为本金每月在减少，费用却没有跟着减。",
    )


def about_fees(received: Received) -> tuple[str, ...]:
    """How fees at the start were counted."""
    if received.fees_withheld:
        return ("前期费用正好是合同金额和到手金额的差，算作已经扣掉，没有重复扣。",)
    if received.upfront_fees:
        return (f"前期费用 {yuan(received.upfront_fees)} 元从到手的钱里扣掉再算。",)
    return ()
