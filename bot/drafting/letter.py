"""A letter: the reviewed wording of its kind, filled with what is known, blanks left visible."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.debt.case import Debt
from bot.debt.caution import is_card
from bot.debt.money import ZERO
from bot.drafting.chart import Curve, curves
from bot.drafting.facts import BLANK, Facts, facts_of
from bot.drafting.matter import Matter
from bot.drafting.proposal import Proposal, proposals
from bot.drafting.tables import TABLES, assessed
from bot.drafting.template import PLACEHOLDER, Part, Template
from bot.knowledge.vocabulary import LenderType


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
    too_late: list[str] = []
    for proposal in about:
        facts = facts_of(matter, proposal)
        if "current" in template.requires and "overdue" in facts.known:
            too_late.append(facts.words.get("creditor", BLANK))
            continue
        lacking = [each for each in template.requires if each in ASKED and each not in facts.known]
        if "offer" in template.requires and _unclear_whose(matter):
            lacking.append("offer_creditor")
        missing.extend(lacking)
        if not lacking:
            letters.append(written(template, facts, matter))
    late = (f"{'、'.join(too_late)}已经逾期，展期要在到期以前申请。",) if too_late else ()
    return Drafted(tuple(letters), (*notes, *late), tuple(dict.fromkeys(missing)))


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
            yield Table(tuple(TABLES[part.table](matter)))
        if part.picture and (shown := curves(assessed(matter).plans)):
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
