"""One index version, opened whole and held so that no writer deletes it."""

import fcntl
import os
import weakref
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from bot.answering.retrieval.best import best
from bot.answering.retrieval.dense import VectorStore
from bot.answering.retrieval.filter import FilterColumns, Mask
from bot.answering.retrieval.foreseen import FormLikeness
from bot.answering.retrieval.known_questions import KnownQuestions
from bot.answering.retrieval.lexical import LexicalIndex
from bot.answering.retrieval.neighbours import Neighbours
from bot.answering.retrieval.rows import PassageRows
from bot.answering.retrieval.vector_table import VectorTable
from bot.errors import IndexUnavailable
from bot.knowledge.index import (
    EXTRAS,
    FORMS,
    LOCK,
    MANIFEST,
    POINTER,
    VECTOR_STORE,
    VERSIONS,
    Manifest,
    first_damage,
)

if TYPE_CHECKING:
    from bot.answering.retrieval.vector_server import VectorServer

LEAST_SHARE = 0.1  # of the rows: where a filter keeps fewer, they are gone through one by one


class IndexVersion:
    """The arrays of a version, mapped, and its vector store, opened when first asked."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.manifest = manifest
        self._folder = folder
        self._let_go = weakref.finalize(self, os.close, _held(folder / LOCK))
        self.rows = PassageRows.load(folder / "rows")
        self.columns = FilterColumns.load(folder / "columns")
        self.lexical = LexicalIndex.load(folder / "lexical")
        self.known = KnownQuestions.load(folder / "known")
        self.forms = (folder / FORMS).read_bytes().split(b"\n")
        self.vectors = VectorTable.load(folder / "vectors")
        self.form_vectors = VectorTable.load(folder / "form_vectors")
        self.neighbours = Neighbours.load(folder / "neighbours")
        self.prior: npt.NDArray[np.float32] = np.load(folder / "prior.npy")
        self.store = VectorStore(folder / VECTOR_STORE)
        self.server: VectorServer | None = None
        self.form_likeness = FormLikeness(self.forms, self.form_vectors)
        self._row_of_slot = _inverse(self.rows.slots)

    @classmethod
    def open(cls, index_dir: Path, model_id: str) -> "IndexVersion":
        """The current version of an index folder; IndexUnavailable where it is not whole."""
        folder = current_version(index_dir)
        manifest = read_manifest(folder)
        if manifest.model_id != model_id:
            made = f"the index was made with {manifest.model_id}, not {model_id}"
            raise IndexUnavailable(f"{made}; build it again")
        if damaged := first_damage(folder, manifest):
            raise IndexUnavailable(f"{damaged} in {folder} is damaged; build the index again")
        return cls(folder, manifest)

    def nearest(
        self, vector: npt.NDArray[np.float32], kept: Mask, limit: int
    ) -> npt.NDArray[np.int64]:
        """The rows nearest to a vector: by the server or the store, or of few rows exactly."""
        if not vector.any():
            return np.zeros(0, np.int64)
        share = np.count_nonzero(kept) / max(len(kept), 1)
        wanted = min(int(limit / max(share, LEAST_SHARE)), len(self.rows))  # some may not be kept
        if self.server is not None:
            found = self.server.nearest(vector, wanted)
            if found is not None:
                return found
        if self.manifest.exact:
            return best(np.where(kept, 1 + self.vectors.likeness(vector), 0), limit)
        if share < LEAST_SHARE:
            rows = np.flatnonzero(kept)
            return rows[best(1 + self.vectors.likeness(vector, rows), limit)]
        return self._row_of_slot[self.store.nearest(vector, wanted)]

    def above_background(self, cosines: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Cosines on a scale that is the same for every model: how far above unrelated texts."""
        mean, spread = self.manifest.background
        return np.asarray((cosines - mean) / (10 * spread), dtype=np.float32)

    def extra(self, name: str) -> bytes:
        """A file that the writer stored beside the passages."""
        try:
            return (self._folder / EXTRAS / name).read_bytes()
        except FileNotFoundError as fault:
            missing = f"{name} is not in {self._folder}"
            raise IndexUnavailable(f"{missing}; build the index again") from fault

    def close(self) -> None:
        """Let the version go: no search after this."""
        self.store.close()
        if self.server is not None:
            self.server.close()
        self._let_go()


def current_version(index_dir: Path) -> Path:
    """The folder the pointer names."""
    try:
        name = (index_dir / POINTER).read_text("utf-8").strip()
    except OSError as fault:
        raise IndexUnavailable(f"no index in {index_dir}; build it first") from fault
    return index_dir / VERSIONS / name


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a version; IndexUnavailable where it cannot be read."""
    try:
        return Manifest.from_json((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError, TypeError) as fault:
        raise IndexUnavailable(f"no whole index in {folder}; build it again") from fault


def _held(path: Path) -> int:
    """A shared lock that keeps writers from deleting the version; it ends with its descriptor."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError as fault:
        raise IndexUnavailable(f"{path.parent} is gone; open the index again") from fault
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def _inverse(slots: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    rows = np.zeros(int(slots.max(initial=-1)) + 1, np.int64)
    rows[slots] = np.arange(len(slots))
    return rows
