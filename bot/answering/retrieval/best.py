"""The few highest of many scores."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]

SAMPLE, SPARE = 8192, 16


def best(scores: Floats, limit: int) -> Places:
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
