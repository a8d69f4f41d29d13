"""The front door of retrieval: an index version, opened whole, asked many times."""

import fcntl
import logging
import os
import weakref
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.answering.retrieval.dense import VectorStore, VectorTable
from bot.answering.retrieval.embedding import Embedder
from bot.answering.retrieval.explain import Reasons
from bot.answering.retrieval.filter import BORROWERS, Filter, FilterColumns, Mask
from bot.answering.retrieval.fuse import SIGNALS, Fusion
from bot.answering.retrieval.known_questions import KnownQuestions
from bot.answering.retrieval.lexical import LexicalIndex
from bot.answering.retrieval.rows import PassageRows
from bot.answering.retrieval.tokens import Keys, normalise, query_keys, readable
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
from bot.knowledge.passage import Passage

log = logging.getLogger(__name__)

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]

QUERY_LIMIT = 2000  # characters: beyond this a message adds no words worth looking for
LEXICAL_CANDIDATES = 200
VECTOR_CANDIDATES = 64
KNOWN_CANDIDATES = 48
WORDS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage, the chance that it is the right one, and why."""

    passage: Passage
    score: float
    reasons: Reasons


@dataclass(frozen=True, slots=True)
class _Query:
    """A query in every form that a signal looks at."""

    text: str
    keys: Keys
    sounds: Keys
    vector: Floats


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Rows worth weighing, with their signals and the known form nearest to each."""

    rows: Rows
    signals: Floats
    forms: npt.NDArray[np.int64]


class Retriever:
    """Finds passages; safe for many threads, bound to the version it was opened on."""

    def __init__(
        self,
        version_dir: Path,
        manifest: Manifest,
        embedder: Embedder,
        fusion: Fusion,
    ) -> None:
        self.manifest = manifest
        self._dir = version_dir
        self._let_go = weakref.finalize(self, os.close, _held(version_dir / LOCK))
        self._embedder = embedder
        self._fusion = fusion
        self._rows = PassageRows.load(version_dir / "rows")
        self._columns = FilterColumns.load(version_dir / "columns")
        self._lexical = LexicalIndex.load(version_dir / "lexical")
        self._known = KnownQuestions.load(version_dir / "known")
        self._forms = (version_dir / FORMS).read_bytes().split(b"\n")
        self._table = VectorTable.load(version_dir / "vectors")
        self._form_table = VectorTable.load(version_dir / "form_vectors")
        self._prior = np.load(version_dir / "prior.npy")
        self._row_of_slot = _inverse(self._rows.slots)
        self._store = VectorStore(version_dir / VECTOR_STORE)
        self._keep = lru_cache(maxsize=64)(self._columns.keep)

    @classmethod
    def open(
        cls, index_dir: Path, embedder: Embedder, *, fusion: Fusion | None = None
    ) -> "Retriever":
        """The current version of an index folder; IndexUnavailable where it is not whole."""
        version_dir = current_version(index_dir)
        manifest = read_manifest(version_dir)
        if manifest.model_id != embedder.model_id:
            raise IndexUnavailable(
                f"the index was made with {manifest.model_id}, not {embedder.model_id}; "
                "build it again"
            )
        if damaged := first_damage(version_dir, manifest):
            raise IndexUnavailable(f"{damaged} in {version_dir} is damaged; build the index again")
        return cls(version_dir, manifest, embedder, fusion or Fusion.load())

    def close(self) -> None:
        """Let the version go: no search after this."""
        self._store.close()
        self._let_go()

    @property
    def vectors_working(self) -> bool:
        """Whether the vector store answered so far; without it words and forms still find."""
        return self._store.working

    def extra(self, name: str) -> bytes:
        """A file that the writer stored beside the passages."""
        try:
            return (self._dir / EXTRAS / name).read_bytes()
        except FileNotFoundError as fault:
            raise IndexUnavailable(
                f"{name} is not in {self._dir}; build the index again"
            ) from fault

    def search(self, query: str, *, limit: int = 8, keep: Filter = BORROWERS) -> list[Hit]:
        """The passages most likely to answer, the best first."""
        asked = self._read(query)
        found = self._candidates(asked, self._keep(keep))
        chances = self._fusion.chances(found.signals)
        order = np.lexsort((found.rows, -chances))[:limit]
        return [self._hit(asked, found, place, float(chances[place])) for place in order.tolist()]

    def rank(self, query: str, *, limit: int, keep: Filter = BORROWERS) -> list[tuple[int, float]]:
        """The rows and chances of a search, without passages and reasons."""
        found = self._candidates(self._read(query), self._keep(keep))
        chances = self._fusion.chances(found.signals)
        order = np.lexsort((found.rows, -chances))[:limit]
        return [(int(found.rows[place]), float(chances[place])) for place in order.tolist()]

    def _read(self, query: str) -> _Query:
        text = normalise(query[:QUERY_LIMIT])
        return _Query(
            text=text,
            keys=query_keys(text),
            sounds=query_keys(text, sounds=True),
            vector=self._embedder.encode_query(text),
        )

    def _candidates(self, asked: _Query, kept: Mask) -> _Candidates:
        words, ceiling = self._lexical.scores(asked.keys)
        words[~kept] = 0
        likeness = self._known.likeness(asked.sounds)
        nearest_forms = _best(likeness, KNOWN_CANDIDATES)
        rows = self._worth_weighing(asked, words, nearest_forms, kept)
        known_best, known_sum, forms = self._known_signals(likeness, nearest_forms, rows)
        best = max(float(words.max(initial=0)), 1e-9)
        signals = np.column_stack(
            [
                words[rows] / max(ceiling, 1e-9),
                words[rows] / best,
                known_best,
                known_sum,
                self._above_background(self._table.likeness(asked.vector, rows)),
                self._form_vectors(asked.vector, forms),
                self._prior[rows],
            ]
        ).astype(np.float32)
        return _Candidates(rows, signals, forms)

    def _worth_weighing(self, asked: _Query, words: Floats, forms: Rows, kept: Mask) -> Rows:
        by_word = _best(words, LEXICAL_CANDIDATES)
        by_form = [self._known.rows_of(int(form)) for form in forms]
        slots = self._store.nearest(asked.vector, min(VECTOR_CANDIDATES, len(self._rows)))
        rows = np.unique(
            np.concatenate([by_word, self._row_of_slot[slots], *by_form]).astype(np.int64)
        )
        return rows[kept[rows]]

    def _known_signals(
        self, likeness: Floats, forms: Rows, rows: Rows
    ) -> tuple[Floats, Floats, npt.NDArray[np.int64]]:
        best = np.zeros(len(rows), np.float32)
        total = np.zeros(len(rows), np.float32)
        nearest = np.full(len(rows), -1, np.int64)
        for form in forms.tolist():  # the most alike first
            places = np.searchsorted(rows, self._known.rows_of(form))
            places = places[places < len(rows)]
            places = places[np.isin(rows[places], self._known.rows_of(form))]
            fresh = places[nearest[places] < 0]
            nearest[fresh] = form
            best[fresh] = likeness[form]
            total[places] += likeness[form] ** 2
        return best, total, nearest

    def _form_vectors(self, vector: Floats, forms: npt.NDArray[np.int64]) -> Floats:
        known = forms >= 0
        likeness = np.zeros(len(forms), np.float32)
        likeness[known] = self._above_background(self._form_table.likeness(vector, forms[known]))
        return likeness

    def _above_background(self, cosines: Floats) -> Floats:
        mean, spread = self.manifest.background
        return np.asarray((cosines - mean) / spread / 10, np.float32)

    def _hit(self, asked: _Query, found: _Candidates, place: int, chance: float) -> Hit:
        row, form = int(found.rows[place]), int(found.forms[place])
        signals = dict(zip(SIGNALS, found.signals[place].tolist(), strict=True))
        reasons = Reasons(
            words=self._words(asked, row),
            known_question=self._forms[form].decode() if form >= 0 else None,
            known_likeness=signals["known_best"],
            vector=signals["vector"],
            prior=signals["title_cited"] + signals["article_cited"],
        )
        return Hit(self._rows[row], chance, reasons)

    def _words(self, asked: _Query, row: int) -> tuple[tuple[str, float], ...]:
        shown = readable(asked.text)
        matched = self._lexical.matched(asked.keys, row)[:WORDS_SHOWN]
        return tuple((shown[key], round(worth, 3)) for key, worth in matched)


def current_version(index_dir: Path) -> Path:
    """The folder the pointer names."""
    try:
        name = (index_dir / POINTER).read_text("utf-8").strip()
    except OSError as fault:
        raise IndexUnavailable(f"no index in {index_dir}; build it first") from fault
    return index_dir / VERSIONS / name


def _held(path: Path) -> int:
    """A shared lock that keeps writers from deleting the version; it ends with its descriptor."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError as fault:
        raise IndexUnavailable(f"{path.parent} is gone; open the index again") from fault
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def read_manifest(version_dir: Path) -> Manifest:
    """The manifest of a version; IndexUnavailable where it cannot be read."""
    try:
        return Manifest.from_json((version_dir / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError, TypeError) as fault:
        raise IndexUnavailable(f"no whole index in {version_dir}; build it again") from fault


def _best(scores: Floats, limit: int) -> Rows:
    """The places of the highest scores above nought, the highest first."""
    if len(scores) > limit:
        top = np.argpartition(scores, len(scores) - limit)[-limit:]
    else:
        top = np.arange(len(scores))
    top = top[scores[top] > 0]
    return top[np.argsort(-scores[top], kind="stable")]


def _inverse(slots: npt.NDArray[np.int64]) -> Rows:
    rows = np.zeros(int(slots.max(initial=-1)) + 1, np.int64)
    rows[slots] = np.arange(len(slots))
    return rows
