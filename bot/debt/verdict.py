"""Whether a plan can be kept within the months a lender may agree to."""

from enum import StrEnum


class Verdict(StrEnum):
    """How far the disposable income carries."""

    FEASIBLE = "feasible"
    FEASIBLE_INTEREST_FREE_ONLY = "feasible_interest_free_only"
    INFEASIBLE_OVER_60 = "infeasible_over_60"
    NO_CAPACITY = "no_capacity"


def judged(free: int | None, at_rate: int | None, longest: int) -> Verdict:
    """The verdict on the months that repaying takes, without interest and at the plan's rate."""
    if free is None:
        return Verdict.NO_CAPACITY
    if at_rate is not None and at_rate <= longest:
        return Verdict.FEASIBLE
    if free <= longest:
        return Verdict.FEASIBLE_INTEREST_FREE_ONLY
    return Verdict.INFEASIBLE_OVER_60
