"""Vectors in bytes, mapped from disk: the exact likeness of some rows, and the exactly nearest."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.answering.retrieval.arrays import mapped

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]

STEPS = np.float32(127)
KEPT_READY = 16384  # rows: up to here floating numbers are kept too, a quarter of the time


@dataclass(frozen=True, slots=True)
class VectorTable:
    """Vectors of length one in bytes: a hundredth of a point of cosine is not worth four times."""

    table: npt.NDArray[np.int8]
    scales: Floats
    ready: Floats | None = None

    @classmethod
    def build(cls, vectors: Floats) -> "VectorTable":
        """Round vectors, each by its own largest part."""
        largest = np.abs(vectors).max(axis=1, initial=0)
        scales = (np.maximum(largest, 1e-12) / STEPS).astype(np.float32)
        return cls(np.rint(vectors / scales[:, None]).astype(np.int8), scales)

    def likeness(self, query: Floats, rows: Rows | None = None) -> Floats:
        """The cosine of the query with some rows, or with all."""
        if rows is not None:
            return np.asarray(
                np.vecdot(self.table[rows].astype(np.float32), query) * self.scales[rows]
            )
        ready = self.table.astype(np.float32) if self.ready is None else self.ready
        return np.asarray(np.vecdot(ready, query) * self.scales)

    def vectors(self, rows: Rows) -> Floats:
        """Some rows as floating numbers again."""
        return np.asarray(self.table[rows].astype(np.float32) * self.scales[rows, None])

    def of(self, rows: Rows) -> "VectorTable":
        """Some rows as a table of their own."""
        return VectorTable(self.table[rows], self.scales[rows])

    def digest(self) -> bytes:
        """A checksum of the directions, which are all that a cosine looks at."""
        return hashlib.sha256(self.table.tobytes()).digest()

    @classmethod
    def joined(cls, parts: "Sequence[VectorTable]") -> "VectorTable":
        """The rows of several tables, one after the other."""
        tables, scales = [part.table for part in parts], [part.scales for part in parts]
        return cls(np.concatenate(tables), np.concatenate(scales))

    def save(self, folder: Path) -> None:
        """Write table and scales into a folder."""
        folder.mkdir(parents=True)
        np.save(folder / "table.npy", self.table)
        np.save(folder / "scales.npy", self.scales)

    @classmethod
    def load(cls, folder: Path) -> "VectorTable":
        """The table of a folder, mapped."""
        table, scales = mapped(folder / "table.npy"), mapped(folder / "scales.npy")
        return cls(table, scales, table.astype(np.float32) if len(table) <= KEPT_READY else None)
