"""Vectors of a new version: taken over where the text is known, made where it is not."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.answering.retrieval.dense import VectorTable, count_stored, write_vectors
from bot.answering.retrieval.embedding import Embedder
from ingest.reuse import Match, OldVersion

Slots = npt.NDArray[np.int64]

WORTH_COPYING = (
    0.5  # below this share of known texts a new vector store is quicker than an edited one
)
BACKGROUND_SAMPLE = 512


@dataclass(frozen=True, slots=True)
class Embedded:
    """Vectors by row, and the slot of each row in the vector store."""

    table: VectorTable
    slots: Slots


def embed(
    texts: Sequence[str], old: OldVersion | None, match: Match, embedder: Embedder, store: Path
) -> Embedded:
    """Vectors of all texts, and the vector store that holds them."""
    if old is None or old.model_id != embedder.model_id:
        return _store_anew(VectorTable.build(embedder.encode(texts)), store)
    table = reused_table(old.vectors, match, texts, embedder)
    if len(match.kept) < WORTH_COPYING * len(old.slots) or not old.vector_store.is_dir():
        return _store_anew(table, store)
    slots = _slots(old, match)
    if not _store_edited(table, slots, old, match, store):
        return _store_anew(table, store)
    return Embedded(table, slots)


def reused_table(
    old: VectorTable, match: Match, texts: Sequence[str], embedder: Embedder
) -> VectorTable:
    """The rows of the old table where they fit, new ones where not."""
    fresh = VectorTable.build(embedder.encode([texts[row] for row in match.fresh]))
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


def _slots(old: OldVersion, match: Match) -> Slots:
    slots = np.empty(len(match.old_rows), dtype=np.int64)
    slots[match.kept] = old.slots[match.old_rows[match.kept]]
    first = int(old.slots.max(initial=-1)) + 1
    slots[match.fresh] = np.arange(first, first + len(match.fresh))
    return slots


def _store_anew(table: VectorTable, store: Path) -> Embedded:
    shutil.rmtree(store, ignore_errors=True)
    slots = np.arange(len(table.scales), dtype=np.int64)
    write_vectors(store, slots, table.vectors(slots))
    return Embedded(table, slots)


def _store_edited(
    table: VectorTable, slots: Slots, old: OldVersion, match: Match, store: Path
) -> bool:
    """Copy the old store and change what changed; false where the copy does not add up."""
    shutil.copytree(old.vector_store, store)
    dropped = np.setdiff1d(old.slots, slots)
    write_vectors(store, slots[match.fresh], table.vectors(match.fresh), dropped=dropped)
    return count_stored(store) == len(slots)
