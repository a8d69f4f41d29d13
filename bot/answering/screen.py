"""The safety screen: danger comes before debt, and each danger has its own small guard."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Self

from bot.answering.screening.at_the_door import AtTheDoor
from bot.answering.screening.concept import Concept
from bot.answering.screening.crisis import Crisis
from bot.answering.screening.injection import Injection
from bot.answering.screening.lender_side import LenderSide
from bot.answering.screening.outcome import Outcome, Screening
from bot.answering.screening.phrases import read_phrases
from bot.answering.screening.scam import Scam
from bot.answering.screening.scope import Scope
from bot.answering.screening.spelling import Spelling
from bot.answering.screening.violence import Violence
from bot.answering.screening.wrongdoing import Wrongdoing

__all__ = ["Outcome", "Screen", "Screening", "screen"]

Guard = Callable[[str], Screening | None]

LEXICONS = Path(__file__).parents[2] / "knowledge_base" / "phrases" / "lexicons"


@cache
def standard_screen() -> "Screen":
    """The screen with the word lists of this repository."""
    return Screen.read(LEXICONS)


def screen(text: str, context: Sequence[str] = ()) -> Screening:
    """What a message needs first, by the word lists of this repository."""
    return standard_screen()(text, context)


class Screen:
    """Asks the guards in order of urgency; built once from the reviewed word lists."""

    def __init__(self, lexicons: Mapping[str, Any]) -> None:
        self._spelling = Spelling(lexicons["spelling"])
        self._crisis = Crisis(lexicons["crisis"])
        self._says_safe = Concept(lexicons["crisis"]["says_safe"])
        self._needs_company = Concept(lexicons["crisis"]["needs_company"])
        self._guards: tuple[Guard, ...] = (
            self._crisis,
            Violence(lexicons["violence"]),
            AtTheDoor(lexicons["at_the_door"]),
            Scam(lexicons["scam"]),
            Wrongdoing(lexicons["wrongdoing"]),
            Injection(lexicons["injection"]),
            LenderSide(lexicons["lender_side"]),
            Scope(lexicons["scope"]),
        )

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The screen with the word lists of a folder."""
        return cls(read_phrases(folder))

    def __call__(self, text: str, context: Sequence[str] = ()) -> Screening:
        """What a message needs first; ``context`` is what the borrower said before, oldest first."""
        said = self._spelling(text)
        found = [finding for guard in self._guards if (finding := guard(said))]
        dangers = [finding for finding in found if finding.outcome is not Outcome.CRISIS_CHECK]
        if dangers and dangers[0].outcome is not Outcome.OUT_OF_SCOPE:
            return dangers[0]
        return self._after_crisis(said, context) or (found or [Screening()])[0]

    def _after_crisis(self, said: str, context: Sequence[str]) -> Screening | None:
        """The turn after a crisis asks about safety before it speaks of anything else."""
        before = self._crisis(self._spelling(context[-1])) if context else None
        if before is None or before.outcome is not Outcome.CRISIS:
            return None
        if needs := self._needs_company.first(said):
            return Screening(Outcome.CRISIS, "company", (needs,))
        variant = "safe_now" if self._says_safe.first(said) else "after_crisis"
        return Screening(Outcome.CRISIS_CHECK, variant, before.evidence)
