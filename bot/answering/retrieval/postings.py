"""Which texts hold which keys, as flat arrays that are mapped from disk rather than loaded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.answering.retrieval.arrays import mapped
from bot.answering.retrieval.tokens import Keys, keys_of

Places = npt.NDArray[np.int64]

BATCH = 4096  # texts tokenised at a time: bounds the memory of a large build
SHARE = 1 << 20  # postings put in order at a time, for the same reason
COUNT_LIMIT = 255
DOC_BITS = 32


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
        return cls._joined(parts, len(texts))

    @classmethod
    def merge(cls, parts: "Sequence[tuple[Postings, Places]]", size: int) -> "Postings":
        """Several postings as one; each with the new places of its texts, -1 for a dropped one."""
        return cls._joined([part._moved(places) for part, places in parts], size)

    @classmethod
    def _joined(cls, parts: "Sequence[_Part]", size: int) -> "Postings":
        keys = _different(parts)
        held = np.zeros(len(keys), np.int64)
        for part in parts:
            held[np.searchsorted(keys, part.keys)] += np.diff(part.starts)
        starts = np.append(0, np.cumsum(held))
        docs, counts = np.empty(starts[-1], np.int32), np.empty(starts[-1], np.uint8)
        for share in _shares(starts):
            place = slice(starts[share.start], starts[share.stop])
            docs[place], counts[place] = _in_order([part.of(keys[share]) for part in parts])
        lengths = np.zeros(size, np.int64)
        for part in parts:
            lengths += np.bincount(part.docs, part.counts, size).astype(np.int64)
        return cls(keys, starts, docs, counts, lengths.astype(np.int32))

    def _moved(self, places: Places) -> "_Part":
        docs = places[self.docs]
        kept = docs >= 0
        passed = np.append(0, np.cumsum(kept))[self.starts]
        held = np.diff(passed) > 0
        starts = np.append(passed[:-1][held], passed[-1])
        return _Part(self.keys[held], starts, docs[kept].astype(np.int32), self.counts[kept])

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
class _Part:
    """Postings of some of the texts."""

    keys: Keys
    starts: npt.NDArray[np.int64]
    docs: npt.NDArray[np.int32]
    counts: npt.NDArray[np.uint8]

    def of(self, wanted: Keys) -> "_Part":
        """The postings of the keys from the first to the last of some."""
        low, high = int(np.searchsorted(self.keys, wanted[0])), _after(self.keys, wanted[-1])
        place = slice(int(self.starts[low]), int(self.starts[high]))
        starts = self.starts[low : high + 1]
        return _Part(self.keys[low:high], starts, self.docs[place], self.counts[place])


def _different(parts: Sequence[_Part]) -> Keys:
    """The keys of all parts, each once; they come in order, so that sorting is little work."""
    keys = np.concatenate([np.zeros(0, np.uint64), *(part.keys for part in parts)])
    keys.sort(kind="stable")
    return np.asarray(keys[np.append(True, keys[1:] != keys[:-1])[: len(keys)]])


def _after(keys: Keys, key: np.uint64) -> int:
    return int(np.searchsorted(keys, key, side="right"))


def _shares(starts: npt.NDArray[np.int64]) -> Iterator[slice]:
    """Ranges of keys that have about as many postings as may be put in order at a time."""
    first = 0
    while first < len(starts) - 1:
        last = max(int(np.searchsorted(starts, starts[first] + SHARE, side="right")) - 1, first + 1)
        yield slice(first, last)
        first = last


def _in_order(
    parts: Sequence[_Part],
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.uint8]]:
    """Texts and counts by key and, within a key, by text.

    A stable sort of one number finds the order that most of the postings have already, and is done.
    """
    keys = _different(parts)
    numbers = [np.searchsorted(keys, part.keys) << DOC_BITS for part in parts]
    places = [np.repeat(each, np.diff(p.starts)) for each, p in zip(numbers, parts, strict=True)]
    docs = np.concatenate([part.docs for part in parts])
    order = np.argsort(np.concatenate(places) | docs, kind="stable")
    return docs[order], np.concatenate([part.counts for part in parts])[order]


def _batches(texts: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    for first in range(0, len(texts), BATCH):
        yield first, texts[first : first + BATCH]


def _count(texts: Sequence[str], first: int, sounds: bool) -> _Part:
    keys, owners = keys_of(texts, sounds=sounds)
    order = np.lexsort((owners, keys))
    keys, owners = keys[order], owners[order]
    fresh = np.concatenate([[True], (keys[1:] != keys[:-1]) | (owners[1:] != owners[:-1])])
    firsts = np.flatnonzero(fresh[: len(keys)])
    counts = np.minimum(np.diff(np.append(firsts, len(keys))), COUNT_LIMIT).astype(np.uint8)
    different, starts = np.unique(keys[firsts], return_index=True)
    docs = (owners[firsts] + first).astype(np.int32)
    return _Part(different, np.append(starts, len(docs)), docs, counts)
