"""Vectors of a new version: taken over where the text is known, made where it is not."""

import shutil
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import numpy as np
import numpy.typing as npt

from bot.answering.retrieval.dense import read_back, write_vectors
from bot.answering.retrieval.embedding import Embedder, is_shipped
from bot.answering.retrieval.vector_table import KEPT_READY, VectorTable
from bot.knowledge.index import checksums, store_files
from ingest.match import Match
from ingest.reuse import OldVersion

Slots = npt.NDArray[np.int64]

WORTH_COPYING = (
    0.5  # below this share of known texts a new vector store is quicker than an edited one
)
BACKGROUND_SAMPLE = 512
STORE_DATABASE = "chroma.sqlite3"
BATCH = 4096  # texts encoded at a time: bounds the memory of a large build


@dataclass(frozen=True, slots=True)
class Stored:
    """The slot of each row in the vector store.

    ``exact`` where the table alone answers: a store that has to be opened for so few rows costs a
    question more than it saves. ``checksums`` are those of the store that was found to hold just
    that.
    """

    slots: Slots
    exact: bool
    checksums: Mapping[str, str]


def is_small(table: VectorTable, embedder: Embedder) -> bool:
    """Whether a table may answer alone."""
    return is_shipped(embedder.model_id) and len(table.scales) <= KEPT_READY


def store_vectors(
    table: VectorTable, old: OldVersion | None, match: Match, store: Path, small: bool
) -> Stored:
    """Make the vector store that holds a table, of the old one where that is less work."""
    slots = _store_edited(table, old, match, store, small) if old else None
    if slots is not None:
        exact = small
    else:
        slots = _store_anew(table, store)
        exact = small and read_back(store, slots) == (len(slots), table.digest())
    return Stored(slots, exact, checksums(store_files(store), store) if exact else {})


def encoded(texts: Sequence[str], embedder: Embedder) -> VectorTable:
    """Vectors of texts in bytes, some at a time."""
    firsts = range(0, max(len(texts), 1), BATCH)
    parts = [VectorTable.build(embedder.encode(texts[n : n + BATCH])) for n in firsts]
    return VectorTable.joined(parts)


def reused_table(
    old: VectorTable | None, match: Match, fresh: Sequence[str], embedder: Embedder
) -> VectorTable:
    """The rows of the old table where there are such, new ones for the fresh texts."""
    made = encoded(fresh, embedder)
    if old is None:
        return made
    size = len(match.old_rows)
    table = np.empty((size, made.table.shape[1]), dtype=np.int8)
    scales = np.empty(size, dtype=np.float32)
    table[match.kept] = old.table[match.old_rows[match.kept]]
    scales[match.kept] = old.scales[match.old_rows[match.kept]]
    table[match.fresh], scales[match.fresh] = made.table, made.scales
    return VectorTable(table, scales)


def background(table: VectorTable) -> tuple[float, float]:
    """Mean and spread of the cosine of passages that have nothing to do with each other."""
    size = len(table.scales)
    if size < 2:
        return 0.0, 1.0
    chosen = np.random.default_rng(0).permutation(size)[:BACKGROUND_SAMPLE]
    sample = table.vectors(np.sort(chosen))
    cosines = (sample @ sample.T)[~np.eye(len(sample), dtype=bool)]
    return float(cosines.mean()), max(float(cosines.std()), 1e-3)


def is_readable(store: Path) -> bool:
    """Whether a vector store is there and no other kind of file: Chroma itself cannot recover."""
    database = store / STORE_DATABASE
    try:
        with closing(sqlite3.connect(f"file:{quote(str(database))}?mode=ro", uri=True)) as opened:
            return opened.execute("SELECT 1 FROM sqlite_master").fetchone() is not None
    except sqlite3.DatabaseError:
        return False


def _slots(old: OldVersion, match: Match) -> Slots:
    slots = np.empty(len(match.old_rows), dtype=np.int64)
    slots[match.kept] = old.slots[match.old_rows[match.kept]]
    first = int(old.slots.max(initial=-1)) + 1
    slots[match.fresh] = np.arange(first, first + len(match.fresh))
    return slots


def _store_anew(table: VectorTable, store: Path) -> Slots:
    shutil.rmtree(store, ignore_errors=True)
    slots = np.arange(len(table.scales), dtype=np.int64)
    write_vectors(store, slots, table)
    return slots


def _store_edited(
    table: VectorTable, old: OldVersion, match: Match, store: Path, small: bool
) -> Slots | None:
    """Copy the old store and change what changed: its slots.

    None where a new store is less work, or where the copy does not add up. What an unchanged copy
    holds was found out when it was written, so that only what is new has to be read back.
    """
    if len(match.kept) < WORTH_COPYING * len(old.slots) or not is_readable(old.vector_store):
        return None
    shutil.copytree(old.vector_store, store)
    known = bool(old.store_checksums) and _is_as_written(store, old.store_checksums)
    slots = _slots(old, match)
    dropped = np.setdiff1d(old.slots, slots)
    write_vectors(store, slots[match.fresh], table.of(match.fresh), dropped=dropped)
    rows = match.fresh if known or not small else np.arange(len(slots))
    held = read_back(store, slots[rows])
    return slots if held == (len(slots), table.of(rows).digest()) else None


def _is_as_written(store: Path, expected: Mapping[str, str]) -> bool:
    return checksums(store_files(store), store) == expected
