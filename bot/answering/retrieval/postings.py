"""Which texts hold which keys, as flat arrays that are mapped from disk rather than loaded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.answering.retrieval.arrays import mapped
from bot.answering.retrieval.tokens import Keys, keys_of

BATCH = 4096  # texts tokenised at a time: bounds the memory of a large build
COUNT_LIMIT = 255


@dataclass(frozen=True, slots=True)
class Postings:
    """For each key the texts that hold it and how often; for each text its length in keys."""

    keys: Keys
    starts: npt.NDArray[np.int64]
    docs: npt.NDArray[np.int32]
    counts: npt.NDArray[np.uint8]
    lengths: npt.NDArray[np.int32]

    @classmethod
    def build(cls, texts: Sequence[str], *, sounds: bool = False) -> "Postings":
        """The postings of normalised texts."""
        parts = [_count(part, first, sounds) for first, part in _batches(texts)]
        return cls._assemble(parts, len(texts))

    @classmethod
    def merge(
        cls, parts: Sequence[tuple["Postings", npt.NDArray[np.int64]]], size: int
    ) -> "Postings":
        """Several postings as one; each with the new places of its texts, -1 for a dropped one."""
        return cls._assemble([part._moved(places) for part, places in parts], size)

    @classmethod
    def _assemble(cls, parts: "Sequence[_Flat]", size: int) -> "Postings":
        keys = np.concatenate([part.keys for part in parts] or [np.zeros(0, np.uint64)])
        docs = np.concatenate([part.docs for part in parts] or [np.zeros(0, np.int32)])
        counts = np.concatenate([part.counts for part in parts] or [np.zeros(0, np.uint8)])
        order = np.lexsort((docs, keys))
        keys = keys[order]
        firsts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])[: len(keys)])
        starts = np.append(firsts, len(keys)).astype(np.int64)
        docs, counts = docs[order], counts[order]
        lengths = np.bincount(docs, weights=counts, minlength=size).astype(np.int32)
        return cls(keys[firsts], starts, docs, counts, lengths)

    def _moved(self, places: npt.NDArray[np.int64]) -> "_Flat":
        spread = np.repeat(self.keys, np.diff(self.starts))
        moved = places[self.docs]
        kept = moved >= 0
        return _Flat(spread[kept], moved[kept].astype(np.int32), self.counts[kept])

    def found(self, wanted: Keys) -> Iterator[tuple[int, slice]]:
        """The wanted keys that occur: their number and the range of their postings."""
        numbers = np.searchsorted(self.keys, wanted)
        for number, key in zip(numbers.tolist(), wanted.tolist(), strict=True):
            if number < len(self.keys) and self.keys[number] == key:
                yield number, slice(int(self.starts[number]), int(self.starts[number + 1]))

    def save(self, folder: Path) -> None:
        """Write the arrays into a folder."""
        folder.mkdir(parents=True)
        for name in self.__slots__:
            np.save(folder / f"{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, folder: Path) -> "Postings":
        """The arrays of a folder, mapped."""
        return cls(*(mapped(folder / f"{name}.npy") for name in cls.__slots__))


@dataclass(frozen=True, slots=True)
class _Flat:
    """Postings not yet put in order."""

    keys: Keys
    docs: npt.NDArray[np.int32]
    counts: npt.NDArray[np.uint8]


def _batches(texts: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    for first in range(0, len(texts), BATCH):
        yield first, texts[first : first + BATCH]


def _count(texts: Sequence[str], first: int, sounds: bool) -> _Flat:
    keys, owners = keys_of(texts, sounds=sounds)
    order = np.lexsort((owners, keys))
    keys, owners = keys[order], owners[order]
    fresh = np.concatenate([[True], (keys[1:] != keys[:-1]) | (owners[1:] != owners[:-1])])
    firsts = np.flatnonzero(fresh[: len(keys)])
    counts = np.diff(np.append(firsts, len(keys)))
    places = (owners[firsts] + first).astype(np.int32)
    return _Flat(keys[firsts], places, np.minimum(counts, COUNT_LIMIT).astype(np.uint8))
