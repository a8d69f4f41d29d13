"""What a borrower must mind about a plan, and what was assumed to compute it."""

from collections.abc import Iterator
from decimal import Decimal

from bot.debt.budget import Budget
from bot.debt.case import LONGEST_CARD_PLAN, Case, Debt
from bot.debt.living_costs import second_look
from bot.debt.money import percent, yuan
from bot.debt.verdict import Verdict

CARD = "credit_card"
DEAR = Decimal("0.24")  # only decides when to suggest a check; the words state no limit


def warnings(case: Case, monthly: Decimal, verdict: Verdict, at_rate: int | None) -> Iterator[str]:
    """What to mind, the gravest first."""
    yield from _about_the_budget(case.budget, monthly)
    yield from second_look(case.budget)
    if verdict is Verdict.NO_CAPACITY:
        yield from _without_capacity()
    if monthly and at_rate is None:
        yield "按计划利率，每月付的钱不够当月利息，永远还不清；要先谈停息或降息。"
    if verdict is Verdict.INFEASIBLE_OVER_60:
        yield (
            f"即使停息，{case.max_instalments} 期内也还不清。可以谈减免、延期或更长的期限，"
            "不要为了凑期数多承诺；深圳、厦门有个人破产方面的地方法规（据公开报道，以官方文件为准）。"
        )
    yield from _about_sixty(case)
    yield from _about_security(case.debts)
    yield from _about_prices(case.debts)


def assumptions(case: Case, apr: Decimal) -> Iterator[str]:
    """What was taken for granted, so that it can be put right."""
    if case.budget.buffer is None and case.budget.left_over is not None:
        yield "没有写应急钱，按 0 元算；能留一点更稳。"
    if case.budget.left_over is None and case.budget.pledge is not None:
        yield f"没有写全收入和开支，按你说的每月能还 {yuan(case.budget.pledge)} 元算。"
    if case.plan_apr is None:
        yield f"没有写谈成后的利率，计息方案按年化 {percent(apr)} 算，只用来比较。"
    yield "每月月底还一次，利息按月计算，四舍五入到分。"
    if not any(debt.interest or debt.fees for debt in case.debts):
        yield "欠款按你写的数算，没有另加利息和违约金；以机构的费用明细为准。"
    if any(debt.apr is None for debt in case.debts) and len(case.debts) > 1:
        yield f"没有写利率的欠款，比较先还谁时也按年化 {percent(apr)} 算。"
    if case.max_instalments != LONGEST_CARD_PLAN:
        yield f"最长期数按你写的 {case.max_instalments} 期算。"
    for debt in case.debts:
        if debt.remaining_instalments:
            yield (
                f"{debt.creditor}还有 {debt.remaining_instalments} 期没还，这里按全部欠款一起算；"
                "没到期的部分，先问清机构是否要求提前还。"
            )


def _about_the_budget(budget: Budget, monthly: Decimal) -> Iterator[str]:
    left = budget.left_over
    if left is None:
        return
    if left < 0:
        gap = yuan(-left)
        yield f"收入减去必要开支和应急钱，每月还差 {gap} 元；先保住生活，不要借新还旧。"
    if budget.pledge is not None and budget.pledge > monthly:
        yield (
            f"你说每月能还 {yuan(budget.pledge)} 元，但收入减开支和应急只剩 {yuan(monthly)} 元，"
            "按剩下的算；承诺做不到比少承诺更伤。"
        )
    if budget.essentials == 0:
        yield "必要开支写的是 0 元，吃住、交通、看病都要先留出来，请补上再定金额。"


def _without_capacity() -> Iterator[str]:
    yield "每月没有余钱可还：先谈延期和停息，或只还一点表示诚意，不要动吃饭、房租、看病的钱。"
    yield (
        "基本生活有困难，可以向乡镇、街道申请临时救助；符合条件的可以申请最低生活保障"
        "（社会救助法第29、37条，2026-07-01 起施行）。"
    )
    yield "深圳、厦门有个人破产方面的地方法规，据公开报道各有居住年限等条件，以官方文件为准。"


def _about_sixty(case: Case) -> Iterator[str]:
    """The five-year instalments are for credit cards, by agreement; nobody else is bound."""
    cards = [debt.creditor for debt in case.debts if is_card(debt)]
    others = [debt.creditor for debt in case.debts if not is_card(debt)]
    if cards:
        yield (
            f"{'、'.join(cards)}是信用卡，可以申请最长 60 期（5 年）的个性化分期；"
            "银行“可以”和你协商，不是必须同意（商业银行信用卡业务监督管理办法第70条）。"
        )
        if case.max_instalments > LONGEST_CARD_PLAN:
            yield f"你写的 {case.max_instalments} 期超过了信用卡个性化分期最长的 60 期。"
    if others:
        yield (
            f"{'、'.join(others)}不是信用卡（按你写的名称判断），「最长 60 期」的个性化分期"
            "规则不能直接套用，只能和机构协商，机构可以不同意。"
        )


def is_card(debt: Debt) -> bool:
    """Whether a debt is on a credit card, by its type or by its name."""
    return debt.lender_type == CARD or "信用卡" in debt.creditor


def _about_security(debts: tuple[Debt, ...]) -> Iterator[str]:
    secured = [debt.creditor for debt in debts if debt.secured]
    guaranteed = [debt.creditor for debt in debts if debt.guaranteed]
    if secured:
        yield (
            f"{'、'.join(secured)}有抵押，断供可能失去房子或车；先保住这一笔，"
            "再和其他机构按剩下的钱谈。"
        )
    if guaranteed:
        yield f"{'、'.join(guaranteed)}有担保人，你还不上时机构可能找担保人；先和担保人说清楚。"


def _about_prices(debts: tuple[Debt, ...]) -> Iterator[str]:
    for debt in debts:
        if debt.apr is not None and debt.apr > DEAR:
            yield (
                f"{debt.creditor}的年化 {percent(debt.apr)} 偏高，先要费用明细，"
                "把手续费、担保费、会员费都算进真实年化再谈。"
            )
