"""Which passages stand together: under one title, under one heading, beside each other."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.answering.retrieval.arrays import mapped
from bot.knowledge.passage import Passage

Numbers = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """For each row the number of its title and of the heading above it."""

    title: Numbers
    heading: Numbers

    @classmethod
    def build(cls, passages: Sequence[Passage]) -> "Neighbours":
        """Number titles and headings as they come."""
        return cls(
            _numbered(passage.title for passage in passages),
            _numbered((passage.title, passage.heading[:-1]) for passage in passages),
        )

    def save(self, folder: Path) -> None:
        """Write the numbers into a folder."""
        folder.mkdir(parents=True)
        for name in self.__slots__:
            np.save(folder / f"{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, folder: Path) -> "Neighbours":
        """The numbers of a folder, mapped."""
        return cls(*(mapped(folder / f"{name}.npy") for name in cls.__slots__))


def _numbered(names: Iterable[Hashable]) -> Numbers:
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(name, len(numbers)) for name in names], dtype=np.int32)
