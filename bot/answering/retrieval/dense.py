"""Vectors: nearest passages from Chroma, exact likeness of candidates from the mapped table."""

import logging
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, cast

import numpy as np
import numpy.typing as npt

from bot.answering.retrieval.arrays import mapped

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from chromadb.api.models.Collection import Collection

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]
Slots = npt.NDArray[np.int64]

log = logging.getLogger(__name__)

COLLECTION = "passages"
STEPS = np.float32(127)
WRITE_BATCH = 5000
NONE: Slots = np.zeros(0, dtype=np.int64)
CONFIGURATION: "CreateCollectionConfiguration" = {"hnsw": {"space": "cosine"}}


@dataclass(frozen=True, slots=True)
class VectorTable:
    """Vectors of length one in bytes: a hundredth of a point of cosine is not worth four times."""

    table: npt.NDArray[np.int8]
    scales: Floats

    @classmethod
    def build(cls, vectors: Floats) -> "VectorTable":
        """Round vectors, each by its own largest part."""
        largest = np.abs(vectors).max(axis=1, initial=0)
        scales = (np.maximum(largest, 1e-12) / STEPS).astype(np.float32)
        return cls(np.rint(vectors / scales[:, None]).astype(np.int8), scales)

    def likeness(self, query: Floats, rows: Rows) -> Floats:
        """The cosine of the query with some rows."""
        return np.asarray((self.table[rows].astype(np.float32) @ query) * self.scales[rows])

    def vectors(self, rows: Rows) -> Floats:
        """Some rows as floating numbers again."""
        return np.asarray(self.table[rows].astype(np.float32) * self.scales[rows, None])

    def save(self, folder: Path) -> None:
        """Write table and scales into a folder."""
        folder.mkdir(parents=True)
        np.save(folder / "table.npy", self.table)
        np.save(folder / "scales.npy", self.scales)

    @classmethod
    def load(cls, folder: Path) -> "VectorTable":
        """The table of a folder, mapped."""
        table = mapped(folder / "table.npy")
        return cls(table, mapped(folder / "scales.npy"))


class VectorStore:
    """A version's Chroma collection, opened at the first look-up; a fault switches it off."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._client: Client | None = None
        self._collection: Collection | None = None
        self.working = True

    def nearest(self, query: Floats, limit: int) -> Slots:
        """The slots nearest to the query, or none where Chroma cannot answer."""
        if not self.working or limit < 1:
            return NONE
        try:
            found = self._opened().query(query_embeddings=query[None], n_results=limit, include=[])
        except Exception:  # whatever ails the vector store, words still find
            log.warning("vector store unavailable", exc_info=True)
            self.working = False
            return NONE
        return np.array([int(slot) for slot in found["ids"][0]], dtype=np.int64)

    def close(self) -> None:
        """Let go of the store's files."""
        with self._lock:
            if self._client is not None:
                self._client.close()
            self._client = self._collection = None

    def _opened(self) -> "Collection":
        with self._lock:
            if self._collection is None:
                self._client = open_client(self._folder)
                self._collection = self._client.get_collection(COLLECTION, embedding_function=None)
            return self._collection


def write_vectors(folder: Path, slots: Slots, vectors: Floats, *, dropped: Slots = NONE) -> None:
    """Add vectors under their slots, and drop others, in a new or an existing collection."""
    client = open_client(folder)
    try:
        made = client.get_or_create_collection(
            COLLECTION, configuration=CONFIGURATION, embedding_function=None
        )
        for first in range(0, len(dropped), WRITE_BATCH):
            made.delete(ids=[str(slot) for slot in dropped[first : first + WRITE_BATCH]])
        for first in range(0, len(slots), WRITE_BATCH):
            part = slice(first, first + WRITE_BATCH)
            made.add(ids=[str(slot) for slot in slots[part]], embeddings=vectors[part])
    finally:
        client.close()


def count_stored(folder: Path) -> int:
    """How many vectors the collection of a folder holds."""
    client = open_client(folder)
    try:
        return client.get_collection(COLLECTION, embedding_function=None).count()
    finally:
        client.close()


def open_client(folder: Path) -> "Client":
    """Chroma in this process, over a folder, sending nothing to anybody."""
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    return cast("Client", chromadb.PersistentClient(str(folder), settings=settings))
