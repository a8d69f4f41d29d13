"""Several signals as one score: the chance that a passage is the right one."""

import json
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.answering.retrieval.signals import OF_THE_BEST, OWN, SIGNALS

Floats = npt.NDArray[np.float32]

LARGEST_LOGIT = 30  # beyond it a chance is nought or one anyway
SHIPPED_WEIGHTS = Path(__file__).resolve().parents[3] / "models" / "fusion.json"


@dataclass(frozen=True, slots=True)
class Fusion:
    """A small network that orders candidates, and how sure to be of them.

    All of it is learnt by bench/, never typed in. Outside the range that was seen in learning a
    signal counts as the end of that range.
    """

    lowest: Floats
    highest: Floats
    inner: Floats
    inner_bias: Floats
    outer: Floats
    certainty: Floats
    certainty_bias: Floats

    @classmethod
    def load(cls, path: Path = SHIPPED_WEIGHTS) -> "Fusion":
        """The weights of a file; ValueError where they are for other signals."""
        found = json.loads(path.read_text("utf-8"))
        if found.pop("signals") != list(SIGNALS):
            raise ValueError(f"{path} was learnt for other signals; learn it again with bench/")
        return cls(**{name: np.array(values, np.float32) for name, values in found.items()})

    def save(self, path: Path = SHIPPED_WEIGHTS) -> None:
        """Write the weights with the names of the signals they are for."""
        arrays = {field.name: getattr(self, field.name).astype(float) for field in fields(self)}
        rounded = {name: np.round(array, 5).tolist() for name, array in arrays.items()}
        path.write_text(json.dumps({"signals": SIGNALS, **rounded}) + "\n", "utf-8")

    def scores(self, signals: Floats) -> Floats:
        """What orders the candidates of one query; only differences mean anything."""
        within = np.clip(signals, self.lowest, self.highest)
        return np.asarray(np.tanh(within @ self.inner + self.inner_bias) @ self.outer)

    def chances(self, signals: Floats) -> Floats:
        """One chance in [0, 1] for each candidate of one query, in the order of the scores."""
        if not len(signals):
            return np.zeros(0, np.float32)
        within = np.clip(signals, self.lowest, self.highest)
        sureness = standing(within, self.scores(signals)) @ self.certainty + self.certainty_bias
        logits = np.clip(sureness, -LARGEST_LOGIT, LARGEST_LOGIT)
        return np.asarray(1 / (1 + np.exp(-logits)), np.float32)


def standing(signals: Floats, scores: Floats) -> Floats:
    """How far behind the best each candidate is, how good the best is and how far it leads."""
    best, second = (-np.partition(-np.append(scores, [scores.min()] * 2), (0, 1))[:2]).tolist()
    behind = scores - best
    for_all = np.full((len(scores), 2), (best, best - second))
    around = signals[:, len(OWN) : len(OWN) + len(OF_THE_BEST)]
    return np.column_stack([behind, for_all, around]).astype(np.float32)
