"""What a finished interview says, and the letters it offers to make."""

from collections.abc import Iterator

from bot.debt.case import Case
from bot.debt.caution import is_card
from bot.debt.money import yuan
from bot.debt.plan import Assessment, Plan, PlanKind
from bot.debt.verdict import Verdict

CHART, OVERVIEW = "chart", "plan-overview"
TO_LOOK_AT = (CHART, OVERVIEW)  # nothing in them is to be filled in, nobody is to be sent them
LETTERS = {
    "看方案表": OVERVIEW,
    "写协商信": "negotiation-letter",
    "写信用卡分期申请": "instalment-application",
    "写困难说明": "hardship-statement",
    "打电话怎么说": "phone-script",
    "要合同和费用明细": "documents-request",
    "让他们别联系家人": "stop-third-party-contact",
}


def result_lines(case: Case, assessed: Assessment) -> Iterator[str]:
    """The figures first, then the plans side by side, then what to mind."""
    monthly = yuan(assessed.disposable)
    yield f"**每月能还 {monthly} 元，共欠 {yuan(assessed.total_debt)} 元。**"
    if assessed.disposable:
        shares = "，".join(f"{each.creditor} {yuan(each.monthly)}" for each in assessed.allocation)
        yield f"按欠款比例，每月：{shares}。"
    yield from (f"· {line}" for line in _plans(assessed.plans))
    yield _VERDICTS[assessed.verdict].format(longest=case.max_instalments)
    yield from assessed.warnings[:3]
    yield "机构可以不同意；书面提出来、附上证明、说到做到，机会更大。"


def _plans(plans: tuple[Plan, ...]) -> Iterator[str]:
    for plan in plans:
        if plan.kind in (PlanKind.INTEREST_FREE, PlanKind.AMORTISED, PlanKind.REDUCED_RATE):
            if plan.months is None or plan.interest is None:
                yield f"{plan.title}：还不清"
                continue
            extra = f"，多还 {yuan(plan.interest)} 元" if plan.interest else ""
            yield f"{plan.title}：{plan.months} 个月还清{extra}"
        elif plan.kind is PlanKind.DEFERRAL and not plan.monthly:
            yield plan.title


_VERDICTS = {
    Verdict.FEASIBLE: "{longest} 期以内还得清，计息也做得到。",
    Verdict.FEASIBLE_INTEREST_FREE_ONLY: "只有停息（或大幅降息）才能在 {longest} 期以内还清，这是协商的重点。",
    Verdict.INFEASIBLE_OVER_60: "就算停息，{longest} 期也还不清，要谈减免或者更长的期限。",
    Verdict.NO_CAPACITY: "现在没有余钱可还。",
}


def offers(case: Case, assessed: Assessment) -> Iterator[str]:
    """The buttons: only letters that fit these debts, a chart only where there is a line."""
    cards = [debt for debt in case.debts if is_card(debt)]
    if len(cards) < len(case.debts):
        yield "写协商信"
    if cards:
        yield "写信用卡分期申请"
    if any(plan.schedule for plan in assessed.plans):
        yield "看图表"
    yield from ("看方案表", "打电话怎么说", "写困难说明", "改一下")
