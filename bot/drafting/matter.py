"""What a draft is about: the case, and what the person said for the letter itself."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bot.debt.case import Case
from bot.debt.offer import Offer


@dataclass(frozen=True, slots=True)
class Particulars:
    """What only the letter needs; whatever was not given stays a blank in it."""

    name: str | None = None
    contact: str | None = None
    contract_number: str | None = None
    card_tail: str | None = None
    reason: str | None = None
    first_due: date | None = None
    due_day: date | None = None
    extension_months: int | None = None
    settlement_amount: Decimal | None = None
    pay_by: date | None = None
    account: str | None = None
    credit_report: str | None = None
    paid_on: date | None = None
    paid_amount: Decimal | None = None
    third_party: str | None = None
    contacted_on: str | None = None
    called_from: str | None = None
    evidence_kept: bool = False
    other_evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    """Everything a draft is made from; ``creditor`` picks one of several."""

    case: Case
    today: date
    particulars: Particulars = field(default_factory=Particulars)
    offer: Offer | None = None
    savings: Decimal | None = None
    creditor: str | None = None
