"""A few passages beside the index, that only one site's visitors may find.

They are weighed one by one: by the vector of the form nearest to the question, and by the share of
the question's characters and pairs of characters that this form has.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bot.answering.retrieval.embedding import Embedder
from bot.answering.retrieval.filter import Filter, FilterColumns
from bot.answering.retrieval.tokens import Keys, normalise, query_keys
from bot.knowledge.passage import Passage


class Overlay:
    """Passages with their forms: the title and the questions that each answers."""

    def __init__(self, passages: Sequence[Passage], embedder: Embedder) -> None:
        self._passages = passages
        self._embedder = embedder
        self._columns = FilterColumns.build(passages)
        forms = [(row, form) for row, p in enumerate(passages) for form in (p.title, *p.questions)]
        self._rows = np.array([row for row, _ in forms], np.int64)
        texts = [normalise(form) for _, form in forms]
        self._keys = [query_keys(text) for text in texts]
        self._vectors = embedder.encode(texts) if texts else None

    def best(self, question: str, keep: Filter) -> tuple[Passage, float] | None:
        """The passage nearest to a question among those kept, with its likeness in [0, 1]."""
        if self._vectors is None:
            return None
        kept = self._columns.keep(keep)[self._rows]
        if not kept.any():
            return None
        likeness = np.where(kept, self._likeness(normalise(question)), -1.0)
        form = int(likeness.argmax())
        return self._passages[int(self._rows[form])], float(likeness[form])

    def _likeness(self, question: str) -> npt.NDArray[np.float64]:
        assert self._vectors is not None
        wanted = query_keys(question)
        cosines = np.maximum(self._vectors @ self._embedder.encode_query(question), 0)
        shared = np.array([_share(wanted, keys) for keys in self._keys])
        return np.asarray((cosines + shared) / 2, np.float64)


def _share(wanted: Keys, keys: Keys) -> float:
    """How much two sets have in common, beside the smaller of them."""
    smaller = min(len(wanted), len(keys))
    return len(np.intersect1d(wanted, keys, assume_unique=True)) / smaller if smaller else 0.0
