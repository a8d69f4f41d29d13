"""Whether what was found is about what was asked: decides between an answer and “not covered”."""

import json
import math
from dataclasses import asdict, astuple, dataclass, fields
from pathlib import Path

from bot.answering.retrieval.retriever import Hit

SHIPPED_WEIGHTS = Path(__file__).resolve().parents[3] / "models" / "answerable.json"
MOST_WORDS = 3.0  # weight of shared words a character of the question; more says nothing more


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for the best passage being about the question."""

    score: float
    known_question: float
    vector: float
    words: float

    @classmethod
    def of(cls, question: str, hit: Hit) -> "Signs":
        """The signs of the best hit."""
        shared = sum(weight for _, weight in hit.reasons.words) / max(len(question), 1)
        return cls(
            score=float(hit.score),
            known_question=float(hit.reasons.known_likeness),
            vector=float(hit.reasons.vector),
            words=min(shared, MOST_WORDS),
        )


@dataclass(frozen=True, slots=True)
class Answerable:
    """A logistic regression over the signs, learnt by ``bench/fit_answerable.py``."""

    bias: float
    weights: Signs

    @classmethod
    def load(cls, path: Path = SHIPPED_WEIGHTS) -> "Answerable":
        """The weights of a file."""
        found = json.loads(path.read_text("utf-8"))
        names = [field.name for field in fields(Signs)]
        return cls(found["bias"], Signs(**{name: found["weights"][name] for name in names}))

    def save(self, path: Path = SHIPPED_WEIGHTS) -> None:
        """Write the weights with their names."""
        content = {"bias": round(self.bias, 4), "weights": asdict(self.weights)}
        path.write_text(json.dumps(content, indent=1) + "\n", "utf-8")

    def __call__(self, question: str, hit: Hit) -> float:
        """The chance, in [0, 1], that the knowledge covers the question."""
        signs = astuple(Signs.of(question, hit))
        total = sum(w * s for w, s in zip(astuple(self.weights), signs, strict=True))
        return 1 / (1 + math.exp(-(total + self.bias)))
