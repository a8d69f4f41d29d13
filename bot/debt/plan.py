"""The plans a borrower can offer, side by side, and whether they can be kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bot.debt import caution
from bot.debt.allocation import Allocation, pro_rata
from bot.debt.budget import disposable
from bot.debt.case import Case, Debt
from bot.debt.money import FEN, ZERO, percent, to_fen, yuan
from bot.debt.ordering import (
    Course,
    highest_rate_first,
    in_proportion,
    one_after_another,
    secured_first,
    smallest_first,
)
from bot.debt.schedule import (
    Schedule,
    deferred,
    equal_payments,
    months_beyond,
    months_to_clear,
    payment_to_clear,
    stepped_up,
    worth_today,
)
from bot.debt.verdict import Verdict, judged

USUAL_PLAN_APR = Decimal("0.18")
PAUSE = 3  # months of a deferral: long enough to find work, short enough to be granted
PAUSE_WITHOUT_INCOME = 6
SMALL_START = Decimal("0.6")
SMALL_START_MONTHS = 6
LONGEST_COMPARED = 240  # months: beyond twenty years the order of paying decides nothing


class PlanKind(StrEnum):
    """The shapes a repayment plan can take."""

    INTEREST_FREE = "interest_free"
    AMORTISED = "amortised"
    REDUCED_RATE = "reduced_rate"
    DEFERRAL = "deferral"
    STEP_UP = "step_up"
    LUMP_SUM = "lump_sum"
    PRO_RATA = "pro_rata"
    HIGHEST_RATE_FIRST = "highest_rate_first"
    SMALLEST_FIRST = "smallest_first"
    SECURED_FIRST = "secured_first"
    TOKEN_PAYMENT = "token_payment"  # noqa: S105 - a payment, not a secret


@dataclass(frozen=True, slots=True)
class Plan:
    """One way to repay; ``schedule`` is None when it would never be repaid, or only waits."""

    kind: PlanKind
    title: str
    monthly: Decimal
    apr: Decimal
    schedule: Schedule | None
    allocation: tuple[Allocation, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def months(self) -> int | None:
        """Months to the last payment; None when never repaid."""
        return self.schedule.months if self.schedule else None

    @property
    def total(self) -> Decimal | None:
        """Everything that is paid."""
        return self.schedule.total if self.schedule else None

    @property
    def interest(self) -> Decimal | None:
        """What it costs beyond the debt."""
        return self.schedule.interest if self.schedule else None

    @property
    def finish(self) -> date | None:
        """The day of the last payment, where the first day is known."""
        return self.schedule.finish if self.schedule else None


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a case comes to: the figures, the verdict, the plans and what to mind."""

    disposable: Decimal
    total_debt: Decimal
    allocation: tuple[Allocation, ...]
    months_interest_free: int | None
    last_instalment: Decimal | None
    months_at_plan_apr: int | None
    min_monthly_for_60: Decimal
    min_monthly_for_60_at_plan_apr: Decimal
    verdict: Verdict
    plans: tuple[Plan, ...]
    warnings: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()


def assess(case: Case, first_due: date | None = None) -> Assessment:
    """What a borrower can offer; ``first_due`` dates the schedules where it is known."""
    monthly = to_fen(disposable(case.budget))
    apr = USUAL_PLAN_APR if case.plan_apr is None else case.plan_apr
    free = months_to_clear(case.total, monthly)
    amortised = equal_payments(case.total, monthly, apr, first_due)
    at_rate = amortised.months if amortised else months_beyond(case.total, monthly, apr)
    allocation = pro_rata(case.debts, monthly)
    verdict = judged(free, at_rate, case.max_instalments)
    return Assessment(
        disposable=monthly,
        total_debt=to_fen(case.total),
        allocation=allocation,
        months_interest_free=free,
        last_instalment=None if free is None else to_fen(case.total - (free - 1) * monthly),
        months_at_plan_apr=at_rate,
        min_monthly_for_60=payment_to_clear(case.total, case.max_instalments),
        min_monthly_for_60_at_plan_apr=payment_to_clear(case.total, case.max_instalments, apr),
        verdict=verdict,
        plans=tuple(side_by_side(case, monthly, apr, amortised, first_due)),
        warnings=tuple(caution.warnings(case, monthly, verdict, at_rate)),
        assumptions=tuple(caution.assumptions(case, apr)),
    )


def side_by_side(
    case: Case,
    monthly: Decimal,
    apr: Decimal,
    at_rate: Schedule | None,
    first_due: date | None,
) -> Iterator[Plan]:
    """The shapes of a plan, then the orders of paying."""
    if not monthly:
        yield from without_capacity(case)
        return
    shares = pro_rata(case.debts, monthly)
    interest_free = equal_payments(case.total, monthly, first_due=first_due)
    yield Plan(
        PlanKind.INTEREST_FREE, "停息，每月等额", monthly, ZERO, interest_free, shares,
        ("要机构书面同意停息，不是自动停。",),
    )  # fmt: skip
    if apr:
        yield Plan(
            PlanKind.AMORTISED, f"按年化 {percent(apr)} 计息，每月等额", monthly, apr, at_rate,
            shares, () if at_rate else (NEVER,),
        )  # fmt: skip
        yield reduced_rate(case, monthly, apr, first_due)
    yield deferral(case, monthly, apr, first_due)
    yield step_up(case, monthly, first_due)
    if interest_free and apr:
        yield lump_sum(interest_free, apr)
    if len(case.debts) > 1 and at_rate and at_rate.months <= LONGEST_COMPARED:
        yield from orders(case, monthly, apr)


NEVER = "每月付的钱不够当月利息，永远还不清；要先谈停息或降息。"


def reduced_rate(case: Case, monthly: Decimal, apr: Decimal, first_due: date | None) -> Plan:
    """The lender keeps half of the rate."""
    half = apr / 2
    schedule = equal_payments(case.total, monthly, half, first_due)
    return Plan(
        PlanKind.REDUCED_RATE,
        f"利率减半到年化 {percent(half)}",
        monthly,
        half,
        schedule,
        pro_rata(case.debts, monthly),
        () if schedule else (NEVER,),
    )


def deferral(case: Case, monthly: Decimal, apr: Decimal, first_due: date | None) -> Plan:
    """Some months without payment, then instalments."""
    schedule = deferred(case.total, monthly, PAUSE, first_due=first_due)
    accrued = to_fen(case.total * apr / 12 * PAUSE)
    return Plan(
        PlanKind.DEFERRAL,
        f"先延期 {PAUSE} 个月，再停息等额",
        monthly,
        ZERO,
        schedule,
        pro_rata(case.debts, monthly),
        (f"延期期间如照年化 {percent(apr)} 计息，约多 {yuan(accrued)} 元，要一并谈清。",),
    )


def step_up(case: Case, monthly: Decimal, first_due: date | None) -> Plan:
    """A smaller start, then everything the budget allows; never more than it allows."""
    first = to_fen(monthly * SMALL_START)
    schedule = stepped_up(case.total, first, SMALL_START_MONTHS, monthly, first_due=first_due)
    return Plan(
        PlanKind.STEP_UP,
        f"前 {SMALL_START_MONTHS} 个月每月 {yuan(first)} 元，之后每月 {yuan(monthly)} 元（停息）",
        monthly,
        ZERO,
        schedule,
        pro_rata(case.debts, first),
    )


def lump_sum(interest_free: Schedule, apr: Decimal) -> Plan:
    """One payment now that is worth as much to the lender as the interest-free instalments."""
    worth = min(worth_today(interest_free, apr), interest_free.debt)
    fen = int(worth.scaleb(2))
    return Plan(
        PlanKind.LUMP_SUM,
        f"一次结清 {yuan(worth)} 元，其余减免",
        worth,
        ZERO,
        Schedule(interest_free.debt, (fen,), (0,)),
        notes=(
            f"按年化 {percent(apr)} 折算，和停息分期对机构价值相当。",
            "只在手上确有这笔钱时提，不要借新还旧。",
            "先拿到书面减免和结清条件，再付款到机构对公账户。",
        ),
    )


def orders(case: Case, monthly: Decimal, apr: Decimal) -> Iterator[Plan]:
    """Who is paid first, and what each order costs at the debts' own rates."""
    rates = [apr if debt.apr is None else debt.apr for debt in case.debts]
    yield from _course(
        case, PlanKind.PRO_RATA, "按欠款比例分给每家", monthly, rates,
        in_proportion(case.debts, monthly, rates),
    )  # fmt: skip
    choices = [(PlanKind.SMALLEST_FIRST, "先还最小的一笔", smallest_first(case.debts))]
    if len(set(rates)) > 1:
        dearest = highest_rate_first(rates)
        choices.insert(0, (PlanKind.HIGHEST_RATE_FIRST, "先还利率最高的一笔", dearest))
    if any(debt.secured or debt.guaranteed for debt in case.debts):
        choices.append(
            (PlanKind.SECURED_FIRST, "先还有抵押、有担保的一笔", secured_first(case.debts))
        )
    for kind, title, order in choices:
        course = one_after_another(case.debts, monthly, rates, order)
        yield from _course(case, kind, title, monthly, rates, course)


def without_capacity(case: Case) -> Iterator[Plan]:
    """Nothing is left to pay with: ask to wait, or offer a small sum as a sign of good faith."""
    yield Plan(
        PlanKind.DEFERRAL,
        f"延期 {PAUSE_WITHOUT_INCOME} 个月，期间停息停催，之后按当时收入再谈",
        ZERO,
        ZERO,
        None,
        pro_rata(case.debts, ZERO),
        ("现在没有余钱，不要从吃饭、房租、看病的钱里还。",),
    )
    rest = (case.budget.left_over or ZERO) + (case.budget.buffer or ZERO)
    token = min(to_fen(rest / 2), Decimal("100.00"))
    if token >= FEN:
        yield Plan(
            PlanKind.TOKEN_PAYMENT,
            f"延期期间每月象征性还 {yuan(token)} 元",
            token,
            ZERO,
            None,
            pro_rata(case.debts, token),
            ("这笔钱来自应急金，应急金会少于你想留的数；可以不提。",),
        )


def _course(
    case: Case,
    kind: PlanKind,
    title: str,
    monthly: Decimal,
    rates: list[Decimal],
    course: Course | None,
) -> Iterator[Plan]:
    if course is None:
        return
    total = sum((debt.claim for debt in case.debts), ZERO)
    weighted = sum((debt.claim * rate for debt, rate in zip(case.debts, rates, strict=True)), ZERO)
    yield Plan(
        kind,
        title,
        monthly,
        weighted / total,
        course.schedule,
        _first_parts(case.debts, course),
        tuple(
            f"{debt.creditor}：第 {month} 个月还清"
            for debt, month in zip(case.debts, course.finished, strict=True)
        ),
    )


def _first_parts(debts: tuple[Debt, ...], course: Course) -> tuple[Allocation, ...]:
    return tuple(
        Allocation(debt.creditor, debt.claim, part)
        for debt, part in zip(debts, course.first, strict=True)
    )
