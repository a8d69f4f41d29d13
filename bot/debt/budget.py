"""What a household lives on, and what it can pay each month."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bot.debt.money import ZERO


class IncomeKind(StrEnum):
    """How far an income can be relied on."""

    WAGE = "wage"
    IRREGULAR = "irregular"
    HOUSEHOLD = "household"


class Need(StrEnum):
    """The kinds of essential spending."""

    HOUSING = "housing"
    FOOD = "food"
    UTILITIES = "utilities"
    TRANSPORT = "transport"
    MEDICAL = "medical"
    EDUCATION = "education"
    FAMILY = "family"
    INSURANCE = "insurance"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Spending:
    """One essential cost a month, in the borrower's own word for it."""

    need: Need
    label: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Income:
    """One monthly income, in the borrower's own word for it."""

    kind: IncomeKind
    label: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Budget:
    """A month of the household; what was not told is None, never a guess.

    ``pledge`` is what the borrower says they can pay a month, where they said it themselves.
    """

    income: Decimal | None = None
    essentials: Decimal | None = None
    buffer: Decimal | None = None
    dependants: int = 0
    incomes: tuple[Income, ...] = ()
    spending: tuple[Spending, ...] = ()
    pledge: Decimal | None = None

    @property
    def complete(self) -> bool:
        """Whether enough is known to say what can be paid."""
        return self.pledge is not None or (self.income is not None and self.essentials is not None)

    @property
    def left_over(self) -> Decimal | None:
        """Income after essentials and buffer; negative when life costs more than it brings."""
        if self.income is None or self.essentials is None:
            return None
        return self.income - self.essentials - (self.buffer or ZERO)


def disposable(budget: Budget) -> Decimal:
    """What can be paid each month: never from essentials or buffer, never more than was offered."""
    offers = [amount for amount in (budget.left_over, budget.pledge) if amount is not None]
    return max(min(offers, default=ZERO), ZERO)
