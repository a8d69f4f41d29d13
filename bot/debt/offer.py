"""A lender's counter-offer, judged by its true price and by what the borrower can pay."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bot.debt.rate import RateResult


class OfferKind(StrEnum):
    """What a lender proposes."""

    INSTALMENTS = "instalments"
    LUMP_SUM = "lump_sum"


@dataclass(frozen=True, slots=True)
class Offer:
    """A lender's proposal: instalments with a monthly fee, or a reduced sum paid at once.

    ``fee_rate`` is the fee a month as a fraction of the first principal; ``discount`` the
    fraction of the debt that is waived; ``within_days`` how soon the sum must be paid.
    """

    kind: OfferKind
    principal: Decimal
    months: int = 1
    fee_rate: Decimal = Decimal(0)
    discount: Decimal = Decimal(0)
    within_days: int | None = None
    creditor: str | None = None


@dataclass(frozen=True, slots=True)
class OfferJudgement:
    """What an offer means for this borrower."""

    monthly: Decimal
    total: Decimal
    extra: Decimal
    rate: RateResult | None
    affordable: bool | None
    left_after: Decimal | None
    extra_against_plan: Decimal | None
    ask_for: tuple[str, ...]
    findings: tuple[str, ...]
