"""What a loan truly costs a year."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Certainty(StrEnum):
    """How far the legal statement behind a finding was checked."""

    TEXT = "text"
    SECONDARY = "secondary"
    MEMORY = "memory"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something noticed about a loan's price, in a word for programs and words for people."""

    code: str
    text: str
    certainty: Certainty | None = None


@dataclass(frozen=True, slots=True)
class RateResult:
    """A loan's true price; rates are fractions, the monthly one a month, the others a year."""

    monthly_irr: float
    apr_nominal: float
    apr_effective: float
    total_repaid: Decimal
    total_cost: Decimal
    findings: tuple[Finding, ...] = ()
    assumptions: tuple[str, ...] = ()
