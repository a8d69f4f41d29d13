"""The plans a borrower can offer, side by side, and whether they can be kept."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bot.debt.allocation import Allocation
from bot.debt.schedule import Schedule


class Verdict(StrEnum):
    """How far the disposable income carries."""

    FEASIBLE = "feasible"
    FEASIBLE_INTEREST_FREE_ONLY = "feasible_interest_free_only"
    INFEASIBLE_OVER_60 = "infeasible_over_60"
    NO_CAPACITY = "no_capacity"


class PlanKind(StrEnum):
    """The shapes a repayment plan can take."""

    INTEREST_FREE = "interest_free"
    AMORTISED = "amortised"
    REDUCED_RATE = "reduced_rate"
    DEFERRAL = "deferral"
    STEP_UP = "step_up"
    LUMP_SUM = "lump_sum"
    HIGHEST_RATE_FIRST = "highest_rate_first"
    SMALLEST_FIRST = "smallest_first"
    SECURED_FIRST = "secured_first"
    TOKEN = "token"


@dataclass(frozen=True, slots=True)
class Plan:
    """One way to repay; ``schedule`` is None when it would never be repaid."""

    kind: PlanKind
    title: str
    monthly: Decimal
    apr: Decimal
    schedule: Schedule | None
    allocation: tuple[Allocation, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def months(self) -> int | None:
        """Months to the last payment; None when never repaid."""
        return self.schedule.months if self.schedule else None

    @property
    def total(self) -> Decimal | None:
        """Everything that is paid."""
        return self.schedule.total if self.schedule else None

    @property
    def interest(self) -> Decimal | None:
        """What it costs beyond the debt."""
        return self.schedule.interest if self.schedule else None

    @property
    def finish(self) -> date | None:
        """The day of the last payment, where the first day is known."""
        return self.schedule.finish if self.schedule else None


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a case comes to: the figures, the verdict, the plans and what to mind."""

    disposable: Decimal
    total_debt: Decimal
    allocation: tuple[Allocation, ...]
    months_interest_free: int | None
    last_instalment: Decimal | None
    months_at_plan_apr: int | None
    min_monthly_for_60: Decimal
    min_monthly_for_60_at_plan_apr: Decimal
    verdict: Verdict
    plans: tuple[Plan, ...]
    warnings: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
