"""BM25 over characters and pairs of characters of title, heading path and text."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.answering.retrieval.arrays import mapped
from bot.answering.retrieval.postings import Postings
from bot.answering.retrieval.tokens import Keys

Scores = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]

SATURATION = 2.4  # BM25's k1 and b, tuned on the development questions
LENGTH_SHARE = 0.75
STEPS = np.float32(65535)


SHARE = 1 << 20  # postings weighed at a time: bounds the memory of a large build


@dataclass(frozen=True, slots=True)
class LexicalIndex:
    """Postings with what each is worth, worked out once at build time."""

    postings: Postings
    weights: Scores  # one for each key: the most it can give, by its rarity
    impacts: npt.NDArray[np.uint16]  # one for each posting: its part of that, in steps

    @classmethod
    def build(cls, postings: Postings) -> "LexicalIndex":
        """Weigh postings."""
        size = len(postings.lengths)
        holders = np.diff(postings.starts)
        rarity = np.log1p((size - holders + 0.5) / (holders + 0.5))
        mean = max(float(postings.lengths.mean()), 1.0) if size else 1.0
        share = 1 - LENGTH_SHARE + LENGTH_SHARE * postings.lengths / mean
        damping = (SATURATION * share).astype(np.float32)
        impacts = np.empty(len(postings.docs), np.uint16)
        for first in range(0, len(impacts), SHARE):
            part = slice(first, first + SHARE)
            counts = postings.counts[part].astype(np.float32)
            impacts[part] = np.rint(counts / (counts + damping[postings.docs[part]]) * STEPS)
        return cls(postings, (rarity * (SATURATION + 1)).astype(np.float32), impacts)

    def scores(self, wanted: Keys) -> tuple[Scores, float]:
        """The score of every row, and the most a row could have."""
        scores = np.zeros(len(self.postings.lengths), dtype=np.float32)
        ceiling = 0.0
        for number, place in self.postings.found(wanted):
            scores[self.postings.docs[place]] += self._worth(number, place)  # each text once
            ceiling += float(self.weights[number])
        return scores, ceiling

    def matched(self, wanted: Keys, rows: Rows) -> list[list[tuple[int, float]]]:
        """For each of some rows the keys found in it and what each gave, the best first."""
        worth: list[list[tuple[int, float]]] = [[] for _ in rows]
        for number, place in self.postings.found(wanted):
            docs = self.postings.docs[place]
            spots = np.minimum(np.searchsorted(docs, rows), len(docs) - 1)
            inside = np.flatnonzero(docs[spots] == rows)
            gave = self._worth(number, place.start + spots[inside])
            for row, value in zip(inside.tolist(), gave.tolist(), strict=True):
                worth[row].append((int(self.postings.keys[number]), value))
        return [sorted(pairs, key=lambda pair: -pair[1]) for pairs in worth]

    def _worth(self, number: int, place: slice | Rows) -> Scores:
        return np.asarray(self.impacts[place] * (self.weights[number] / STEPS))

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
