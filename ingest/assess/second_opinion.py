"""A second opinion on a paragraph from the letters it is made of, where no word list speaks.

``bench/train_assess.py`` learns it; the lists stay in front, for each of their words has a reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.answering.retrieval.tokens import Keys, normalise, query_keys, readable

FILE = Path(__file__).with_name("second_opinion.npz")
LABELS = ("lender", "professional", "spun")
BUCKETS = 65521
SIGNS_SHOWN = 4
SHORTEST = 20  # different letters and pairs: a heading is too little to tell


@dataclass(frozen=True, slots=True)
class Opinion:
    """How much speaks for a label, above nought if more speaks for it than against, and what."""

    score: float
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """What each letter and pair of letters is worth for each label."""

    weights: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]

    @classmethod
    def load(cls, file: Path = FILE) -> "SecondOpinion":
        """The weights of a file."""
        with np.load(file) as found:
            return cls(found["steps"] * found["scales"], found["bias"])

    def __call__(self, text: str) -> Mapping[str, Opinion]:
        """An opinion for each label; none of a text that is too short."""
        plain = normalise(text)
        keys = query_keys(plain)
        if len(keys) < SHORTEST:
            return {}
        worth = self.weights[buckets(keys)] / np.sqrt(len(keys))
        scores = worth.sum(axis=0) + self.bias
        shown = readable(plain)
        return {
            label: Opinion(float(scores[place]), _signs(keys, worth[:, place], shown))
            for place, label in enumerate(LABELS)
        }


def buckets(keys: Keys) -> npt.NDArray[np.int64]:
    """The place of each key among the weights."""
    return (keys % np.uint64(BUCKETS)).astype(np.int64)


@cache
def second_opinion() -> SecondOpinion:
    """The shipped one."""
    return SecondOpinion.load()


def _signs(keys: Keys, worth: npt.NDArray[np.float32], shown: Mapping[int, str]) -> tuple[str, ...]:
    """The pairs and words that say most, the most telling first."""
    readable_keys = (shown.get(int(key), "") for key in keys[np.argsort(-worth)])
    return tuple(sign for sign in readable_keys if len(sign) > 1)[:SIGNS_SHOWN]
