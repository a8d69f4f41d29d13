"""Known questions: how near the words of a query come to a form that someone tied to a passage."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.answering.retrieval.arrays import mapped
from bot.answering.retrieval.postings import Postings
from bot.answering.retrieval.ties import Ties
from bot.answering.retrieval.tokens import Keys

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class KnownQuestions:
    """Question forms by their keys and sounds, and the rows each form answers."""

    postings: Postings
    weights: Floats  # the rarity of each key among the forms
    norms: Floats  # the length of each form as a vector of those weights
    row_starts: Rows
    rows: npt.NDArray[np.int32]

    @classmethod
    def build(cls, postings: Postings, rows: Ties) -> "KnownQuestions":
        """Weigh the postings of forms that are tied to rows."""
        holders = np.diff(postings.starts)
        weights = np.log1p(len(rows) / holders).astype(np.float32)
        squares = np.repeat(weights.astype(np.float64) ** 2, holders)
        norms = np.sqrt(np.bincount(postings.docs, weights=squares, minlength=len(rows)))
        return cls(postings, weights, norms.astype(np.float32), rows.starts, rows.others)

    def likeness(self, wanted: Keys) -> Floats:
        """The cosine of the query with each form."""
        products = np.zeros(len(self.norms), dtype=np.float32)
        own = 0.0
        unknown = len(wanted)
        for number, place in self.postings.found(wanted):
            square = float(self.weights[number]) ** 2
            products[self.postings.docs[place]] += np.float32(square)  # each text once
            own += square
            unknown -= 1
        rarest = float(np.log1p(len(self.norms)))
        own += unknown * rarest**2  # words no form has make every form less like the query
        lengths = self.norms * np.float32(own**0.5)
        return np.asarray(products / np.maximum(lengths, 1e-9), dtype=np.float32)

    def ties(self, forms: Rows) -> tuple[Rows, Rows]:
        """The rows that some forms are tied to, and before them the place of the form of each."""
        return Ties(self.row_starts, self.rows).to(forms)

    def save(self, folder: Path) -> None:
        """Write postings, weights and owners into a folder."""
        self.postings.save(folder)
        for name in self.__slots__[1:]:
            np.save(folder / f"{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, folder: Path) -> "KnownQuestions":
        """The forms of a folder, mapped."""
        names = cls.__slots__[1:]
        arrays = (mapped(folder / f"{name}.npy") for name in names)
        return cls(Postings.load(folder), *arrays)
