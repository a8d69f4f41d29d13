"""Vectors: nearest passages from Chroma, exact likeness of candidates from the mapped table."""

import logging
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]

log = logging.getLogger(__name__)

COLLECTION = "passages"
STEPS = np.float32(127)
WRITE_BATCH = 5000


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
        table = np.load(folder / "table.npy", mmap_mode="r")
        return cls(table, np.load(folder / "scales.npy", mmap_mode="r"))


class VectorStore:
    """A version's Chroma collection, opened at the first look-up; a fault switches it off."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._collection: Collection | None = None
        self.working = True

    def nearest(self, query: Floats, limit: int) -> Rows:
        """The rows nearest to the query, or none where Chroma cannot answer."""
        if not self.working:
            return np.zeros(0, np.int64)
        try:
            found = self._opened().query(query_embeddings=[query], n_results=limit, include=[])
        except Exception:
            log.warning("vector store unavailable", exc_info=True)
            self.working = False
            return np.zeros(0, np.int64)
        return np.array([int(row) for row in found["ids"][0]], dtype=np.int64)

    def _opened(self) -> "Collection":
        with self._lock:
            if self._collection is None:
                self._collection = open_client(self._folder).get_collection(COLLECTION)
            return self._collection


def write_vectors(folder: Path, vectors: Floats) -> None:
    """Write a new collection; a row's number is its id."""
    client = open_client(folder)
    made = client.create_collection(COLLECTION, configuration={"hnsw": {"space": "cosine"}})
    for first in range(0, len(vectors), WRITE_BATCH):
        part = vectors[first : first + WRITE_BATCH]
        made.add(ids=[str(row) for row in range(first, first + len(part))], embeddings=part)
    close_client(client)


def open_client(folder: Path) -> "ClientAPI":
    """Chroma in this process, over a folder, sending nothing to anybody."""
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))


def close_client(client: Any) -> None:
    """Let go of the folder's files."""
    client.close()
