"""What a record of the `draft` command is about: the case, the offer, and words for the letter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from bot.debt.budget import Budget
from bot.debt.case import LONGEST_CARD_PLAN, Case, Debt
from bot.debt.money import ZERO
from bot.debt.offer import Offer, OfferKind
from bot.dialogue.creditor_names import NO_NAMES, CreditorNames
from bot.dialogue.offer_terms import offer_terms
from bot.drafting.matter import Matter, Particulars
from bot.transports.jsonl.fields import (
    money,
    optional_count,
    optional_day,
    optional_money,
    optional_rate,
    optional_text,
)
from bot.transports.jsonl.lines import Record, RecordError
from bot.transports.jsonl.plan import debts_of, longest_of, read_text, spending_of

LONGEST_TEXT = 300  # characters of one field: more would not fit the page
LONGEST_NAME = 60
_LONG = ("reason", "other_evidence", "third_party", "account", "credit_report")
_DAYS = ("first_due", "due_day", "pay_by", "paid_on")
_SUMS = ("settlement_amount", "paid_amount")


@dataclass(frozen=True, slots=True)
class Read:
    """What a record asks for, and what was not understood in it."""

    matter: Matter
    questions: tuple[str, ...] = ()


def read_matter(record: Record, today: date, names: CreditorNames = NO_NAMES) -> Read:
    """The case, the particulars and the offer in a record's fields or words."""
    questions: tuple[str, ...] = ()
    if record.get("text") is not None:
        told = read_text(record, today, names)
        questions = (*told.questions, *told.assumptions)
        case = Case(told.budget, told.debts, told.plan_apr, told.max_instalments)
    else:
        case = case_of(record, names)
    creditor = limited(record, "creditor", LONGEST_NAME)
    case = replace(case, debts=tuple(with_creditor(case.debts, creditor, names)))
    offer = offer_of(record, today, names, case, creditor)
    if offer is not None and not case.debts and offer.creditor:
        case = replace(case, debts=(Debt(offer.creditor, offer.principal),))
    matter = Matter(
        case=case,
        today=optional_day(record, "today") or today,
        particulars=particulars_of(record),
        offer=offer,
        savings=optional_money(record, "savings"),
        creditor=creditor,
    )
    return Read(matter, questions)


def case_of(record: Record, names: CreditorNames) -> Case:
    """A case as far as it is given: of a plan already made, its debts and monthly payment."""
    spending = spending_of(record)
    debts: Sequence[Debt] = ()
    if record.get("debts") is not None:
        debts = debts_of(record, names)
    elif record.get("allocation") is not None:
        debts = debts_of({"debts": as_debts(record["allocation"])}, names)
    income = optional_money(record, "income")
    budget = Budget(
        income=income,
        essentials=sum((each.amount for each in spending), ZERO)
        if spending
        else optional_money(record, "essential"),
        buffer=optional_money(record, "buffer"),
        dependants=optional_count(record, "dependants") or 0,
        spending=spending,
        pledge=optional_money(record, "disposable") if income is None else None,
    )
    return Case(
        budget,
        tuple(debts),
        optional_rate(record, "plan_apr"),
        longest_of(record) or LONGEST_CARD_PLAN,
    )


def as_debts(allocation: Any) -> list[Any]:
    """The rows of a plan's allocation as debts: each claim as it stands."""
    if not isinstance(allocation, list):
        raise RecordError("invalid_debt", "allocation 应当是一个列表")
    return [
        {**each, "principal": each.get("claim")} if isinstance(each, dict) else each
        for each in allocation
    ]


def with_creditor(
    debts: Sequence[Debt], creditor: str | None, names: CreditorNames
) -> Iterator[Debt]:
    """The debts, to which the addressee must belong; without debts it stands alone."""
    yield from debts
    if creditor is None or any(each.creditor == creditor for each in debts):
        return
    if debts:
        known = "、".join(each.creditor for each in debts)
        raise RecordError("unknown_creditor", f"debts 里没有 {creditor}，只有：{known}")
    yield Debt(creditor, ZERO, lender_type=names.lender_type(creditor) or "any")


def particulars_of(record: Record) -> Particulars:
    """What only the letter needs; nothing is filled in that was not given."""
    given: dict[str, Any] = {}
    for each in fields(Particulars):
        if each.name in _DAYS:
            given[each.name] = optional_day(record, each.name)
        elif each.name in _SUMS:
            given[each.name] = optional_money(record, each.name)
        elif each.name == "extension_months":
            given[each.name] = optional_count(record, each.name, least=1)
        elif each.name == "evidence_kept":
            given[each.name] = record.get(each.name) is True
        else:
            given[each.name] = limited(
                record, each.name, LONGEST_TEXT if each.name in _LONG else LONGEST_NAME
            )
    return Particulars(**given)


def limited(record: Record, name: str, longest: int) -> str | None:
    """A text in one line that fits its place, without characters that no paper shows."""
    value = optional_text(record, name)
    if value is None:
        return None
    line = " ".join("".join(c for c in value if c.isprintable() or c.isspace()).split())
    if len(line) > longest:
        raise RecordError("text_too_long", f"{name} 最多 {longest} 个字，现在 {len(line)} 个")
    return line or None


def offer_of(
    record: Record, today: date, names: CreditorNames, case: Case, creditor: str | None
) -> Offer | None:
    """A lender's proposal in fields, or in the borrower's own words."""
    given = record.get("offer")
    if given is None:
        return None
    debts = [each for each in case.debts if creditor in (None, each.creditor)]
    if isinstance(given, str) or (isinstance(given, dict) and given.get("text") is not None):
        words = given if isinstance(given, str) else optional_text(given, "text", "offer.")
        told = offer_terms(words or "", today, names, debts)
        if told.offer is None:
            raise RecordError("missing_facts", "；".join(told.questions))
        return told.offer
    if not isinstance(given, dict):
        raise RecordError("invalid_offer", "offer 应当是一个对象，或者一句话")
    return structured_offer(given, debts, creditor)


def structured_offer(given: Record, debts: Sequence[Debt], creditor: str | None) -> Offer:
    """An offer in fields; its sum is that of the one debt it can mean."""
    named = limited(given, "creditor", LONGEST_NAME) or creditor
    meant = [each for each in debts if named in (None, each.creditor)]
    debt = meant[0] if len(meant) == 1 else None
    principal = optional_money(given, "principal", "offer.") or (debt.claim if debt else None)
    if not principal:
        raise RecordError(
            "missing_field", "缺少 offer.principal 或 offer.creditor：是哪一家、按多少钱算的"
        )
    months = optional_count(given, "months", "offer.", least=1)
    is_lump_sum = given.get("kind") == OfferKind.LUMP_SUM or months is None
    return Offer(
        OfferKind.LUMP_SUM if is_lump_sum else OfferKind.INSTALMENTS,
        principal,
        months or 1,
        fee_rate=optional_rate(given, "fee_rate", "offer.") or Decimal(0),
        apr=optional_rate(given, "apr", "offer.") or Decimal(0),
        instalment=optional_money(given, "instalment", "offer."),
        discount=discount_of(given, principal),
        within_days=optional_count(given, "within_days", "offer."),
        creditor=debt.creditor if debt else named,
        lender_type=debt.lender_type if debt else None,
    )


def discount_of(given: Record, principal: Decimal) -> Decimal:
    """The waived fraction, given as such or by the sum that is left to pay."""
    if given.get("pay") is not None:
        pay = money(given, "pay", "offer.")
        if pay > principal:
            raise RecordError("invalid_offer", "offer.pay 不能大于欠款")
        return 1 - pay / principal
    discount = optional_rate(given, "discount", "offer.") or Decimal(0)
    if discount >= 1:
        raise RecordError("invalid_offer", f"offer.discount 应小于 1：{given['discount']}")
    return discount
