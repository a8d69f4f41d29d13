"""The tables within letters: budget, debts, plans side by side, shares, the schedule."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from bot.debt.money import ZERO, yuan
from bot.debt.plan import Assessment, PlanKind, assess
from bot.drafting.facts import BLANK, day_in_chinese
from bot.drafting.matter import Matter
from bot.drafting.proposal import proposals

Row = tuple[str, ...]
MOST_ROWS = 8  # more than this are summed up in the last row: the page is one


def _budget_rows(matter: Matter) -> Iterator[Row]:
    budget = matter.case.budget
    yield "项目", "每月金额"
    yield from ((each.label, yuan(each.amount)) for each in budget.incomes[1:] and budget.incomes)
    yield "收入合计", _or_blank(budget.income)
    named = budget.spending if len(budget.spending) <= MOST_ROWS else ()
    yield from ((each.label, yuan(each.amount)) for each in named)
    yield "必要开支合计", _or_blank(budget.essentials)
    yield "预留应急", _or_blank(budget.buffer)


def _debt_rows(matter: Matter) -> Iterator[Row]:
    debts = matter.case.debts
    yield "机构", "欠款合计", "逾期天数"
    shown = debts if len(debts) <= MOST_ROWS else debts[: MOST_ROWS - 1]
    for debt in shown:
        days = BLANK if debt.overdue_days is None else str(debt.overdue_days)
        yield debt.creditor, yuan(debt.claim), days
    if rest := debts[len(shown) :]:
        yield f"其余 {len(rest)} 笔", yuan(sum((each.claim for each in rest), Decimal(0))), ""
    yield "合计", yuan(matter.case.total), ""


def _plan_rows(matter: Matter) -> Iterator[Row]:
    yield "方案", "每月", "几个月", "一共还", "多还"
    for plan in assessed(matter).plans:
        if plan.schedule is None:
            yield plan.title, yuan(plan.monthly), "还不清" if plan.monthly else "", "", ""
        else:
            total, interest = plan.schedule.total, plan.schedule.interest
            yield plan.title, yuan(plan.monthly), str(plan.months), yuan(total), yuan(interest)


def _share_rows(matter: Matter) -> Iterator[Row]:
    yield "机构", "欠款", "每月", "几期", "最后一期"
    for each in proposals(matter.case):
        months, last = each.months, each.last
        yield (
            each.debt.creditor,
            yuan(each.debt.claim),
            yuan(each.monthly or ZERO),
            "" if months is None else str(months),
            "" if last is None else yuan(last),
        )


def _schedule_rows(matter: Matter) -> Iterator[Row]:
    """The interest-free plan's first instalments and its last."""
    yield "期", "日期", "还款", "还剩"
    plan = next((p for p in assessed(matter).plans if p.kind is PlanKind.INTEREST_FREE), None)
    rows = plan.schedule.instalments if plan and plan.schedule else ()
    shown = rows if len(rows) <= MOST_ROWS else (*rows[: MOST_ROWS - 2], rows[-1])
    for each in shown:
        day = day_in_chinese(each.due) if each.due else BLANK
        if each is rows[-1] and len(rows) > MOST_ROWS:
            yield "……", "", "", ""
        yield str(each.number), day, yuan(each.payment), yuan(each.balance)


def assessed(matter: Matter) -> Assessment:
    """The case's plans, dated where the first day is known."""
    return assess(matter.case, matter.particulars.first_due)


def _or_blank(amount: Decimal | None) -> str:
    return BLANK if amount is None else yuan(amount)


TABLES: dict[str, Callable[[Matter], Iterator[Row]]] = {
    "budget": _budget_rows,
    "debts": _debt_rows,
    "plans": _plan_rows,
    "shares": _share_rows,
    "schedule": _schedule_rows,
}
