"""Weigh the letters of the labelled messages for the screen's second opinion.

    python -m bench.train_guards    # writes knowledge_base/phrases/second_opinion.json

Positives are ``tests/evaluation/guards/train.jsonl``; negatives also the question forms of the
entries that speak of no risk. The same input always gives the same file.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import yaml
from sklearn.feature_extraction.text import CountVectorizer  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.preprocessing import normalize  # type: ignore[import-untyped]

from bot.answering.screen import LEXICONS, SECOND_OPINION
from bot.answering.screening.outcome import Outcome
from bot.answering.screening.phrases import read_phrases
from bot.answering.screening.spelling import Spelling

ROOT = Path(__file__).parents[1]
TRAIN = ROOT / "tests" / "evaluation" / "guards" / "train.jsonl"
GUIDANCE = ROOT / "knowledge_base" / "guidance"
GUARDS = (
    Outcome.CRISIS,
    Outcome.VIOLENCE_NOW,
    Outcome.AT_THE_DOOR,
    Outcome.SCAM_IN_PROGRESS,
)


def main() -> None:
    """Fit one logistic regression for each guard and write the weights."""
    labelled = [json.loads(line) for line in TRAIN.read_text("utf-8").splitlines()]
    ordinary = list(ordinary_questions())
    spelling = Spelling(read_phrases(LEXICONS)["spelling"])
    texts = [spelling(row["text"]) for row in labelled] + [spelling(form) for form in ordinary]
    guards = [row["guard"] for row in labelled] + [Outcome.CLEAR] * len(ordinary)
    groups = CountVectorizer(
        analyzer="char", ngram_range=(1, 3), min_df=3, binary=True, lowercase=False
    )
    seen = normalize(groups.fit_transform(texts).astype(float))
    fitted = [
        LogisticRegression(C=30, class_weight="balanced", max_iter=500).fit(
            seen, np.array([guard == wanted for guard in guards])
        )
        for wanted in GUARDS
    ]
    weights = np.stack([model.coef_[0] for model in fitted], axis=1).round(1)
    write(groups.get_feature_names_out(), weights, [float(m.intercept_[0]) for m in fitted])


def ordinary_questions() -> Iterator[str]:
    """The question forms of the entries without a risk."""
    for path in sorted(GUIDANCE.rglob("*.md")):
        front = yaml.load(path.read_text("utf-8").split("---")[1], Loader=yaml.CSafeLoader)
        if front.get("risk", "none") == "none":
            yield from map(str, front["questions"])


def write(groups: np.ndarray, weights: np.ndarray, bias: list[float]) -> None:
    """One line for each group of letters, so that a change can be read in a diff."""
    rows = [
        f"  {json.dumps(group, ensure_ascii=False)}: {json.dumps(row)}"
        for group, row in zip(groups.tolist(), weights.tolist(), strict=True)
    ]
    head = json.dumps({"guards": list(GUARDS), "bias": [round(each, 3) for each in bias]})
    text = head[:-1] + ', "weights": {\n' + ",\n".join(rows) + "\n}}\n"
    SECOND_OPINION.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
