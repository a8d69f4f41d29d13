"""Repayment schedules: month by month, to the fen."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.debt.money import ZERO


@dataclass(frozen=True, slots=True)
class Instalment:
    """One month's payment and what it leaves."""

    number: int
    payment: Decimal
    interest: Decimal
    balance: Decimal
    due: date | None = None

    @property
    def principal(self) -> Decimal:
        """The part that lowers the debt."""
        return self.payment - self.interest


@dataclass(frozen=True, slots=True)
class Schedule:
    """Instalments from the first month to the last."""

    instalments: tuple[Instalment, ...]

    @property
    def months(self) -> int:
        """How many months it runs, those without a payment included."""
        return len(self.instalments)

    @property
    def total(self) -> Decimal:
        """Everything that is paid."""
        return sum((each.payment for each in self.instalments), ZERO)

    @property
    def interest(self) -> Decimal:
        """Everything that is paid beyond the debt."""
        return sum((each.interest for each in self.instalments), ZERO)

    @property
    def last(self) -> Decimal:
        """The last payment."""
        return self.instalments[-1].payment if self.instalments else ZERO

    @property
    def finish(self) -> date | None:
        """The day of the last payment, where dates are known."""
        return self.instalments[-1].due if self.instalments else None
