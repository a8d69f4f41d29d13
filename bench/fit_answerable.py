"""Learn when to answer: our labelled development questions against laypeople's questions on other law.

    python -m bench.fit_answerable --other queries.jsonl

``queries.jsonl`` holds ``{"query": ...}`` a line, for example the development half of STARD (MIT).
Some of those questions are about loans, so the share declined that is printed is a lower bound.
"""

import argparse
import json
import random
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from bot.answering.composing.answerable import Answerable, Signs
from bot.app import App, build
from bot.chinese.normalise import simplified
from bot.evaluation.cases import read_cases
from bot.settings import ROOT, Settings

SETS = ("questions", "legal_checks")
SAMPLE = 400
ROUNDS, PACE, SHRINK = 4000, 0.5, 1e-3


def main() -> None:
    """Fit, print the trade-off, write models/answerable.json."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--other", type=Path, required=True)
    other = [json.loads(line)["query"] for line in options.parse_args().other.open("rb")]
    random.Random(0).shuffle(other)
    with TemporaryDirectory() as folder:
        app = build(Settings(_env_file=None, data_dir=Path(folder)))
        ours = signs(app, labelled("dev"))
        theirs = signs(app, other[:SAMPLE])
        fitted = fit(ours, theirs)
        fitted.save()
        show(fitted, signs(app, labelled("held_out")), theirs)


def labelled(split: str) -> list[str]:
    """Our questions of one half."""
    folder = ROOT / "tests" / "evaluation"
    return [
        case.text
        for name in SETS
        for case in read_cases(folder / f"{name}.jsonl")
        if case.split == split
    ]


def signs(app: App, questions: list[str]) -> np.ndarray:
    """The signs of each question's best hit, one row each."""
    rows = []
    for question in map(simplified, questions):
        best = app.retriever.search(question, limit=1)[0]
        found = Signs.of(question, best)
        rows.append([found.score, found.known_question, found.vector, found.words])
    return np.array(rows)


def fit(ours: np.ndarray, theirs: np.ndarray) -> Answerable:
    """Logistic regression by plain gradient descent on standardised signs."""
    signs = np.vstack([ours, theirs])
    wanted = np.r_[np.ones(len(ours)), np.zeros(len(theirs))]
    mean, spread = signs.mean(0), signs.std(0)
    within = np.c_[(signs - mean) / spread, np.ones(len(signs))]
    weights = np.zeros(within.shape[1])
    for _ in range(ROUNDS):
        wrong = 1 / (1 + np.exp(-within @ weights)) - wanted
        weights -= PACE * (within.T @ wrong / len(wanted) + SHRINK * np.r_[weights[:-1], 0])
    raw = weights[:-1] / spread
    return Answerable(
        bias=float(weights[-1] - raw @ mean),
        weights=Signs(*(round(float(each), 4) for each in raw)),
    )


def show(fitted: Answerable, held_out: np.ndarray, theirs: np.ndarray) -> None:
    """Risk and coverage at several floors, ours from the held-out half."""
    raw = np.array([getattr(fitted.weights, name) for name in Signs.__slots__])
    chance = [1 / (1 + np.exp(-(rows @ raw + fitted.bias))) for rows in (held_out, theirs)]
    print("floor  answered of ours (held out)  declined of the others")
    for floor in (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5):
        print(
            f"{floor:5.2f}  {(chance[0] >= floor).mean():27.3f}  {(chance[1] < floor).mean():22.3f}"
        )


if __name__ == "__main__":
    main()
