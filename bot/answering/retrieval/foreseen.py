"""The likeness of known forms with a question; for questions that come soon, worked out together.

What is told is the same as for each question alone, to the last digit: the sums are the same sums.
"""

import weakref
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.answering.retrieval.vector_table import VectorTable

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Shared:
    """What two versions have in common: for each form here its row there, -1 for none."""

    there: "weakref.ref[FormLikeness]"
    rows: Rows


class FormLikeness:
    """The cosine of a question's vector with every known form of a version."""

    def __init__(self, forms: Sequence[bytes], vectors: VectorTable) -> None:
        self._forms = forms
        self._vectors = vectors
        self._foreseen: dict[bytes, Floats] = {}
        self._newest: dict[bytes, Floats] = {}
        self._shared: Shared | None = None

    def __call__(self, vector: Floats) -> Floats:
        """The cosines, in the order of the forms."""
        foreseen = self._foreseen.get(vector.tobytes()) if self._foreseen else None
        return self._vectors.likeness(vector) if foreseen is None else foreseen

    def foresee(self, vectors: Floats, beside: "FormLikeness | None" = None) -> None:
        """Work out several together, where that is quicker, and keep them until the call after next.

        What another version foresaw for the forms that both have is taken from there.
        """
        before, self._newest = self._newest, {}
        wanted = {each.tobytes(): each for each in vectors} if self._worth_it() else {}
        theirs = beside._foreseen if beside is not None else {}
        both = [name for name in wanted if name in theirs]
        made: dict[bytes, Floats] = {}
        if beside is not None and both:
            vectors_of_both = np.array([wanted.pop(name) for name in both])
            found = [theirs[name] for name in both]
            made = dict(zip(both, self._from(beside, vectors_of_both, found), strict=True))
        if wanted:
            alone = self._vectors.likeness_of_each(np.array(list(wanted.values())))
            made |= dict(zip(wanted, alone, strict=True))
        self._newest, self._foreseen = made, before | made

    def _worth_it(self) -> bool:
        """A table that lies ready in floating numbers is as quick one by one."""
        return self._vectors.ready is None

    def _from(
        self, beside: "FormLikeness", vectors: Floats, theirs: Sequence[Floats]
    ) -> Sequence[Floats]:
        """What the other version worked out, with what only this one has."""
        rows = self._rows_in(beside)
        own = np.flatnonzero(rows < 0)
        made = [each[rows] for each in theirs]
        for cosines, of_own in zip(
            made, self._vectors.of(own).likeness_of_each(vectors), strict=True
        ):
            cosines[own] = of_own
        return made

    def _rows_in(self, beside: "FormLikeness") -> Rows:
        if self._shared is None or self._shared.there() is not beside:
            self._shared = Shared(weakref.ref(beside), self._same_as(beside))
        return self._shared.rows

    def _same_as(self, beside: "FormLikeness") -> Rows:
        """For each form the row of its equal, whose vector is the same in every byte."""
        there = {form: row for row, form in enumerate(beside._forms[: len(beside._vectors.table)])}
        here = self._forms[: len(self._vectors.table)]
        rows = np.array([there.get(form, -1) for form in here], np.int64)
        rows[~self._vectors.same_as(beside._vectors, rows)] = -1
        return rows
