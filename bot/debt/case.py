"""What a borrower owes and lives on: the one value every calculation starts from."""

from dataclasses import dataclass
from decimal import Decimal

from bot.debt.budget import Budget
from bot.debt.money import ZERO

LONGEST_CARD_PLAN = 60  # months: a credit card's instalments by agreement run five years at most


@dataclass(frozen=True, slots=True)
class Debt:
    """What is owed to one creditor; ``lender_type`` is a word of the knowledge vocabulary."""

    creditor: str
    principal: Decimal
    interest: Decimal = ZERO
    fees: Decimal = ZERO
    apr: Decimal | None = None
    overdue_days: int | None = None
    remaining_instalments: int | None = None
    lender_type: str = "any"
    secured: bool = False
    guaranteed: bool = False

    @property
    def claim(self) -> Decimal:
        """Principal, interest and fees."""
        return self.principal + self.interest + self.fees


@dataclass(frozen=True, slots=True)
class Case:
    """A borrower's budget and debts, and the terms the plans are computed with."""

    budget: Budget
    debts: tuple[Debt, ...]
    plan_apr: Decimal | None = None
    max_instalments: int = LONGEST_CARD_PLAN

    @property
    def total(self) -> Decimal:
        """Everything that is claimed."""
        return sum((debt.claim for debt in self.debts), ZERO)
