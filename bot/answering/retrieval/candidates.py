"""Which passages are worth weighing: the best by words, by vector and by known questions."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.answering.retrieval.best import best
from bot.answering.retrieval.filter import Mask
from bot.answering.retrieval.query import Query
from bot.answering.retrieval.version import IndexVersion

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]

BY_WORDS = 200
BY_VECTOR = 150
BY_FORM = 48


@dataclass(frozen=True, slots=True)
class FormsNearby:
    """The known forms most like a query, by words and sounds or by vector.

    ``tied`` are the rows they are tied to, ``places`` the place of the form of each.
    """

    forms: Rows
    likeness: Floats
    vector: Floats
    places: Rows
    tied: Rows


@dataclass(frozen=True, slots=True)
class Candidates:
    """Rows in rising order, with what finding them has worked out already."""

    rows: Rows
    words: Floats
    ceiling: float
    nearby: FormsNearby


def candidates(query: Query, version: IndexVersion, kept: Mask, *, at_least: int = 0) -> Candidates:
    """The rows worth weighing among those a filter keeps, more where more are wanted."""
    words, ceiling = version.lexical.scores(query.keys)
    words[~kept] = 0
    nearby = forms_nearby(query, version)
    by_words = best(words, max(BY_WORDS, at_least))
    by_vector = version.nearest(query.vector, kept, BY_VECTOR)
    rows = np.unique(np.concatenate([by_words, by_vector, nearby.tied]))
    rows = rows[kept[rows]]
    return Candidates(rows, words[rows], ceiling, nearby)


def forms_nearby(query: Query, version: IndexVersion) -> FormsNearby:
    """The forms most like a query; both kinds of likeness for each."""
    likeness = version.known.likeness(query.sounds)
    cosines = version.above_background(version.form_likeness(query.vector))
    cosines = np.maximum(cosines, 0)
    forms = np.union1d(best(likeness, BY_FORM), best(cosines, BY_FORM)).astype(np.int64)
    return FormsNearby(forms, likeness[forms], cosines[forms], *version.known.ties(forms))
