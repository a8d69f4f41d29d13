"""The words that fill a letter's blanks, and what is known for choosing its sentences."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from bot.debt.budget import Budget, disposable
from bot.debt.caution import is_card
from bot.debt.money import percent, to_fen, yuan
from bot.debt.offer import Offer, OfferJudgement, judge
from bot.drafting.matter import Matter, Particulars
from bot.drafting.proposal import PAUSE_WITHOUT_MONEY, Proposal

BLANK = "＿＿＿＿"
FACTS = frozenset(
    {each.name for each in fields(Particulars)}
    | {"creditor", "addressee", "you", "today", "claim", "principal", "interest", "fees"}
    | {"overdue_days", "income", "essentials", "buffer", "disposable", "dependants"}
    | {"total_debt", "creditor_count", "monthly", "months", "last", "limit", "limit_sum"}
    | {"limit_rest", "pause_months", "offer_principal", "offer_months", "offer_monthly"}
    | {"offer_total", "offer_extra", "offer_rate", "offer_waived", "offer_deadline"}
    | {"offer_third", "settlement_waived", "certificate_days"}
)
SITUATIONS = frozenset(
    {"budget", "debts", "offer", "overdue", "current", "breakdown", "budget_told", "several"}
    | {"can_pay", "cannot_pay", "within_limit", "beyond_limit", "card", "settlement_both"}
    | {"offer_instalments", "offer_lump_sum", "offer_costs", "offer_hurried"}
    | {"offer_affordable", "offer_above_share", "offer_unaffordable", "offer_unsure"}
)
_BANKS = ("bank", "credit_card")


@dataclass(frozen=True, slots=True)
class Facts:
    """Words by the name of their blank, and the situations that hold."""

    words: Mapping[str, str]
    situations: frozenset[str]

    @property
    def known(self) -> frozenset[str]:
        """Everything a sentence can depend on."""
        return self.situations | self.words.keys()


def facts_of(matter: Matter, proposal: Proposal | None) -> Facts:
    """The facts for one creditor's letter, or for one about all debts."""
    words = dict(_told(matter.particulars, matter.today))
    words.update(_about_budget(matter))
    situations = set(_budget_situations(matter))
    if proposal is not None:
        words.update(_about_debt(proposal))
        situations.update(_debt_situations(proposal))
        situations.update(_settlement(words, matter.particulars, proposal))
    if proposal is not None and matter.offer is not None:
        judged = _judged(matter.offer, matter, proposal)
        words.update(_about_offer(matter.offer, judged))
        situations.update(_offer_situations(matter.offer, judged))
        situations.add(_affordability(judged, proposal))
    return Facts(words, frozenset(situations))


def day_in_chinese(day: date) -> str:
    """A day as letters write it.

    >>> day_in_chinese(date(2026, 12, 1))
    '2026年12月1日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def _told(given: Particulars, today: date) -> Iterator[tuple[str, str]]:
    yield "today", day_in_chinese(today)
    for each in fields(given):
        value = getattr(given, each.name)
        if value is None or isinstance(value, bool):
            if value:
                yield each.name, "是"
        elif isinstance(value, date):
            yield each.name, day_in_chinese(value)
        elif isinstance(value, Decimal):
            yield each.name, yuan(value)
        else:
            yield each.name, str(value).strip().rstrip("。.；;，,")


def _about_budget(matter: Matter) -> Iterator[tuple[str, str]]:
    budget, debts = matter.case.budget, matter.case.debts
    yield "pause_months", str(PAUSE_WITHOUT_MONEY)
    for name, amount in (("income", budget.income), ("essentials", budget.essentials),
                         ("buffer", budget.buffer)):  # fmt: skip
        if amount is not None:
            yield name, yuan(amount)
    if budget.dependants:
        yield "dependants", str(budget.dependants)
    if budget.complete:
        yield "disposable", yuan(to_fen(disposable(budget)))
    if matter.case.total:
        yield "total_debt", yuan(matter.case.total)
        yield "creditor_count", str(len(debts))


def _budget_situations(matter: Matter) -> Iterator[str]:
    budget: Budget = matter.case.budget
    if budget.complete:
        yield "budget"
        yield "can_pay" if disposable(budget) else "cannot_pay"
    if budget.left_over is not None:
        yield "budget_told"
    if matter.case.total:
        yield "debts"
    if len(matter.case.debts) > 1:
        yield "several"
    if matter.offer is not None:
        yield "offer"


def _about_debt(proposal: Proposal) -> Iterator[tuple[str, str]]:
    debt = proposal.debt
    if debt.creditor:
        yield "creditor", debt.creditor
        yield "addressee", debt.creditor + "中心" * debt.creditor.endswith("信用卡")
    is_bank = debt.lender_type in _BANKS or "银行" in debt.creditor
    yield "you", "贵行" if is_bank else "您" if debt.lender_type == "private" else "贵公司"
    if debt.claim:
        yield "claim", yuan(debt.claim)
        yield "principal", yuan(debt.principal)
        yield "interest", yuan(debt.interest)
        yield "fees", yuan(debt.fees)
    if debt.overdue_days is not None:
        yield "overdue_days", str(debt.overdue_days)
    if proposal.monthly and proposal.months and proposal.last is not None:
        yield "monthly", yuan(proposal.monthly)
        yield "months", str(proposal.months)
        yield "last", yuan(proposal.last)
        yield "limit_sum", yuan(proposal.sum_within_limit)
        yield "limit_rest", yuan(debt.claim - proposal.sum_within_limit)
    yield "limit", str(proposal.longest)


def _debt_situations(proposal: Proposal) -> Iterator[str]:
    debt = proposal.debt
    if debt.overdue_days is not None:
        yield "overdue" if debt.overdue_days else "current"
    if debt.interest or debt.fees:
        yield "breakdown"
    if is_card(debt):
        yield "card"
    if proposal.can_pay:
        yield "within_limit" if proposal.within_limit else "beyond_limit"


def _settlement(words: dict[str, str], given: Particulars, proposal: Proposal) -> Iterator[str]:
    """What is waived, where both the claim and the agreed sum are known."""
    agreed, claim = given.settlement_amount, proposal.debt.claim
    if agreed is not None and claim > agreed:
        words["settlement_waived"] = yuan(claim - agreed)
        yield "settlement_both"


def _judged(offer: Offer, matter: Matter, proposal: Proposal) -> OfferJudgement:
    budget = matter.case.budget
    capacity = to_fen(disposable(budget)) if budget.complete else None
    return judge(offer, capacity, proposal.monthly, matter.savings)


def _about_offer(offer: Offer, judged: OfferJudgement) -> Iterator[tuple[str, str]]:
    yield "offer_principal", yuan(offer.principal)
    yield "offer_months", str(offer.months)
    yield "offer_monthly", yuan(judged.monthly)
    yield "offer_total", yuan(judged.total)
    yield "offer_extra", yuan(judged.extra)
    yield "offer_waived", yuan(offer.principal - judged.total)
    yield "offer_third", yuan(to_fen(judged.total / 3))
    if judged.rate is not None:
        yield "offer_rate", percent(Decimal(judged.rate.apr_nominal))
    if offer.within_days is not None:
        yield "offer_deadline", f" {offer.within_days} 天内" if offer.within_days else "当天"


def _offer_situations(offer: Offer, judged: OfferJudgement) -> Iterator[str]:
    yield f"offer_{offer.kind.value}"
    if judged.extra > 0:
        yield "offer_costs"
    if offer.within_days is not None:
        yield "offer_hurried"


def _affordability(judged: OfferJudgement, proposal: Proposal) -> str:
    """Whether the offer can be kept; what belongs to the other creditors is not its to take."""
    if judged.affordable is None:
        return "offer_unsure"
    if not judged.affordable:
        return "offer_unaffordable"
    is_instalments = judged.rate is not None
    if is_instalments and proposal.monthly is not None and judged.monthly > proposal.monthly:
        return "offer_above_share"
    return "offer_affordable"
