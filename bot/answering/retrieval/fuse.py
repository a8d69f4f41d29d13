"""Several signals as one score: the chance that a passage is the right one."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.answering.retrieval.signals import SIGNALS

Floats = npt.NDArray[np.float32]

LARGEST_LOGIT = 30  # beyond it a chance is nought or one anyway
SHIPPED_WEIGHTS = Path(__file__).resolve().parents[3] / "models" / "fusion.json"


@dataclass(frozen=True, slots=True)
class Fusion:
    """A small network over the signals: one hidden layer, learnt by bench/, never typed in.

    Outside the range that was seen in learning a signal counts as the end of that range.
    """

    lowest: Floats
    highest: Floats
    inner: Floats
    inner_bias: Floats
    outer: Floats
    outer_bias: float

    @classmethod
    def load(cls, path: Path = SHIPPED_WEIGHTS) -> "Fusion":
        """The weights of a file; ValueError where they are for other signals."""
        found = json.loads(path.read_text("utf-8"))
        if found["signals"] != list(SIGNALS):
            raise ValueError(
                f"{path} was learnt for other signals; run bench.retrieval.train_fusion"
            )
        return cls(
            lowest=np.array(found["lowest"], np.float32),
            highest=np.array(found["highest"], np.float32),
            inner=np.array(found["inner"], np.float32),
            inner_bias=np.array(found["inner_bias"], np.float32),
            outer=np.array(found["outer"], np.float32),
            outer_bias=float(found["outer_bias"]),
        )

    def save(self, path: Path = SHIPPED_WEIGHTS) -> None:
        """Write the weights with the names of the signals they are for."""
        names = ("lowest", "highest", "inner", "inner_bias", "outer")
        arrays = {name: getattr(self, name) for name in names}
        rounded = {
            name: np.round(array.astype(float), 5).tolist() for name, array in arrays.items()
        }
        found = {"signals": SIGNALS, **rounded, "outer_bias": round(self.outer_bias, 5)}
        path.write_text(json.dumps(found) + "\n", "utf-8")

    def chances(self, signals: Floats) -> Floats:
        """One chance in [0, 1] for each row of signals."""
        within = np.clip(signals, self.lowest, self.highest)
        hidden = np.tanh(within @ self.inner + self.inner_bias)
        logits = np.clip(hidden @ self.outer + self.outer_bias, -LARGEST_LOGIT, LARGEST_LOGIT)
        return np.asarray(1 / (1 + np.exp(-logits)), np.float32)
