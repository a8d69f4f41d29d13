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
PIECE = 1024  # rows made floating at a time: a megabyte
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
        if self.ready is not None:
            return np.asarray(np.vecdot(self.ready, query) * self.scales)
        return np.asarray(self.likeness_of_each(query[None])[0])

    def likeness_of_each(self, queries: Floats) -> Floats:
        """The cosines of several queries with all rows, by the same sums as of each alone.

        No more rows are made floating at a time than the processor holds beside it.
        """
        made = np.empty((len(queries), len(self.table)), np.float32)
        piece = np.empty((PIECE, self.table.shape[1]), np.float32)
        for first in range(0, len(self.table), PIECE):
            rows = self.table[first : first + PIECE]
            floating = piece[: len(rows)]
            np.copyto(floating, rows)
            for query, cosines in zip(queries, made, strict=True):
                np.vecdot(floating, query, out=cosines[first : first + len(rows)])
        return np.asarray(made * self.scales)

    def vectors(self, rows: Rows) -> Floats:
        """Some rows as floating numbers again."""
        return np.asarray(self.table[rows].astype(np.float32) * self.scales[rows, None])

    def of(self, rows: Rows) -> "VectorTable":
        """Some rows as a table of their own."""
        return VectorTable(self.table[rows], self.scales[rows])

    def same_as(self, other: "VectorTable", rows: Rows) -> npt.NDArray[np.bool_]:
        """For each row whether the named row of another table is the same in every byte."""
        if not len(other.table):
            return np.zeros(len(rows), np.bool_)
        alike = (self.table == other.table[rows]).all(axis=1)
        return np.asarray(alike & (self.scales == other.scales[rows]) & (rows >= 0))

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
