"""Vectors of a new version: taken over where the text is known, made where it is not."""

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import numpy as np
import numpy.typing as npt

from bot.answering.retrieval.dense import count_stored, stored_vectors, write_vectors
from bot.answering.retrieval.embedding import Embedder, is_shipped
from bot.answering.retrieval.vector_table import KEPT_READY, VectorTable
from ingest.reuse import Match, OldVersion

Slots = npt.NDArray[np.int64]

WORTH_COPYING = (
    0.5  # below this share of known texts a new vector store is quicker than an edited one
)
BACKGROUND_SAMPLE = 512
STORE_DATABASE = "chroma.sqlite3"
BATCH = 4096  # texts encoded at a time: bounds the memory of a large build


@dataclass(frozen=True, slots=True)
class Embedded:
    """Vectors by row, and the slot of each row in the vector store.

    ``exact`` where the table alone answers: a store that has to be opened for so few rows costs a
    question more than it saves.
    """

    table: VectorTable
    slots: Slots
    exact: bool


def embed(
    texts: Sequence[str], old: OldVersion | None, match: Match, embedder: Embedder, store: Path
) -> Embedded:
    """Vectors of all texts, and the vector store that holds them."""
    if old is None or old.model_id != embedder.model_id:
        table = encoded(texts, embedder)
        slots = _store_anew(table, store)
    else:
        table = reused_table(old.vectors, match, texts, embedder)
        slots = _stored(table, old, match, store)
    small = is_shipped(embedder.model_id) and len(texts) <= KEPT_READY
    return Embedded(table, slots, small and _holds(store, slots, table))


def encoded(texts: Sequence[str], embedder: Embedder) -> VectorTable:
    """Vectors of texts in bytes, some at a time."""
    firsts = range(0, max(len(texts), 1), BATCH)
    parts = [VectorTable.build(embedder.encode(texts[n : n + BATCH])) for n in firsts]
    return VectorTable.joined(parts)


def reused_table(
    old: VectorTable, match: Match, texts: Sequence[str], embedder: Embedder
) -> VectorTable:
    """The rows of the old table where they fit, new ones where not."""
    fresh = encoded([texts[row] for row in match.fresh], embedder)
    table = np.empty((len(texts), fresh.table.shape[1]), dtype=np.int8)
    scales = np.empty(len(texts), dtype=np.float32)
    table[match.kept], scales[match.kept] = (
        old.table[match.old_rows[match.kept]],
        old.scales[match.old_rows[match.kept]],
    )
    table[match.fresh], scales[match.fresh] = fresh.table, fresh.scales
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


def _stored(table: VectorTable, old: OldVersion, match: Match, store: Path) -> Slots:
    """The slots of the rows in the old store, edited, where that is less work than a new one."""
    known = len(match.kept) >= WORTH_COPYING * len(old.slots) and is_readable(old.vector_store)
    slots = _slots(old, match)
    if known and _store_edited(table, slots, old, match, store):
        return slots
    return _store_anew(table, store)


def _store_anew(table: VectorTable, store: Path) -> Slots:
    shutil.rmtree(store, ignore_errors=True)
    slots = np.arange(len(table.scales), dtype=np.int64)
    write_vectors(store, slots, table)
    return slots


def _store_edited(
    table: VectorTable, slots: Slots, old: OldVersion, match: Match, store: Path
) -> bool:
    """Copy the old store and change what changed; false where the copy does not add up."""
    shutil.copytree(old.vector_store, store)
    dropped = np.setdiff1d(old.slots, slots)
    write_vectors(store, slots[match.fresh], table.of(match.fresh), dropped=dropped)
    return count_stored(store) == len(slots)


def _holds(store: Path, slots: Slots, table: VectorTable) -> bool:
    """Whether the vector store gives back, by checksum, what the table holds."""
    return not len(slots) or stored_vectors(store, slots).digest() == table.digest()
