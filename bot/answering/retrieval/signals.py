"""What each signal says of each candidate: one column a signal, one row a candidate."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.answering.retrieval.candidates import Candidates, FormsNearby
from bot.answering.retrieval.query import Query
from bot.answering.retrieval.version import IndexVersion

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]

OWN = (
    "words",  # BM25 as a share of what the query could have had
    "words_beside_best",
    "known_best",  # likeness with the passage's nearest form
    "known_sum",  # and with all its forms
    "vector",  # cosine, above that of unrelated texts
    "vector_beside_best",
    "known_vector",  # cosine with the passage's nearest form
    "known_vector_sum",
    "title_cited",
    "article_cited",
    "title_known",  # a nearby form is tied to another passage of the title
    "heading_known",  # of the heading
    "next_to_known",  # a few passages away
    "title_words",  # the best by words under the same title
)
OF_THE_BEST = ("words", "known_best", "known_vector", "vector", "title_known")
RANKED = ("words", "vector", "known_best", "known_vector", "known_sum", "known_vector_sum")
SIGNALS = (
    *OWN,
    *(f"{name}_of_the_best" for name in OF_THE_BEST),
    *(f"{name}_rank" for name in RANKED),
)

NEXT_TO = 3  # passages on either side
RANK_HALVES = 4
NOUGHT = 1e-9


@dataclass(frozen=True, slots=True)
class Weighed:
    """Signals of candidates, and the known form nearest to each (-1 for none)."""

    rows: Rows
    signals: Floats
    forms: Rows

    def signal(self, name: str, place: int) -> float:
        """What one signal says of one candidate."""
        return float(self.signals[place, SIGNALS.index(name)])


def weigh(query: Query, found: Candidates, version: IndexVersion) -> Weighed:
    """All signals of all candidates."""
    rows, words = found.rows, found.words
    known = known_signals(found.nearby, rows, version)
    vector = version.above_background(version.vectors.likeness(query.vector, rows))
    titles = np.unique(version.neighbours.title[rows], return_inverse=True)[1]
    beside_best = beside(words)
    own = np.column_stack(
        [
            words / max(found.ceiling, NOUGHT),
            beside_best,
            known.best,
            known.total,
            vector,
            beside(vector),
            known.vector_best,
            known.vector_total,
            version.prior[rows],
            known.title,
            known.heading,
            known.next_to,
            _highest(beside_best, titles)[titles],
        ]
    ).astype(np.float32)
    return Weighed(rows, np.column_stack([own, *in_context(own)]), known.nearest)


def beside(values: Floats) -> Floats:
    """Values as shares of the best of them; nought for all where none is above nought."""
    best = float(values.max(initial=0))
    return values / best if best > NOUGHT else np.zeros_like(values)


@dataclass(frozen=True, slots=True)
class KnownSignals:
    """What known forms say of candidates; ``nearest`` is the form most like the query."""

    best: Floats
    total: Floats
    vector_best: Floats
    vector_total: Floats
    title: Floats
    heading: Floats
    next_to: Floats
    nearest: Rows


def known_signals(nearby: FormsNearby, rows: Rows, version: IndexVersion) -> KnownSignals:
    """Spread the likeness of forms over the rows they are tied to, and over their neighbours."""
    places, tied = nearby.places, nearby.tied
    values = nearby.likeness[places] * nearby.vector[places]
    spot = np.minimum(np.searchsorted(rows, tied), max(len(rows) - 1, 0))
    inside = rows[spot] == tied if len(rows) else np.zeros(0, np.bool_)
    at, form = spot[inside], places[inside]
    alike, cosine = nearby.likeness[form], nearby.vector[form]
    size = len(rows)
    best = _maxima(at, alike, size)
    order = np.argsort(alike, kind="stable")
    nearest = np.full(size, -1, np.int64)
    nearest[at[order]] = nearby.forms[form[order]]  # the last written is the most alike
    return KnownSignals(
        best=best,
        total=np.bincount(at, alike**2, size).astype(np.float32),
        vector_best=_maxima(at, cosine, size),
        vector_total=np.bincount(at, cosine**3, size).astype(np.float32),
        title=_shared(version.neighbours.title, tied, values, rows),
        heading=_shared(version.neighbours.heading, tied, values, rows),
        next_to=_beside(tied, values, rows),
        nearest=nearest,
    )


def in_context(own: Floats) -> tuple[Floats, Floats]:
    """The best of some signals in the query, and the ranks by others."""
    best = own[:, [OWN.index(name) for name in OF_THE_BEST]].max(axis=0, initial=0)
    ranked = own[:, [OWN.index(name) for name in RANKED]]
    ranks = np.argsort(np.argsort(-ranked, axis=0, kind="stable"), axis=0, kind="stable")
    shares = np.where(ranked > 0, 1 / (1 + ranks / RANK_HALVES), 0)
    return np.tile(best, (len(own), 1)), shares.astype(np.float32)


def _maxima(places: Rows, values: Floats, size: int) -> Floats:
    made = np.zeros(size, np.float32)
    np.maximum.at(made, places, values)
    return made


def _highest(values: Floats, groups: Rows) -> Floats:
    return _maxima(groups, values, int(groups.max(initial=-1)) + 1)


def _shared(groups: npt.NDArray[np.int32], tied: Rows, values: Floats, rows: Rows) -> Floats:
    """For each row the best value of a tied row of the same group."""
    names, number = np.unique(groups[tied], return_inverse=True)
    highest = _maxima(number, values, len(names))
    if not len(names):
        return np.zeros(len(rows), np.float32)
    spot = np.minimum(np.searchsorted(names, groups[rows]), len(names) - 1)
    return np.where(names[spot] == groups[rows], highest[spot], np.float32(0))


def _beside(tied: Rows, values: Floats, rows: Rows) -> Floats:
    """For each row the best value of a tied row a few places away."""
    made = np.zeros(len(rows), np.float32)
    for step in (step for step in range(-NEXT_TO, NEXT_TO + 1) if step):
        spot = np.searchsorted(rows, tied + step)
        inside = np.flatnonzero(spot < len(rows))
        inside = inside[rows[spot[inside]] == tied[inside] + step]
        np.maximum.at(made, spot[inside], values[inside])
    return made
