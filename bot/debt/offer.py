"""A lender's counter-offer, judged by its true price and by what the borrower can pay."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bot.debt.money import ZERO, percent, to_fen, yuan
from bot.debt.rate import RateResult, Received, flat_fee, monthly_rate
from bot.debt.schedule import months_to_clear, payment_to_clear

SOON = 14  # days: a deadline this short is pressure


class OfferKind(StrEnum):
    """What a lender proposes."""

    INSTALMENTS = "instalments"
    LUMP_SUM = "lump_sum"


@dataclass(frozen=True, slots=True)
class Offer:
    """A lender's proposal: instalments with a fee or interest, or a reduced sum paid at once.

    ``fee_rate`` is the fee a month as a fraction of the first principal, ``apr`` the interest a
    year on what is still owed, ``instalment`` the sum a month where that is what was named;
    ``discount`` is the fraction of the debt that is waived, and
    ``within_days`` how soon the sum must be paid.
    """

    kind: OfferKind
    principal: Decimal
    months: int = 1
    fee_rate: Decimal = Decimal(0)
    apr: Decimal = Decimal(0)
    instalment: Decimal | None = None
    discount: Decimal = Decimal(0)
    within_days: int | None = None
    creditor: str | None = None
    lender_type: str | None = None


@dataclass(frozen=True, slots=True)
class OfferJudgement:
    """What an offer means for this borrower; unknown where their budget is.

    ``own_monthly`` and ``own_months`` are the borrower's interest-free plan for the same debt;
    ``extra_against_plan`` is what the offer costs more than it (less, when negative).
    """

    monthly: Decimal
    total: Decimal
    extra: Decimal
    rate: RateResult | None
    affordable: bool | None
    left_after: Decimal | None
    own_monthly: Decimal | None
    own_months: int | None
    extra_against_plan: Decimal
    ask_for: tuple[str, ...]
    findings: tuple[str, ...]


def judge(
    offer: Offer,
    capacity: Decimal | None = None,
    own_monthly: Decimal | None = None,
    savings: Decimal | None = None,
) -> OfferJudgement:
    """Judge an offer.

    ``capacity`` is what the borrower can pay a month in all, ``own_monthly`` the part meant for
    this creditor, ``savings`` what is at hand without borrowing.
    """
    if offer.kind is OfferKind.LUMP_SUM:
        return _judge_lump_sum(offer, capacity, own_monthly, savings)
    payments = _payments(offer)
    advertised = offer.apr or offer.fee_rate * 12 or None
    rate = monthly_rate(Received(offer.principal), payments, offer.lender_type, advertised)
    return OfferJudgement(
        monthly=payments[0],
        total=rate.total_repaid,
        extra=rate.total_cost,
        rate=rate,
        affordable=None if capacity is None else payments[0] <= capacity,
        left_after=None if capacity is None else capacity - payments[0],
        own_monthly=own_monthly,
        own_months=months_to_clear(offer.principal, own_monthly) if own_monthly else None,
        extra_against_plan=rate.total_cost,
        ask_for=tuple(_ask_of_instalments(rate, payments[0], capacity)),
        findings=tuple(_about_instalments(rate, payments[0], capacity, own_monthly)),
    )


def _payments(offer: Offer) -> list[Decimal]:
    if offer.instalment is not None:
        return [offer.instalment] * offer.months
    if not offer.apr:
        return flat_fee(offer.principal, offer.months, offer.fee_rate)
    return [payment_to_clear(offer.principal, offer.months, offer.apr)] * offer.months


def _about_instalments(
    rate: RateResult, monthly: Decimal, capacity: Decimal | None, own_monthly: Decimal | None
) -> Iterator[str]:
    yield (
        f"每月约 {yuan(monthly)} 元，总共多还 {yuan(rate.total_cost)} 元；"
        f"真实年化约 {percent(Decimal(rate.apr_nominal))}。"
    )
    if capacity is None:
        return
    if monthly > capacity:
        yield (
            f"你每月能拿出 {yuan(capacity)} 元，这个方案每月差 {yuan(monthly - capacity)} 元："
            "不要答应，答应了做不到会更被动。"
        )
        return
    yield f"你每月能拿出 {yuan(capacity)} 元，付得起，会剩 {yuan(capacity - monthly)} 元。"
    if own_monthly is not None and monthly > own_monthly:
        yield (
            f"但它比按比例留给这一家的 {yuan(own_monthly)} 元多 {yuan(monthly - own_monthly)} 元，"
            "其他几家就要少还，先算清再答应。"
        )


def _ask_of_instalments(
    rate: RateResult, monthly: Decimal, capacity: Decimal | None
) -> Iterator[str]:
    if capacity is not None and 0 < capacity < monthly:
        months = months_to_clear(rate.total_repaid, capacity)
        yield f"把期数拉长到 {months} 期左右，让每期不超过 {yuan(capacity)} 元"
    if rate.total_cost > 0:
        yield "手续费、利息打折或免收"
    yield "减免已经产生的违约金和罚息"
    yield "协议写明按期还款就不再计收罚息、违约金"
    yield "协议写明按期还款期间停止催收、不联系家人和单位"
    yield "写明每期金额、日期、征信怎么报、还清后开结清证明"


def _judge_lump_sum(
    offer: Offer, capacity: Decimal | None, own_monthly: Decimal | None, savings: Decimal | None
) -> OfferJudgement:
    total = to_fen(offer.principal * (1 - offer.discount))
    return OfferJudgement(
        monthly=total,
        total=total,
        extra=ZERO,
        rate=None,
        affordable=_can_pay_at_once(total, capacity, savings),
        left_after=None if savings is None else savings - total,
        own_monthly=own_monthly,
        own_months=months_to_clear(offer.principal, own_monthly) if own_monthly else None,
        extra_against_plan=total - offer.principal,
        ask_for=tuple(_ask_of_lump_sum(offer, total, own_monthly)),
        findings=tuple(_about_lump_sum(offer, total, capacity, savings)),
    )


def _can_pay_at_once(
    total: Decimal, capacity: Decimal | None, savings: Decimal | None
) -> bool | None:
    """Known only with savings, or where one month's money is already enough."""
    if savings is not None:
        return total <= savings
    return True if capacity is not None and total <= capacity else None


def _about_lump_sum(
    offer: Offer, total: Decimal, capacity: Decimal | None, savings: Decimal | None
) -> Iterator[str]:
    yield (
        f"减免 {percent(offer.discount)}，一次付 {yuan(total)} 元，"
        f"少还 {yuan(offer.principal - total)} 元。"
    )
    if savings is not None and total > savings:
        yield f"手上只有 {yuan(savings)} 元，还差 {yuan(total - savings)} 元；不要借新还旧来凑。"
    elif savings is None and (capacity is None or total > capacity):
        yield "只有手上真有这笔钱才考虑；不要借新还旧来凑，也不要动房租、看病的钱。"
    if offer.within_days is not None and offer.within_days <= SOON:
        yield "期限很短是催款的压力，没有书面协议之前不要付。"


def _ask_of_lump_sum(offer: Offer, total: Decimal, own_monthly: Decimal | None) -> Iterator[str]:
    yield "先给书面的减免结清确认：结清金额、减免金额、付清后不再追讨余额"
    yield "付款到机构对公账户或官方 App，不付到个人账户"
    if offer.within_days is not None and offer.within_days <= SOON:
        yield "把付款期限放宽"
    yield f"同样的减免能不能分 3 期付，每期 {yuan(to_fen(total / 3))} 元"
    if own_monthly:
        yield f"如果不行，按每月 {yuan(own_monthly)} 元停息分期"
    yield "付清后开结清证明，写明征信怎么报"
