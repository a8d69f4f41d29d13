"""A second reader for what the word lists do not know: it weighs groups of one to three letters."""

import json
import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from bot.answering.screening.outcome import Outcome, Screening

# Guard whose likelihood is read, how sure it must be, and what is then said. Except for a crisis
# that is all but certain these are replies after which the question is still answered.
_OPINIONS = (
    (Outcome.CRISIS, 0.9, Outcome.CRISIS, "self"),
    (Outcome.VIOLENCE_NOW, 0.6, Outcome.VIOLENCE_NOW, "threat"),
    (Outcome.AT_THE_DOOR, 0.6, Outcome.AT_THE_DOOR, "maybe"),
    (Outcome.SCAM_IN_PROGRESS, 0.7, Outcome.SCAM_IN_PROGRESS, "now"),
    (Outcome.CRISIS, 0.45, Outcome.CRISIS_CHECK, "gentle"),
)
_LONGEST = 3
_WHOLE = 80  # letters: a longer message is read sentence by sentence, or danger is diluted
_SENTENCE = re.compile(r"[^。!?\n]+")


class SecondOpinion:
    """Logistic regressions over the letters; the weights are made by ``bench.train_guards``."""

    def __init__(self, fitted: Mapping[str, Any]) -> None:
        self._guards = [Outcome(guard) for guard in fitted["guards"]]
        self._bias: list[float] = fitted["bias"]
        self._weights: Mapping[str, list[float]] = fitted["weights"]

    @classmethod
    def read(cls, path: Path) -> Self:
        """The reader with the weights of a file."""
        return cls(json.loads(path.read_text("utf-8")))

    def __call__(self, said: str) -> Screening | None:
        """The most urgent danger it is sure of, or nothing."""
        pieces = [said] if len(said) <= _WHOLE else _SENTENCE.findall(said)
        likely = dict.fromkeys(self._guards, 0.0)
        for piece in pieces:
            for guard, chance in zip(self._guards, self._likely(piece), strict=True):
                likely[guard] = max(likely[guard], chance)
        for guard, sure, outcome, variant in _OPINIONS:
            if likely[guard] >= sure:
                return Screening(outcome, variant)
        return None

    def _likely(self, piece: str) -> list[float]:
        """How likely each guard is, between 0 and 1."""
        known = [row for group in _groups(piece) if (row := self._weights.get(group))]
        scale = math.sqrt(len(known)) or 1.0
        sums = [sum(column) / scale for column in zip(*known, strict=True)] or [0.0] * len(
            self._bias
        )
        return [
            1 / (1 + math.exp(-total - bias)) for total, bias in zip(sums, self._bias, strict=True)
        ]


def _groups(piece: str) -> set[str]:
    return {
        piece[start : start + length]
        for length in range(1, _LONGEST + 1)
        for start in range(len(piece) - length + 1)
    }
