"""The front door of retrieval: an index version, opened whole, asked many times."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np

from bot.answering.retrieval.candidates import candidates
from bot.answering.retrieval.embedding import Embedder, EmbedderUnavailable
from bot.answering.retrieval.explain import Reasons
from bot.answering.retrieval.filter import BORROWERS, Filter
from bot.answering.retrieval.fuse import Fusion
from bot.answering.retrieval.query import Query
from bot.answering.retrieval.signals import Weighed, weigh
from bot.answering.retrieval.tokens import readable
from bot.answering.retrieval.version import IndexVersion
from bot.knowledge.index import Manifest
from bot.knowledge.passage import Passage

log = logging.getLogger(__name__)

WORDS_SHOWN = 8
FILTERS_KEPT = 64
PASSAGES_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage, the chance that it is the right one, and why."""

    passage: Passage
    score: float
    reasons: Reasons


class Retriever:
    """Finds passages; safe for many threads, bound to the version it was opened on."""

    def __init__(self, version: IndexVersion, embedder: Embedder, fusion: Fusion) -> None:
        self._version = version
        self._embedder = embedder
        self._fusion = fusion
        self._vectors_made = True
        self._keep = lru_cache(maxsize=FILTERS_KEPT)(version.columns.keep)
        self._passage = lru_cache(maxsize=PASSAGES_KEPT)(version.rows.__getitem__)

    @classmethod
    def open(
        cls, index_dir: Path, embedder: Embedder, *, fusion: Fusion | None = None
    ) -> "Retriever":
        """The current version of an index folder; IndexUnavailable where it is not whole."""
        version = IndexVersion.open(index_dir, embedder.model_id)
        return cls(version, embedder, fusion or Fusion.load())

    @property
    def manifest(self) -> Manifest:
        """What the version holds."""
        return self._version.manifest

    @property
    def vectors_working(self) -> bool:
        """Whether questions get vectors and the store answers; without, words and forms find."""
        return self._vectors_made and self._version.store.working

    def ask_server(self, url: str) -> None:
        """Look vectors up on a Chroma server from now on, as long as it answers."""
        from bot.answering.retrieval.vector_server import VectorServer  # its client, for few

        self._version.server = VectorServer(url, self._version.vectors)

    @property
    def server_working(self) -> bool | None:
        """Whether the vector server answers; none where there is no server."""
        return self._version.server.working if self._version.server else None

    def extra(self, name: str) -> bytes:
        """A file that the writer stored beside the passages."""
        return self._version.extra(name)

    def close(self) -> None:
        """Let the version go: no search after this."""
        self._version.close()

    def search(self, query: str, *, limit: int = 8, keep: Filter = BORROWERS) -> list[Hit]:
        """The passages most likely to answer, the best first."""
        asked = self._read(query)
        weighed = self.weigh(asked, keep, at_least=limit)
        return self._hits(asked, weighed, self._ranked(weighed, limit))

    def foresee(self, queries: Sequence[str], beside: "Retriever | None" = None) -> None:
        """Make the next searches for these queries quicker; what they find is the same.

        ``beside`` is a retriever over nearly the same texts, which was told to foresee them before.
        """
        vectors = [self._read(each).vector for each in dict.fromkeys(queries)]
        likeness = self._version.form_likeness
        likeness.foresee(
            np.array(vectors, np.float32), beside._version.form_likeness if beside else None
        )

    def rank(self, query: str, *, limit: int, keep: Filter = BORROWERS) -> list[tuple[int, float]]:
        """The rows and chances of a search, without passages and reasons."""
        weighed = self.weigh(self._read(query), keep, at_least=limit)
        ranked = self._ranked(weighed, limit)
        return [(int(weighed.rows[place]), chance) for place, chance in ranked]

    def weigh(self, query: Query, keep: Filter = BORROWERS, *, at_least: int = 0) -> Weighed:
        """Candidates with their signals, not yet fused: what the weights are learnt from."""
        today = keep.on or date.today()  # noqa: DTZ011 - a law begins with the local day
        kept = self._keep(replace(keep, on=today))
        found = candidates(query, self._version, kept, at_least=at_least)
        return weigh(query, found, self._version)

    def _read(self, query: str) -> Query:
        try:
            asked = Query.read(query, self._embedder)
        except EmbedderUnavailable as fault:
            log.warning("question without a vector: %s", fault)
            self._vectors_made = False
            return Query.without_vector(query, self.manifest.dimensions)
        self._vectors_made = True
        return asked

    def _ranked(self, weighed: Weighed, limit: int) -> list[tuple[int, float]]:
        chances = self._fusion.chances(weighed.signals)
        order = np.lexsort((weighed.rows, -chances))[:limit]
        return [(place, float(chances[place])) for place in order.tolist()]

    def _hits(self, asked: Query, weighed: Weighed, ranked: list[tuple[int, float]]) -> list[Hit]:
        rows = weighed.rows[[place for place, _ in ranked]]
        shown = readable(asked.text)
        matched = self._version.lexical.matched(asked.keys, rows)
        words = [[(shown[key], round(worth, 3)) for key, worth in each] for each in matched]
        return [
            Hit(self._passage(row), chance, self._reasons(weighed, place, said[:WORDS_SHOWN]))
            for row, (place, chance), said in zip(rows.tolist(), ranked, words, strict=True)
        ]

    def _reasons(self, weighed: Weighed, place: int, words: list[tuple[str, float]]) -> Reasons:
        form = int(weighed.forms[place])
        return Reasons(
            words=tuple(words),
            known_question=self._version.forms[form].decode() if form >= 0 else None,
            known_likeness=weighed.signal("known_best", place),
            vector=weighed.signal("vector", place),
            prior=weighed.signal("title_cited", place) + weighed.signal("article_cited", place),
        )
