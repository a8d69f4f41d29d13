"""How one monthly payment is shared among creditors."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.debt.case import Debt
from bot.debt.money import shares


@dataclass(frozen=True, slots=True)
class Allocation:
    """What one creditor claims and is offered each month."""

    creditor: str
    claim: Decimal
    monthly: Decimal


def pro_rata(debts: Sequence[Debt], monthly: Decimal) -> tuple[Allocation, ...]:
    """Every creditor gets the same share of what it claims; the parts add up to the fen."""
    parts = shares(monthly, [debt.claim for debt in debts])
    return tuple(
        Allocation(debt.creditor, debt.claim, part) for debt, part in zip(debts, parts, strict=True)
    )
