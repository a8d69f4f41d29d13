"""Arrays of an index version, mapped from disk."""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt


def mapped(path: Path) -> npt.NDArray[Any]:
    """An array that is read from disk as it is needed.

    As a plain array: numpy's own class for mapped ones makes each small slice five times as slow.
    """
    return np.asarray(np.load(path, mmap_mode="r").view(np.ndarray))
