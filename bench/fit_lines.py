"""Learn which lines of the found entries to show, from the labelled development questions.

    python -m bench.fit_lines

A line counts as wanted when it says a point that the entry's short answer does not. Prints how much
of the points is told within several rooms, cross-validated over the questions, and on the held-out
half that the shipped weights never saw; then writes models/lines.json.
"""

import argparse
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from bot.answering.composing.choose import within
from bot.answering.composing.pool import Pool, pool
from bot.answering.composing.shelf import Numbers, Shelf
from bot.answering.composing.worth import Worth
from bot.answering.retrieval.filter import Filter
from bot.answering.retrieval.retriever import Retriever
from bot.app import build
from bot.chinese.normalise import simplified
from bot.clock import today
from bot.evaluation.cases import Case, read_cases
from bot.evaluation.judge import comparable
from bot.settings import ROOT, Settings

SETS = ("questions", "legal_checks", "questions_2", "legal_checks_2")
ROOMS = (240, 280, 320)
FOLDS = 8
LOOK_AT = 8
ROUNDS, PACE, SHRINK = 1500, 0.8, 2e-3


@dataclass(frozen=True, eq=False)
class Example:
    """A question's pool, and which of its lines say which of the points still to be told."""

    case: Case
    pool: Pool
    says: Numbers

    @property
    def wanted(self) -> Numbers:
        """One for each line that may be shown and says a point."""
        return self.says.any(axis=1)[list(self.pool.may_be_shown)].astype(float)

    @property
    def signs(self) -> Numbers:
        """The signs of the lines that may be shown."""
        return self.pool.signs[list(self.pool.may_be_shown)]


def main() -> None:
    """Fit, print what is told, write the weights."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    with TemporaryDirectory() as folder:
        settings = Settings(_env_file=None, data_dir=Path(folder))
        app = build(settings)
        shelf = Shelf(app.library)
        dev, held_out = (
            list(examples(app.retriever, shelf, split)) for split in ("dev", "held_out")
        )
    crossed = cross_validated(dev)
    fitted = fit(dev)
    fitted.save()
    print("room  told of dev, cross-validated  told of held out")
    for room in ROOMS:
        print(
            f"{room:4}  {told(dev, crossed, room):28.3f}  {told(held_out, lambda _: fitted, room):16.3f}"
        )


def examples(retriever: Retriever, shelf: Shelf, split: str) -> Iterable[Example]:
    """The questions of one half, as examples."""
    keep = Filter(on=today())
    for name in SETS:
        for case in read_cases(ROOT / "tests" / "evaluation" / f"{name}.jsonl"):
            if case.split == split and case.points:
                hits = retriever.search(simplified(case.text), limit=LOOK_AT, keep=keep)
                if any(shelf.has(hit.passage.id) for hit in hits):
                    yield example(case, pool(simplified(case.text), hits, shelf))


def example(case: Case, found: Pool) -> Example:
    """Which lines say which of the points that the short answer leaves out."""
    said = comparable(found.lines[0].text)
    points = [point for point in case.points if not point.said_in(said)]
    lines = [comparable(line.text) for line in found.lines]
    says = [[point.said_in(line) for point in points] for line in lines]
    return Example(case, found, np.array(says, bool).reshape(len(lines), len(points)))


def fit(known: Sequence[Example]) -> Worth:
    """Logistic regression by plain gradient descent on standardised signs."""
    signs = np.vstack([each.signs for each in known])
    wanted = np.concatenate([each.wanted for each in known])
    mean, spread = signs.mean(0), signs.std(0) + 1e-9
    standard = np.c_[(signs - mean) / spread, np.ones(len(signs))]
    weights = np.zeros(standard.shape[1])
    for _ in range(ROUNDS):
        wrong = 1 / (1 + np.exp(-standard @ weights)) - wanted
        weights -= PACE * (standard.T @ wrong / len(wanted) + SHRINK * np.r_[weights[:-1], 0])
    raw = weights[:-1] / spread
    return Worth(float(weights[-1] - raw @ mean), tuple(map(float, raw)))


def cross_validated(known: Sequence[Example]) -> Callable[[Example], Worth]:
    """For each example the weights learnt without it."""
    order = list(known)
    random.Random(1).shuffle(order)
    folds = [order[start::FOLDS] for start in range(FOLDS)]
    learnt = {
        id(each): worth
        for fold in folds
        for worth in [fit([each for each in order if each not in fold])]
        for each in fold
    }
    return lambda example: learnt[id(example)]


def told(known: Sequence[Example], worth: Callable[[Example], Worth], room: int) -> float:
    """The share of the points that the short answer or the chosen lines say."""
    said = 0
    for each in known:
        choice = within(each.pool, worth(each)(each.pool.signs), room)
        text = comparable(
            "\n".join([each.pool.lines[0].text, *(line.text for line in choice.shown)])
        )
        said += sum(point.said_in(text) for point in each.case.points)
    return said / sum(len(each.case.points) for each in known)


if __name__ == "__main__":
    main()
