"""Which passages are worth weighing: the best by words, by vector and by known questions."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.answering.retrieval.filter import Mask
from bot.answering.retrieval.query import Query
from bot.answering.retrieval.version import IndexVersion

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]

BY_WORDS = 200
BY_VECTOR = 150
BY_FORM = 48

SAMPLE, SPARE = 8192, 16


@dataclass(frozen=True, slots=True)
class FormsNearby:
    """The known forms most like a query, by words and sounds or by vector."""

    forms: Rows
    likeness: Floats
    vector: Floats


@dataclass(frozen=True, slots=True)
class Candidates:
    """Rows in rising order, with what finding them has worked out already."""

    rows: Rows
    words: Floats
    ceiling: float
    nearby: FormsNearby


def candidates(query: Query, version: IndexVersion, kept: Mask) -> Candidates:
    """The rows worth weighing among those a filter keeps."""
    words, ceiling = version.lexical.scores(query.keys)
    words[~kept] = 0
    nearby = forms_nearby(query, version)
    found = [best(words, BY_WORDS), version.nearest(query.vector, BY_VECTOR)]
    tied = (rows for _, rows in tied_rows(nearby, version))
    rows = np.unique(np.concatenate([*found, *tied]))
    rows = rows[kept[rows]]
    return Candidates(rows, words[rows], ceiling, nearby)


def forms_nearby(query: Query, version: IndexVersion) -> FormsNearby:
    """The forms most like a query; both kinds of likeness for each."""
    likeness = version.known.likeness(query.sounds)
    everything = np.arange(len(likeness), dtype=np.int64)
    cosines = version.above_background(version.form_vectors.likeness(query.vector, everything))
    cosines = np.maximum(cosines, 0)
    forms = np.union1d(best(likeness, BY_FORM), best(cosines, BY_FORM)).astype(np.int64)
    return FormsNearby(forms, likeness[forms], cosines[forms])


def best(scores: Floats, limit: int) -> Rows:
    """The places of the highest scores above nought, the highest first."""
    top = np.flatnonzero(scores > max(_floor(scores, limit), 0))
    if len(top) > limit:
        top = top[np.argpartition(scores[top], len(top) - limit)[-limit:]]
    return top[np.argsort(-scores[top], kind="stable")]


def _floor(scores: Floats, limit: int) -> float:
    """A score that more than ``limit`` are above, judged by a sample; nought where it is not so.

    Sorting out a few hundred is much quicker than sorting all.
    """
    step = len(scores) // SAMPLE
    if step < 2:
        return 0.0
    sample = scores[::step]
    place = min(2 * limit // step + SPARE, len(sample) - 1)
    floor = float(np.partition(sample, len(sample) - 1 - place)[-1 - place])
    return floor if np.count_nonzero(scores > floor) >= limit else 0.0


def tied_rows(nearby: FormsNearby, version: IndexVersion) -> Iterator[tuple[int, Rows]]:
    """For each nearby form its place among them and the rows it is tied to."""
    for place, form in enumerate(nearby.forms.tolist()):
        yield place, version.known.rows_of(form).astype(np.int64)
