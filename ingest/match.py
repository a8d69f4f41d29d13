"""Which parts of a new version the old one knows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Match:
    """For each new row or form its old one, or -1."""

    old_rows: Places

    @classmethod
    def of(cls, old_keys: Sequence[bytes], new_keys: Sequence[bytes]) -> "Match":
        """Pair equal keys, each old one at most once."""
        free: dict[bytes, list[int]] = defaultdict(list)
        for row in range(len(old_keys) - 1, -1, -1):
            free[old_keys[row]].append(row)
        rows = [free[key].pop() if free.get(key) else -1 for key in new_keys]
        return cls(np.array(rows, dtype=np.int64))

    @property
    def kept(self) -> Places:
        """The new rows that have an old one."""
        return np.flatnonzero(self.old_rows >= 0)

    @property
    def fresh(self) -> Places:
        """The new rows that have none."""
        return np.flatnonzero(self.old_rows < 0)

    def places(self, old_size: int) -> Places:
        """For each old row its new one, or -1."""
        places = np.full(old_size, -1, dtype=np.int64)
        places[self.old_rows[self.kept]] = self.kept
        return places
