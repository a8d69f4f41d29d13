"""Which numbered things belong to which others, as two flat arrays."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ties:
    """For each thing the others tied to it, in order: those from its start to the next one's."""

    starts: Places
    others: npt.NDArray[np.int32]

    @classmethod
    def of(cls, lists: Iterable[Sequence[int]]) -> "Ties":
        """The others of each thing, given one by one."""
        known = list(lists)
        starts = np.cumsum([0, *map(len, known)], dtype=np.int64)
        return cls(starts, np.array([other for each in known for other in each], np.int32))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def to(self, things: Places) -> tuple[Places, Places]:
        """The others tied to some things, and before them the place of the thing of each."""
        sizes = self.starts[things + 1] - self.starts[things]
        places = np.repeat(np.arange(len(things)), sizes)
        before = np.cumsum(sizes) - sizes
        spots = np.arange(len(places)) + (self.starts[things] - before)[places]
        return places, self.others[spots].astype(np.int64)

    def followed_by(self, more: "Ties") -> "Ties":
        """These things, and then others."""
        starts = np.concatenate([self.starts, self.starts[-1] + more.starts[1:]])
        return Ties(starts, np.concatenate([self.others, more.others]))

    def turned(self, size: int) -> "Ties":
        """The same seen from the others, of which there are so many."""
        things = np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.starts))
        starts = np.append(0, np.cumsum(np.bincount(self.others, minlength=size)))
        return Ties(starts.astype(np.int64), things[np.argsort(self.others, kind="stable")])
