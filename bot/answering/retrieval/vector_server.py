"""Nearest passages from a Chroma server, under a deadline; while it is away others answer.

The server is filled from the version's own table and filled again where it lost what it had, so it
never holds anything that cannot be replaced. Its HTTP interface is spoken to directly: Chroma's own
client waits for a hung server for ever.
"""

import hashlib
import logging
import time
from threading import Lock, Thread
from typing import Any

import httpx
import numpy as np
import numpy.typing as npt

from bot.answering.retrieval.vector_table import VectorTable

Rows = npt.NDArray[np.int64]

API = "/api/v2/tenants/default_tenant/databases/default_database"
DEADLINE_SECONDS = 1.0
FILL_SECONDS = 60.0
AGAIN_SECONDS = 3.0
BATCH = 1000
OUTDATED_SECONDS = 86_400.0
PREFIX = "passages-"

log = logging.getLogger(__name__)


class VectorServer:
    """One version's collection on a server; named by its content, so replicas share it."""

    def __init__(self, url: str, table: VectorTable) -> None:
        self._http = httpx.Client(base_url=url.rstrip("/") + API, timeout=DEADLINE_SECONDS)
        self._table = table
        self._name = PREFIX + hashlib.sha256(table.digest()).hexdigest()[:24]
        self._collection: str | None = None
        self._away_until = 0.0
        self._lock = Lock()
        self._filling: Thread | None = None
        self.working = False

    def nearest(self, query: npt.NDArray[np.float32], limit: int) -> Rows | None:
        """The rows nearest to the query; none at all where the server cannot answer in time."""
        if limit < 1 or time.monotonic() < self._away_until:
            return None
        try:
            return self._asked(query, limit)
        except (httpx.HTTPError, ValueError, KeyError) as fault:
            self._rest(fault)
            return None

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def _asked(self, query: npt.NDArray[np.float32], limit: int) -> Rows | None:
        if self._collection is None and not self._found():
            self._fill_beside()
            return None
        wanted = {"query_embeddings": [query.tolist()], "n_results": limit, "include": []}
        reply = self._http.post(f"/collections/{self._collection}/query", json=wanted)
        if reply.status_code == httpx.codes.NOT_FOUND:  # somebody deleted it or built it anew
            self._collection = None
            return None
        self.working = True
        return np.array([int(each) for each in _read(reply)["ids"][0]], dtype=np.int64)

    def _found(self) -> bool:
        """Look for a collection that is whole."""
        reply = self._http.get(f"/collections/{self._name}")
        if reply.status_code == httpx.codes.NOT_FOUND:
            return False
        collection = str(_read(reply)["id"])
        stored = _read(self._http.get(f"/collections/{collection}/count"))
        if stored != len(self._table.scales):
            return False
        self._collection = collection
        return True

    def _fill_beside(self) -> None:
        """Fill the server in a thread of its own; no question waits for that."""
        with self._lock:
            if self._filling is None or not self._filling.is_alive():
                self._filling = Thread(target=self._fill, name="fill-vector-server", daemon=True)
                self._filling.start()

    def _fill(self) -> None:
        try:
            made = {
                "name": self._name,
                "get_or_create": True,
                "configuration": {"hnsw": {"space": "cosine"}},
                "metadata": {"made_at": int(time.time())},
            }
            reply = self._http.post("/collections", json=made, timeout=FILL_SECONDS)
            collection = str(_read(reply)["id"])
            for first in range(0, len(self._table.scales), BATCH):
                self._send(
                    collection, np.arange(first, min(first + BATCH, len(self._table.scales)))
                )
            self._sweep()
        except (httpx.HTTPError, ValueError, KeyError) as fault:
            self._rest(fault)

    def _send(self, collection: str, rows: Rows) -> None:
        part = {
            "ids": [str(row) for row in rows.tolist()],
            "embeddings": self._table.vectors(rows).tolist(),
        }
        _read(self._http.post(f"/collections/{collection}/upsert", json=part, timeout=FILL_SECONDS))

    def _sweep(self) -> None:
        """Drop collections of versions that nobody has used since yesterday's changes."""
        for each in _read(self._http.get("/collections")):
            made_at = (each.get("metadata") or {}).get("made_at", 0)
            ours = each["name"].startswith(PREFIX) and each["name"] != self._name
            if ours and made_at < time.time() - OUTDATED_SECONDS:
                self._http.delete(f"/collections/{each['name']}")

    def _rest(self, fault: Exception) -> None:
        """Leave the server alone for a moment."""
        log.warning("vector server unavailable", extra={"why": type(fault).__name__})
        self.working = False
        self._collection = None
        self._away_until = time.monotonic() + AGAIN_SECONDS


def _read(reply: httpx.Response) -> Any:
    reply.raise_for_status()
    return reply.json()
