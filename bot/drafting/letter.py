"""A letter: the reviewed wording of its kind, filled with what is known, blanks left visible."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.debt.case import Debt
from bot.debt.caution import is_card
from bot.debt.money import ZERO, yuan
from bot.debt.plan import Assessment, PlanKind, assess
from bot.drafting.chart import Curve, curves
from bot.drafting.facts import Facts, day_in_chinese, facts_of
from bot.drafting.matter import Matter
from bot.drafting.proposal import Proposal, proposals
from bot.drafting.template import PLACEHOLDER, Part, Template
from bot.knowledge.vocabulary import LenderType

BLANK = "＿＿＿＿"
MOST_ROWS = 8  # more debts than this are summed up in the last row: the page is one


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that opens a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """Numbered lines."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, the first row is the head."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """The chart of the plans."""

    curves: tuple[Curve, ...]


Block = Heading | Paragraph | Items | Table | Picture


@dataclass(frozen=True, slots=True)
class Letter:
    """One page to one addressee, ready to be rendered."""

    kind: str
    title: str
    day: date
    creditor: str | None
    addressee: str | None
    blocks: tuple[Block, ...]
    closing: tuple[str, ...]
    signature: tuple[str, ...]
    enclosures: tuple[str, ...]

    @property
    def name(self) -> str:
        """A file name without its ending."""
        return f"{self.title}-{self.creditor}" if self.creditor else self.title


@dataclass(frozen=True, slots=True)
class Drafted:
    """The letters of one kind, what to mind about them, and what is missing for any."""

    letters: tuple[Letter, ...]
    notes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def draft(template: Template, matter: Matter) -> Drafted:
    """One letter a creditor that the kind fits, or one for all."""
    if not template.per_creditor:
        return _with_missing(template, matter, [None], ())
    fitting, notes = _fitting(template, _addressed(template, matter))
    return _with_missing(template, matter, fitting, notes)


def _with_missing(
    template: Template,
    matter: Matter,
    about: Sequence[Proposal | None],
    notes: Sequence[str],
) -> Drafted:
    letters: list[Letter] = []
    missing: list[str] = []
    left_out = list(notes)
    for proposal in about:
        facts = facts_of(matter, proposal)
        if proposal is not None and "current" in template.requires and "overdue" in facts.known:
            left_out.append(f"{proposal.debt.creditor}已经逾期，展期要在到期以前申请。")
            continue
        lacking = [each for each in template.requires if each in ASKED and each not in facts.known]
        if "offer" in template.requires and proposal is not None and _unclear_whose(matter):
            lacking.append("offer_creditor")
        missing.extend(lacking)
        if not lacking:
            letters.append(written(template, facts, matter))
    return Drafted(tuple(letters), tuple(left_out), tuple(dict.fromkeys(missing)))


ASKED = ("budget", "debts", "offer")


def _unclear_whose(matter: Matter) -> bool:
    """Whether an offer could be any of several creditors'."""
    named = matter.creditor or (matter.offer.creditor if matter.offer else None)
    return matter.offer is not None and named is None and len(matter.case.debts) > 1


def written(template: Template, facts: Facts, matter: Matter) -> Letter:
    """The letter with every blank filled or left visible."""
    return Letter(
        kind=template.id,
        title=template.title,
        day=matter.today,
        creditor=facts.words.get("creditor"),
        addressee=filled(template.addressee, facts) if template.addressee else None,
        blocks=tuple(_joined(_blocks(template.body, facts, matter))),
        closing=template.closing,
        signature=tuple(filled(line, facts) for line in template.signature),
        enclosures=template.attach,
    )


def filled(wording: str, facts: Facts) -> str:
    """The wording with its blanks filled; what a borrower wrote is never read as wording."""
    return PLACEHOLDER.sub(lambda blank: facts.words.get(blank[1], BLANK), wording)


def _blocks(parts: Sequence[Part], facts: Facts, matter: Matter) -> Iterator[Block]:
    for part in parts:
        if not part.holds(facts.known):
            continue
        if part.heading:
            yield Heading(filled(part.heading, facts))
        if part.text:
            yield Paragraph(filled(part.text, facts))
        if part.items:
            yield Items(tuple(_lines(part, facts)))
        if part.table:
            yield Table(tuple(_TABLES[part.table](matter)))
        if part.picture and (shown := curves(_assessed(matter).plans)):
            yield Picture(shown)


def _lines(part: Part, facts: Facts) -> Iterator[str]:
    for item in part.items:
        if isinstance(item, str):
            yield filled(item, facts)
        elif item.text and item.holds(facts.known):
            yield filled(item.text, facts)


def _joined(blocks: Iterator[Block]) -> Iterator[Block]:
    """Sentences of a template that follow each other become one paragraph where they continue."""
    waiting: Paragraph | None = None
    for block in blocks:
        if isinstance(block, Paragraph) and waiting and _continues(block):
            waiting = Paragraph(waiting.text + block.text)
            continue
        if waiting:
            yield waiting
        waiting = block if isinstance(block, Paragraph) else None
        if waiting is None:
            yield block
    if waiting:
        yield waiting


def _continues(block: Paragraph) -> bool:
    return block.text.startswith("其中")


def _fitting(
    template: Template, offered: Sequence[Proposal]
) -> tuple[list[Proposal], tuple[str, ...]]:
    """The debts a kind is for; those it is not for are named."""
    fits = [each for each in offered if _is_for(template, each.debt)]
    others = [each.debt.creditor for each in offered if not _is_for(template, each.debt)]
    if not others:
        return fits, ()
    card_only = LenderType.CREDIT_CARD in template.lender_types
    note = (
        "不是信用卡，请用“协商还款申请”"
        if card_only
        else "是信用卡，请用“信用卡个性化分期还款申请书”"
    )
    return fits, (f"{'、'.join(others)}{note}。",)


def _addressed(template: Template, matter: Matter) -> list[Proposal]:
    """The proposals a letter may go out with; without any debt, one to a creditor left blank."""
    is_reply = matter.offer is not None and "offer" in template.requires
    wanted = matter.creditor or (matter.offer.creditor if matter.offer and is_reply else None)
    offered = list(proposals(matter.case))
    if not offered:
        return [Proposal(Debt(wanted or "", ZERO), None, matter.case.max_instalments)]
    return [each for each in offered if wanted in (None, each.debt.creditor)]


def _is_for(template: Template, debt: Debt) -> bool:
    if LenderType.CREDIT_CARD in template.lender_types:
        return is_card(debt)
    return not (LenderType.CREDIT_CARD in template.not_for and is_card(debt))


def _budget_rows(matter: Matter) -> Iterator[tuple[str, ...]]:
    budget = matter.case.budget
    yield "项目", "每月金额"
    yield from ((each.label, yuan(each.amount)) for each in budget.incomes[1:] and budget.incomes)
    yield "收入合计", _or_blank(budget.income)
    named = budget.spending if len(budget.spending) <= MOST_ROWS else ()
    yield from ((each.label, yuan(each.amount)) for each in named)
    yield "必要开支合计", _or_blank(budget.essentials)
    yield "预留应急", _or_blank(budget.buffer)


def _debt_rows(matter: Matter) -> Iterator[tuple[str, ...]]:
    debts = matter.case.debts
    yield "机构", "欠款合计", "逾期天数"
    shown = debts if len(debts) <= MOST_ROWS else debts[: MOST_ROWS - 1]
    for debt in shown:
        days = BLANK if debt.overdue_days is None else str(debt.overdue_days)
        yield debt.creditor, yuan(debt.claim), days
    if rest := debts[len(shown) :]:
        yield f"其余 {len(rest)} 笔", yuan(sum((each.claim for each in rest), Decimal(0))), ""
    yield "合计", yuan(matter.case.total), ""


def _plan_rows(matter: Matter) -> Iterator[tuple[str, ...]]:
    yield "方案", "每月", "几个月", "一共还", "多还"
    for plan in _assessed(matter).plans:
        if plan.schedule is None:
            yield plan.title, yuan(plan.monthly), "还不清" if plan.monthly else "", "", ""
        else:
            total, interest = plan.schedule.total, plan.schedule.interest
            yield plan.title, yuan(plan.monthly), str(plan.months), yuan(total), yuan(interest)


def _share_rows(matter: Matter) -> Iterator[tuple[str, ...]]:
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


def _schedule_rows(matter: Matter) -> Iterator[tuple[str, ...]]:
    """The interest-free plan's first instalments and its last."""
    yield "期", "日期", "还款", "还剩"
    plan = next((p for p in _assessed(matter).plans if p.kind is PlanKind.INTEREST_FREE), None)
    rows = plan.schedule.instalments if plan and plan.schedule else ()
    shown = rows if len(rows) <= MOST_ROWS else (*rows[: MOST_ROWS - 2], rows[-1])
    for each in shown:
        day = day_in_chinese(each.due) if each.due else BLANK
        if each is rows[-1] and len(rows) > MOST_ROWS:
            yield "……", "", "", ""
        yield str(each.number), day, yuan(each.payment), yuan(each.balance)


def _assessed(matter: Matter) -> Assessment:
    return assess(matter.case, matter.particulars.first_due)


def _or_blank(amount: Decimal | None) -> str:
    return BLANK if amount is None else yuan(amount)


_TABLES: dict[str, Callable[[Matter], Iterator[tuple[str, ...]]]] = {
    "budget": _budget_rows,
    "debts": _debt_rows,
    "plans": _plan_rows,
    "shares": _share_rows,
    "schedule": _schedule_rows,
}
