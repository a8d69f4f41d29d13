"""What a line is worth to someone who asked this question."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.answering.composing.pool import SIGNS
from bot.answering.composing.shelf import Numbers

SHIPPED_WEIGHTS = Path(__file__).resolve().parents[3] / "models" / "lines.json"


@dataclass(frozen=True, slots=True)
class Worth:
    """A logistic regression over a line's signs, learnt by ``bench/fit_lines.py``."""

    bias: float
    weights: tuple[float, ...]

    @classmethod
    def load(cls, path: Path = SHIPPED_WEIGHTS) -> "Worth":
        """The weights of a file."""
        found = json.loads(path.read_text("utf-8"))
        return cls(found["bias"], tuple(found["weights"][name] for name in SIGNS))

    def save(self, path: Path = SHIPPED_WEIGHTS) -> None:
        """Write the weights with their names."""
        named = {name: round(each, 4) for name, each in zip(SIGNS, self.weights, strict=True)}
        content = {"bias": round(self.bias, 4), "weights": named}
        path.write_text(json.dumps(content, indent=1) + "\n", "utf-8")

    def __call__(self, signs: Numbers) -> Numbers:
        """The chance of each line, one row of signs a line, that it tells something wanted."""
        total = signs @ np.array(self.weights) + self.bias
        chance: Numbers = 1 / (1 + np.exp(-total))
        return chance
