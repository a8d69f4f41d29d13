"""The safety screen: danger comes before debt, and each danger has its own small guard."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Self

from bot.answering.screening.at_the_door import AtTheDoor
from bot.answering.screening.concept import Concept
from bot.answering.screening.crisis import Crisis
from bot.answering.screening.follow_up import FollowUp
from bot.answering.screening.injection import Injection
from bot.answering.screening.lender_side import LenderSide
from bot.answering.screening.outcome import Outcome, Screening
from bot.answering.screening.phrases import read_phrases
from bot.answering.screening.scam import Scam
from bot.answering.screening.scope import Scope
from bot.answering.screening.second_opinion import SecondOpinion
from bot.answering.screening.spelling import Spelling
from bot.answering.screening.unknowable import Unknowable
from bot.answering.screening.violence import Violence
from bot.answering.screening.wrongdoing import Wrongdoing

__all__ = ["Outcome", "Screen", "Screening", "screen"]

Guard = Callable[[str], Screening | None]

URGENCY = {outcome: rank for rank, outcome in enumerate(Outcome)}
LOOK_BACK = 3  # turns: long enough for "嗯" and "没有" between a crisis and the next question
LEXICONS = Path(__file__).parents[2] / "knowledge_base" / "phrases" / "lexicons"
SECOND_OPINION = LEXICONS.parent / "second_opinion.json"


@cache
def standard_screen() -> "Screen":
    """The screen with the word lists of this repository."""
    return Screen.read(LEXICONS)


def screen(text: str, context: Sequence[str] = ()) -> Screening:
    """What a message needs first, by the word lists of this repository."""
    return standard_screen()(text, context)


class Screen:
    """Asks the guards in order of urgency; built once from the reviewed word lists."""

    def __init__(self, lexicons: Mapping[str, Any], second_opinion: Guard) -> None:
        self._spelling = Spelling(lexicons["spelling"])
        self._second_opinion = second_opinion
        self._crisis = crisis = Crisis(lexicons["crisis"])
        violence = Violence(lexicons["violence"])
        door = AtTheDoor(lexicons["at_the_door"])
        debt = Concept(lexicons["scope"]["debt"])
        self._follow_up = FollowUp(lexicons["follow_up"], debt, crisis, violence, door)
        self._guards: tuple[Guard, ...] = (
            crisis,
            violence,
            door,
            Scam(lexicons["scam"]),
            Wrongdoing(lexicons["wrongdoing"]),
            Injection(lexicons["injection"]),
            LenderSide(lexicons["lender_side"]),
            Unknowable(lexicons["unknowable"]),
            Scope(lexicons["scope"]),
        )

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The screen with the word lists of a folder and the weights beside it."""
        opinion = SecondOpinion.read(folder.parent / SECOND_OPINION.name)
        return cls(read_phrases(folder), opinion)

    def __call__(self, text: str, context: Sequence[str] = ()) -> Screening:
        """What a message needs first; ``context`` is what the borrower said before, oldest first."""
        said = self._spelling(text)
        before = [self._spelling(earlier) for earlier in context[-LOOK_BACK:]]
        findings = [self._follow_up(said, before), *(guard(said) for guard in self._guards)]
        found = [finding for finding in findings if finding]
        if not found and (second := self._second_opinion(self._crisis.serious(said))):
            return second
        return min(found, key=lambda finding: URGENCY[finding.outcome], default=Screening())
