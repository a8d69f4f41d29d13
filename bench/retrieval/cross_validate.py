"""Figures for questions that neither model, index nor weights has seen, as Markdown tables.

python -m bench.retrieval.cross_validate --stard DIR --judged DIR
"""

import argparse
import random
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bench.retrieval.figures import HEADER, Figures, figures
from bench.retrieval.fit_fusion import Judged, Schedule, fit
from bench.retrieval.stard_data import FOLDS
from bench.retrieval.train_fusion import gathered
from bot.answering.retrieval.fuse import Fusion
from bot.answering.retrieval.signals import SIGNALS

SHARES = {"own": 0.15, "exact": 0.5}  # of lists that are many and alike: a sixth of the time
ONE_NETWORK = Schedule(networks=1)

Order = Callable[[Judged], npt.NDArray[np.float32]]


def main() -> None:
    """One table; the last rows are the product's own questions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stard", type=Path, required=True)
    parser.add_argument("--judged", type=Path)
    asked = parser.parse_args()
    print(report(thinned(gathered(asked.stard, asked.judged)), ONE_NETWORK))


def thinned(judged: Iterable[Judged]) -> list[Judged]:
    """All lists of the benchmark, and some of those of our own forms."""
    chance = random.Random(0)
    return [
        one for one in judged if one.source not in SHARES or chance.random() <= SHARES[one.source]
    ]


def report(judged: list[Judged], schedule: Schedule) -> str:
    """The table of all sources."""
    learnt = [fit([one for one in judged if one.fold != fold], schedule) for fold in range(FOLDS)]
    words, ours = by_words, by_fusion(learnt)
    known = [one for one in judged if one.source == "known"]
    unseen = [one for one in known if one.unseen]
    rows = [
        measured(known, words).row("character BM25, tuned"),
        measured([one for one in judged if one.source == "free"], ours).row(
            "ours, no known questions"
        ),
        measured(known, ours).row("ours, known questions"),
        measured(unseen, words).row("character BM25, unseen articles"),
        measured(unseen, ours).row("ours, known questions, unseen articles"),
        measured([one for one in judged if one.source == "own"], ours).row("own forms, held out"),
    ]
    return "\n".join([HEADER, *rows, "", *sureness(judged, learnt)])


def by_words(one: Judged) -> npt.NDArray[np.float32]:
    """The baseline: BM25 alone."""
    return one.signals[:, SIGNALS.index("words")]


def by_fusion(learnt: list[Fusion]) -> Order:
    """The weights learnt without the question's fold."""
    return lambda one: learnt[one.fold].scores(one.signals)


def measured(judged: Iterable[Judged], order: Order) -> Figures:
    """The figures of questions in the order that some scores give."""
    ranked = [(one.right[np.argsort(-order(one), kind="stable")], one.relevant) for one in judged]
    return figures(ranked)


def sureness(judged: list[Judged], learnt: list[Fusion]) -> Iterable[str]:
    """How often the first is right, by how sure the retriever was of it."""
    firsts = []
    for one in judged:
        if one.source in {"own", "stranger"}:
            chances = learnt[one.fold].chances(one.signals)
            best = int(chances.argmax())
            firsts.append((float(chances[best]), bool(one.right[best])))
    yield "| sure of the first | questions | right |"
    yield "| --- | --- | --- |"
    edges = [0, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 1.01]
    for low, high in pairwise(edges):
        right = [is_right for chance, is_right in firsts if low <= chance < high]
        share = f"{np.mean(right):.2f}" if right else "–"
        yield f"| {low:.1f} to {min(high, 1):.1f} | {len(right)} | {share} |"


if __name__ == "__main__":
    main()
