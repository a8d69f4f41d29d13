"""BM25 over characters and pairs of characters of title, heading path and text."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.answering.retrieval.arrays import mapped
from bot.answering.retrieval.postings import Postings
from bot.answering.retrieval.tokens import Keys

Scores = npt.NDArray[np.float32]

SATURATION = 2.4  # BM25's k1 and b, tuned on the development questions
LENGTH_SHARE = 0.75


@dataclass(frozen=True, slots=True)
class LexicalIndex:
    """Postings with what each is worth, worked out once at build time."""

    postings: Postings
    weights: Scores  # one for each key: its rarity
    impacts: Scores  # one for each posting

    @classmethod
    def build(cls, postings: Postings) -> "LexicalIndex":
        """Weigh postings."""
        size = len(postings.lengths)
        holders = np.diff(postings.starts)
        weights = np.log1p((size - holders + 0.5) / (holders + 0.5)).astype(np.float32)
        mean = max(float(postings.lengths.mean()), 1.0) if size else 1.0
        share = 1 - LENGTH_SHARE + LENGTH_SHARE * postings.lengths / mean
        counts = postings.counts.astype(np.float32)
        damped = counts / (counts + SATURATION * share[postings.docs].astype(np.float32))
        spread = np.repeat(weights, holders)
        return cls(postings, weights, (spread * damped * (SATURATION + 1)).astype(np.float32))

    def scores(self, wanted: Keys) -> tuple[Scores, float]:
        """The score of every row, and the most a row could have."""
        scores = np.zeros(len(self.postings.lengths), dtype=np.float32)
        ceiling = 0.0
        for number, place in self.postings.found(wanted):
            scores[self.postings.docs[place]] += self.impacts[place]
            ceiling += float(self.weights[number])
        return scores, ceiling * (SATURATION + 1)

    def matched(self, wanted: Keys, row: int) -> list[tuple[int, float]]:
        """The keys found in one row and what each gave, the best first."""
        worth = []
        for number, place in self.postings.found(wanted):
            spot = place.start + int(np.searchsorted(self.postings.docs[place], row))
            if spot < place.stop and self.postings.docs[spot] == row:
                worth.append((int(self.postings.keys[number]), float(self.impacts[spot])))
        return sorted(worth, key=lambda pair: -pair[1])

    def save(self, folder: Path) -> None:
        """Write postings and weights into a folder."""
        self.postings.save(folder)
        np.save(folder / "weights.npy", self.weights)
        np.save(folder / "impacts.npy", self.impacts)

    @classmethod
    def load(cls, folder: Path) -> "LexicalIndex":
        """The index of a folder, mapped."""
        weights = mapped(folder / "weights.npy")
        return cls(Postings.load(folder), weights, mapped(folder / "impacts.npy"))
