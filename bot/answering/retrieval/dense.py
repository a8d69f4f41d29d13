"""The vector store of record: a version's vectors in Chroma, and the nearest of them."""

import hashlib
import logging
import time
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, cast

import numpy as np
import numpy.typing as npt

from bot.answering.retrieval.vector_table import VectorTable

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from chromadb.api.models.Collection import Collection

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]
Slots = npt.NDArray[np.int64]

log = logging.getLogger(__name__)

COLLECTION = "passages"
WRITE_BATCH = 5000
READ_BATCH = 1000  # Chroma hands out Python numbers, thirty bytes each
AGAIN_SECONDS = 30.0
NONE: Slots = np.zeros(0, dtype=np.int64)
CONFIGURATION: "CreateCollectionConfiguration" = {"hnsw": {"space": "cosine"}}


class VectorStore:
    """A version's Chroma collection, opened at the first look-up; after a fault it rests a while."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._client: Client | None = None
        self._collection: Collection | None = None
        self._away_until = 0.0
        self.working = True

    def nearest(self, query: Floats, limit: int) -> Slots:
        """The slots nearest to the query, or none where Chroma cannot answer."""
        if limit < 1 or time.monotonic() < self._away_until:
            return NONE
        try:
            found = self._opened().query(query_embeddings=query[None], n_results=limit, include=[])
        except Exception:  # whatever ails the vector store, words still find
            log.warning("vector store unavailable", exc_info=True)
            self.working = False
            self._away_until = time.monotonic() + AGAIN_SECONDS
            self.close()
            return NONE
        self.working = True
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


def write_vectors(
    folder: Path, slots: Slots, vectors: VectorTable, *, dropped: Slots = NONE
) -> None:
    """Add vectors under their slots, and drop others, in a new or an existing collection."""
    client = open_client(folder)
    try:
        made = client.get_or_create_collection(
            COLLECTION, configuration=CONFIGURATION, embedding_function=None
        )
        for first in range(0, len(dropped), WRITE_BATCH):
            made.delete(ids=[str(slot) for slot in dropped[first : first + WRITE_BATCH]])
        for first in range(0, len(slots), WRITE_BATCH):
            rows = np.arange(first, min(first + WRITE_BATCH, len(slots)))
            made.add(ids=[str(slot) for slot in slots[rows]], embeddings=vectors.vectors(rows))
    finally:
        client.close()


def read_back(folder: Path, slots: Slots) -> tuple[int, bytes]:
    """How many vectors a collection holds, and the digest of the table of those under some slots."""
    client = open_client(folder)
    try:
        stored = client.get_collection(COLLECTION, embedding_function=None)
        digest = hashlib.sha256()
        for first in range(0, len(slots), READ_BATCH):
            digest.update(_stored(stored, slots[first : first + READ_BATCH]).table.tobytes())
        return stored.count(), digest.digest()
    finally:
        client.close()


def _stored(stored: "Collection", slots: Slots) -> VectorTable:
    found = stored.get(ids=[str(slot) for slot in slots], include=["embeddings"])
    place = {int(name): place for place, name in enumerate(found["ids"])}
    vectors = np.asarray(found["embeddings"], np.float32)
    return VectorTable.build(vectors[[place[slot] for slot in slots.tolist() if slot in place]])


def open_client(folder: Path) -> "Client":
    """Chroma in this process, over a folder, sending nothing to anybody."""
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    return cast("Client", chromadb.PersistentClient(str(folder), settings=settings))
