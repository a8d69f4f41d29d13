"""Weigh the letters of the labelled messages for the screen's second opinion.

    python -m bench.train_guards            # writes knowledge_base/phrases/second_opinion.npz
    python -m bench.train_guards --judge    # and judges it on messages it has not seen, in minutes

The messages are those of ``tests/evaluation/guards`` named below; negatives also the question forms
of the entries that speak of no risk, and the development half of the labelled questions on topics
where nobody is in danger. The table of ``--judge`` says what each level of sureness finds and takes wrongly
of messages that a regression has not seen (five-fold cross-validation); ``screening/weigh.py`` picks from
it. The same input always gives the same file.
"""

import argparse
import json
import random
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import yaml
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
from sklearn.feature_extraction.text import (  # type: ignore[import-untyped]
    CountVectorizer,
    TfidfTransformer,
)
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from bot.answering.screen import LEXICONS, SECOND_OPINION
from bot.answering.screening.outcome import Outcome
from bot.answering.screening.phrases import read_phrases
from bot.answering.screening.second_opinion import Fitted, groups
from bot.answering.screening.spelling import Spelling
from bot.answering.screening.thesaurus import Thesaurus
from bot.evaluation.cases import read_cases

ROOT = Path(__file__).parents[1]
GUARD_SETS = ROOT / "tests" / "evaluation" / "guards"
TRAIN = ("train", "train_2", "train_3", "train_4", "train_5", "other_law", "sixth")
GUIDANCE = ROOT / "knowledge_base" / "guidance"
# Labelled questions of which the development half is learnt from, and their topics without danger or wrong.
QUESTIONS = (
    "questions",
    "questions_2",
    "questions_4",
    "facts",
    "legal_checks",
    "legal_checks_2",
    "legal_checks_4",
)
SAFE_TOPICS = {
    *(
        "assignment",
        "basics",
        "complaints",
        "court",
        "credit",
        "creditrec",
        "enforcement",
        "evidence",
    ),
    *("family", "groups", "hardship", "law", "letters", "litigation", "myths", "negotiation"),
    *("privacy", "rates", "vulnerable"),
}
GUARDS = (
    Outcome.CRISIS,
    Outcome.VIOLENCE_NOW,
    Outcome.AT_THE_DOOR,
    Outcome.SCAM_IN_PROGRESS,
    Outcome.WRONGDOING,
    Outcome.INJECTION,
    Outcome.LENDER_SIDE,
    Outcome.OUT_OF_SCOPE,
    Outcome.CRISIS_CHECK,
    Outcome.UNKNOWABLE,
)
FOLDS = 5
LEVELS = (0.3, 0.5, 0.6, 0.7, 0.8, 0.9)
STEPS = 127  # of a weight in one byte

Truth = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message in its levelled spelling, with its guard and the variant within it.

    ``alone`` is the message without the question that was put beside it.
    """

    text: str
    guard: Outcome
    variant: str = ""
    alone: str = ""

    @property
    def fold(self) -> int:
        """The part that judges it; a message and its longer copy are judged together."""
        return zlib.crc32((self.alone or self.text).encode()) % FOLDS

    def belongs(self, head: str) -> bool:
        """Whether the head should speak; a crisis calls for the gentle check too."""
        guard, _, variant = head.partition("/")
        crisis = guard == Outcome.CRISIS_CHECK and self.guard is Outcome.CRISIS
        return crisis or (self.guard == guard and variant in ("", self.variant))


def main() -> None:
    """Fit one logistic regression for each guard and each variant, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--judge", action="store_true", help="print what each level finds")
    chosen = parser.parse_args()
    lexicons = read_phrases(LEXICONS)
    spelling = Spelling(lexicons["spelling"])
    thesaurus = Thesaurus(lexicons["thesaurus"], spelling)
    asked = [*ordinary(spelling), *safe_questions(spelling)]
    rows = [*asked, *with_questions(list(labelled(spelling)), asked)]
    counter = CountVectorizer(
        analyzer=lambda text: groups(text, thesaurus), min_df=3, binary=True, lowercase=False
    )
    rarity = TfidfTransformer()
    seen = rarity.fit_transform(counter.fit_transform([row.text for row in rows]).astype(float))
    variants = sorted({f"{row.guard}/{row.variant}" for row in rows if row.variant})
    heads = (*map(str, GUARDS), *variants)
    truth = {head: np.array([row.belongs(head) for row in rows]) for head in heads}
    fold = np.array([row.fold for row in rows])
    clear = np.array([row.guard is Outcome.CLEAR for row in rows])
    if chosen.judge:
        print(f"{'found / wrong at':<18}" + "".join(f"{level:>16}" for level in LEVELS))
        for guard in GUARDS:
            print(curve(guard, unseen(seen, truth[guard], fold), truth[guard], clear))
    models = [fit(seen, truth[head]) for head in heads]
    weights = np.stack([model.coef_[0] * rarity.idf_ for model in models], axis=1)
    bias = np.array([float(model.intercept_[0]) for model in models])
    write(counter.get_feature_names_out(), heads, weights, rarity.idf_, bias)


def labelled(spelling: Spelling) -> Iterator[Labelled]:
    """The messages written for training."""
    for name in TRAIN:
        yield from labelled_in(GUARD_SETS / f"{name}.jsonl", spelling)


def labelled_in(path: Path, spelling: Spelling) -> Iterator[Labelled]:
    """The messages of one set."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        yield Labelled(spelling(row["text"]), Outcome(row["guard"]), row.get("variant", ""))


def ordinary(spelling: Spelling) -> Iterator[Labelled]:
    """The question forms of the entries without a risk."""
    for path in sorted(GUIDANCE.rglob("*.md")):
        front = yaml.load(path.read_text("utf-8").split("---")[1], Loader=yaml.CSafeLoader)
        if front.get("risk", "none") == "none":
            for form in map(str, front["questions"]):
                yield Labelled(spelling(form), Outcome.CLEAR)
            yield Labelled(spelling(front["title"]), Outcome.CLEAR)


def safe_questions(spelling: Spelling) -> Iterator[Labelled]:
    """The labelled questions of the development half that call for an answer and nothing else."""
    for name in QUESTIONS:
        for case in read_cases(GUARD_SETS.parent / f"{name}.jsonl"):
            if case.split == "dev" and case.topic in SAFE_TOPICS:
                yield Labelled(spelling(case.text), Outcome.CLEAR)


def with_questions(rows: Sequence[Labelled], asked: Sequence[Labelled]) -> Iterator[Labelled]:
    """The messages, and half of them once more before or after an ordinary question.

    People tell of danger in the same breath as of their debts; only a topic is changed by that.
    """
    chance = random.Random(0)
    for row in rows:
        yield row
        question = chance.choice(asked).text
        if row.guard not in (Outcome.OUT_OF_SCOPE, Outcome.LENDER_SIDE) and chance.random() < 0.5:
            both = (row.text, question) if chance.random() < 0.5 else (question, row.text)
            yield replace(row, text=",".join(both), alone=row.text)


def fit(seen: csr_matrix, truth: Truth) -> LogisticRegression:
    """One regression; the few positives weigh as much as the many negatives."""
    model = LogisticRegression(C=30, class_weight="balanced", solver="liblinear", random_state=0)
    return model.fit(seen, truth)


def unseen(seen: csr_matrix, truth: Truth, fold: npt.NDArray[np.int64]) -> Floats:
    """How likely each message is to a regression that was fitted without it."""
    chance = np.zeros(len(truth))
    for each in range(FOLDS):
        model = fit(seen[fold != each], truth[fold != each])
        chance[fold == each] = model.predict_proba(seen[fold == each])[:, 1]
    return chance


def curve(guard: str, chance: Floats, truth: Truth, clear: Truth) -> str:
    """What share of a guard's messages, and of the ordinary ones, reaches each level."""
    shares = (
        f"{np.mean(chance[truth] >= e):.3f} {np.mean(chance[clear] >= e):.4f}" for e in LEVELS
    )
    return f"{guard:<18}" + "".join(f"{share:>16}" for share in shares)


def write(
    letters: Sequence[str], heads: Sequence[str], weights: Floats, idf: Floats, bias: Floats
) -> None:
    """The weights in bytes."""
    scale = float(np.abs(weights).max()) / STEPS
    steps = np.rint(weights / scale).astype(np.int8)
    rarity = np.square(idf).astype(np.float32)
    Fitted(tuple(heads), tuple(letters), steps, rarity, scale, bias).write(SECOND_OPINION)


if __name__ == "__main__":
    main()
