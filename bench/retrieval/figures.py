"""The figures of ranked lists: recall, nDCG, right one first."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over questions."""

    questions: int
    recall_5: float
    recall_10: float
    recall_100: float
    ndcg_10: float
    first: float
    in_three: float

    def row(self, name: str) -> str:
        """One line of a Markdown table."""
        values = (self.recall_5, self.recall_10, self.recall_100, self.ndcg_10)
        shown = " | ".join(f"{value:.3f}" for value in (*values, self.first, self.in_three))
        return f"| {name} | {self.questions} | {shown} |"


HEADER = (
    "| | questions | R@5 | R@10 | R@100 | nDCG@10 | first | in three |\n"
    "| --- | --- | --- | --- | --- | --- | --- | --- |"
)


def figures(ranked: Sequence[tuple[Flags, int]]) -> Figures:
    """From what is right in each ranked list, and how many right ones there are in all."""
    return Figures(
        len(ranked),
        *(mean([right[:k].sum() / of for right, of in ranked]) for k in (5, 10, 100)),
        mean([ndcg(right[:10], of) for right, of in ranked]),
        *(mean([bool(right[:k].any()) for right, _ in ranked]) for k in (1, 3)),
    )


def ndcg(right: Flags, relevant: int) -> float:
    """Discounted gain of ten places beside the best there could be."""
    discounts = 1 / np.log2(np.arange(2, 12))
    return float((right * discounts[: len(right)]).sum() / discounts[: min(relevant, 10)].sum())


def mean(values: Sequence[float]) -> float:
    """Their mean; nought for none."""
    return float(np.mean(values)) if len(values) else 0.0
