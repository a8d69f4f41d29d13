"""What a borrower offers one creditor: its share of the monthly payment, and for how long."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bot.debt.allocation import pro_rata
from bot.debt.budget import disposable
from bot.debt.case import Case, Debt
from bot.debt.money import ZERO, to_fen
from bot.debt.schedule import months_to_clear

PAUSE_WITHOUT_MONEY = 6  # months asked for where nothing is left to pay with


@dataclass(frozen=True, slots=True)
class Proposal:
    """Interest-free instalments for one debt; ``monthly`` is None while the budget is not told."""

    debt: Debt
    monthly: Decimal | None
    longest: int

    @property
    def can_pay(self) -> bool:
        """Whether there is anything to offer each month."""
        return bool(self.monthly)

    @property
    def months(self) -> int | None:
        """How many payments clear the claim."""
        return months_to_clear(self.debt.claim, self.monthly) if self.monthly else None

    @property
    def last(self) -> Decimal | None:
        """The last payment: the rest, never more than the regular one."""
        if not self.monthly or not self.months:
            return None
        return to_fen(self.debt.claim - (self.months - 1) * self.monthly)

    @property
    def within_limit(self) -> bool:
        """Whether it is over within the longest term that may be asked for."""
        return self.months is not None and self.months <= self.longest

    @property
    def sum_within_limit(self) -> Decimal:
        """What the longest term pays back."""
        return min((self.monthly or ZERO) * self.longest, self.debt.claim)


def proposals(case: Case) -> Iterator[Proposal]:
    """One proposal a debt, in the order of the debts."""
    if not case.budget.complete:
        yield from (Proposal(debt, None, case.max_instalments) for debt in case.debts)
        return
    shares = pro_rata(case.debts, to_fen(disposable(case.budget)))
    for debt, share in zip(case.debts, shares, strict=True):
        yield Proposal(debt, share.monthly, case.max_instalments)
