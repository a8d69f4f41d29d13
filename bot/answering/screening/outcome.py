"""What the safety screen can find."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.knowledge.vocabulary import Risk


class Outcome(StrEnum):
    """The named results, most urgent first."""

    CRISIS = "crisis"
    VIOLENCE_NOW = "violence_now"
    AT_THE_DOOR = "at_the_door"
    SCAM_IN_PROGRESS = "scam_in_progress"
    WRONGDOING = "wrongdoing"
    INJECTION = "injection"
    LENDER_SIDE = "lender_side"
    CRISIS_CHECK = "crisis_check"
    UNKNOWABLE = "unknowable"
    OUT_OF_SCOPE = "out_of_scope"
    CLEAR = "clear"

    @property
    def risk(self) -> Risk:
        """The risk that the answer's record carries."""
        return _RISKS.get(self, Risk.NONE)


_RISKS = {
    Outcome.CRISIS: Risk.CRISIS,
    Outcome.CRISIS_CHECK: Risk.CRISIS,
    Outcome.VIOLENCE_NOW: Risk.VIOLENCE,
    Outcome.AT_THE_DOOR: Risk.VIOLENCE,
    Outcome.SCAM_IN_PROGRESS: Risk.SCAM,
    Outcome.WRONGDOING: Risk.ILLEGAL_REQUEST,
    Outcome.INJECTION: Risk.OUT_OF_SCOPE,
    Outcome.LENDER_SIDE: Risk.OUT_OF_SCOPE,
    Outcome.OUT_OF_SCOPE: Risk.OUT_OF_SCOPE,
}


@dataclass(frozen=True, slots=True)
class Screening:
    """What was found; ``variant`` names the reply within the outcome.

    ``evidence`` holds the borrower's own words that decided: for tests and review, not for logs.
    ``question`` is what remains to be answered when an injected order is set aside; ``off_topic``
    the chance that a first message is on another matter than debt: what is found must be surer.
    """

    outcome: Outcome = Outcome.CLEAR
    variant: str = ""
    evidence: tuple[str, ...] = ()
    question: str = ""
    off_topic: float = field(default=0.0, compare=False)

    @property
    def risk(self) -> Risk:
        """The risk that the outcome stands for."""
        return self.outcome.risk
