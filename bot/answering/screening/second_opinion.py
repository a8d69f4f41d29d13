"""A second reader for what the word lists do not know: it weighs groups of one to three letters."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from bot.answering.screening.outcome import Outcome
from bot.answering.screening.thesaurus import Thesaurus, is_meaning

_LONGEST = 3
_WHOLE = 80  # letters: a longer message is read sentence by sentence, or danger is diluted
_MOST_PIECES = 40
_ENGLISH = re.compile(r"[a-z]+(?:'[a-z]+)?")
_SENTENCE = re.compile(r"[^。!?\n]{1,200}")

Weights = npt.NDArray[np.int8]
Rarity = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fitted:
    """Logistic regressions over the letters, one column each; made by ``bench.train_guards``.

    A rare group of letters counts more than a common one (inverse document frequency): ``weights`` hold
    it already, ``rarity`` is its square, by which the length of a message is measured.
    """

    heads: tuple[str, ...]
    groups: tuple[str, ...]
    weights: Weights
    rarity: Rarity
    scale: float
    bias: Floats

    @classmethod
    def read(cls, path: Path) -> Self:
        """What the trainer wrote."""
        with np.load(path) as kept:
            return cls(
                heads=tuple(bytes(kept["heads"]).decode().split("\n")),
                groups=tuple(bytes(kept["groups"]).decode().split("\n")),
                weights=kept["weights"],
                rarity=kept["rarity"],
                scale=float(kept["scale"]),
                bias=kept["bias"],
            )

    def write(self, path: Path) -> None:
        """Keep it; the same numbers always give the same bytes."""
        np.savez_compressed(
            path,
            heads=_letters(self.heads),
            groups=_letters(self.groups),
            weights=self.weights,
            rarity=self.rarity,
            scale=np.float64(self.scale),
            bias=self.bias,
        )


@dataclass(frozen=True, slots=True)
class Opinion:
    """How likely each guard, and each variant within a guard, is: between 0 and 1.

    ``meanings`` are the lists of the thesaurus that the message has a word of.
    """

    heads: tuple[str, ...]
    chances: Floats
    meanings: frozenset[str]

    def chance(self, guard: Outcome) -> float:
        """How likely a guard is."""
        return float(self.chances[self.heads.index(guard)])

    def calmed_by(self, literal: "Opinion", *guards: Outcome) -> "Opinion":
        """The same, but some guards read what is left without what only looks like their danger."""
        chances = self.chances.copy()
        for guard in guards:
            place = self.heads.index(guard)
            chances[place] = min(chances[place], literal.chances[place])
        return replace(self, chances=chances)

    def variant(self, guard: Outcome) -> str:
        """The likeliest variant of a guard that has several."""
        within = [place for place, head in enumerate(self.heads) if head.startswith(f"{guard}/")]
        return self.heads[max(within, key=lambda place: self.chances[place])].partition("/")[2]


class SecondOpinion:
    """Reads a message by its letters and, through the thesaurus, by its meanings."""

    def __init__(self, fitted: Fitted, thesaurus: Thesaurus) -> None:
        self._fitted = fitted
        self._thesaurus = thesaurus
        self._place = {group: place for place, group in enumerate(fitted.groups)}

    def __call__(self, said: str) -> Opinion:
        """How likely each guard is: of a long message, in the sentence where it is likeliest."""
        pieces = [said] if len(said) <= _WHOLE else _SENTENCE.findall(said)[:_MOST_PIECES]
        chances = np.max([self._chances(piece) for piece in pieces or [""]], axis=0)
        return Opinion(self._fitted.heads, chances, self._thesaurus.meanings("\n".join(pieces)))

    def _chances(self, piece: str) -> Floats:
        seen = groups(piece, self._thesaurus)
        known = [place for group in seen if (place := self._place.get(group)) is not None]
        total = self._fitted.weights[known].sum(axis=0, dtype=np.int64)
        length = float(self._fitted.rarity[known].sum()) ** 0.5 or 1.0
        reached = total * self._fitted.scale / length + self._fitted.bias
        return np.asarray(1 / (1 + np.exp(-reached)), dtype=np.float64)


def groups(piece: str, thesaurus: Thesaurus) -> set[str]:
    """The groups of letters of a text, its English words, and the meanings that its letters do not show."""
    found = set(_runs(piece))
    words = _ENGLISH.findall(piece)
    found.update(f" {word} " for word in words)
    found.update(f" {one} {other} " for one, other in pairwise(words))
    found.update(run for run in _runs(thesaurus(piece)) if any(map(is_meaning, run)))
    return found


def _runs(text: str) -> Sequence[str]:
    return [
        text[start : start + length]
        for length in range(1, _LONGEST + 1)
        for start in range(len(text) - length + 1)
    ]


def _letters(words: Sequence[str]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\n".join(words).encode(), dtype=np.uint8)
