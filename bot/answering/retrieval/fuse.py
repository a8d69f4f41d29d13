"""Several signals as one score: the chance that a passage is the right one."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

SHIPPED_WEIGHTS = Path(__file__).resolve().parents[3] / "models" / "fusion.json"

SIGNALS = (
    "words",  # BM25 as a share of what the query could have had
    "words_rank",  # the same beside the best passage
    "known_best",  # likeness with the nearest form of the passage
    "known_sum",  # and with its other forms
    "vector",  # cosine, above that of unrelated texts
    "known_vector",  # cosine with the nearest form
    "title_cited",
    "article_cited",
)


@dataclass(frozen=True, slots=True)
class Fusion:
    """A logistic model over the signals; its weights are learnt by bench/, never typed in."""

    weights: Floats
    bias: float

    @classmethod
    def load(cls, path: Path = SHIPPED_WEIGHTS) -> "Fusion":
        """The weights of a file."""
        found: Mapping[str, float] = json.loads(path.read_text("utf-8"))["weights"]
        return cls(np.array([found[name] for name in SIGNALS], np.float32), float(found["bias"]))

    def chances(self, signals: Floats) -> Floats:
        """One chance in [0, 1] for each row of signals."""
        return np.asarray(1 / (1 + np.exp(-(signals @ self.weights + self.bias))), np.float32)
