"""Learn the weights of fusion from questions that neither model nor index has seen.

python -m bench.retrieval.train_fusion --stard DIR --output models/fusion.json
"""

import argparse
import pickle
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from bench.retrieval.fit_fusion import Judged, Schedule, fit
from bench.retrieval.stard_data import (
    FOLDS,
    Question,
    fold_of,
    read_articles,
    read_questions,
    with_known,
)
from bench.retrieval.train_static import build_model
from bot.answering.retrieval.embedding import Embedder, open_embedder
from bot.answering.retrieval.fuse import SHIPPED_WEIGHTS, Fusion
from bot.answering.retrieval.query import Query
from bot.answering.retrieval.retriever import Retriever
from bot.answering.retrieval.signals import OF_THE_BEST, SIGNALS
from bot.knowledge.passage import Passage
from ingest.index import write_index
from ingest.load.knowledge_base import read_knowledge_base
from ingest.split_guidance import passages as passages_of

KNOWLEDGE = Path("knowledge_base")
STRANGERS_FILE = Path(__file__).with_name("strangers.txt")
EXACT = 700
DEBT = re.compile("[借贷债欠款担保]|信用卡|利息|催|征信|失信|执行")
NOTHING = np.zeros(1, np.float32)
NOTHING_LEARNT = Fusion(
    *(NOTHING, NOTHING, np.zeros((len(SIGNALS), 1), np.float32), NOTHING, NOTHING),
    *(np.zeros(3 + len(OF_THE_BEST), np.float32), NOTHING),
)
STRANGERS = 150  # questions about other matters, to which no entry is the answer


def main() -> None:
    """Gather judged candidates fold by fold, learn from all of them, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stard", type=Path, required=True)
    parser.add_argument("--output", type=Path, default=SHIPPED_WEIGHTS)
    parser.add_argument("--judged", type=Path, help="keep or reuse the gathered candidates here")
    asked = parser.parse_args()
    judged = gathered(asked.stard, asked.judged)
    fit(judged, Schedule()).save(asked.output)


def gathered(stard: Path, kept: Path | None) -> list[Judged]:
    """All judged candidates, from a folder where they were kept before."""
    return [one for fold in range(FOLDS) for one in gathered_fold(stard, kept, fold)]


def gathered_fold(stard: Path, kept: Path | None, fold: int) -> list[Judged]:
    """One fold's candidates."""
    file = kept / f"fold{fold}.pickle" if kept else None
    if file and file.is_file():
        found: list[Judged] = pickle.loads(file.read_bytes())  # noqa: S301 - our own file
        return found
    judged = list(judge_fold(stard, fold))
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(pickle.dumps(judged))
    return judged


def judge_fold(stard: Path, fold: int) -> Iterator[Judged]:
    """The candidates of one fold's questions, for a model and an index without them."""
    articles, questions = read_articles(stard), read_questions(stard)
    entries = passages_of(read_knowledge_base(KNOWLEDGE))
    seen = [one for place, one in enumerate(questions) if fold_of(place) != fold]
    asked = [one for place, one in enumerate(questions) if fold_of(place) == fold]
    kept, held_out = hold_out(entries, fold)
    with TemporaryDirectory() as folder:
        model = Path(folder) / "model"
        build_model(articles, seen, kept, model)
        embedder = open_embedder(model)
        index = Path(folder) / "index"
        named = {name for one in seen for name in one.relevant}
        yield from judge(with_known(articles, seen), asked, embedder, index, fold, "known", named)
        yield from judge(articles, asked, embedder, index, fold, "free", set())
        own = Path(folder) / "own"
        yield from judge(kept, held_out, embedder, own, fold, "own", {one.id for one in kept})
        yield from judge(kept, strangers(asked, fold), embedder, own, fold, "stranger", set())
        yield from judge(kept, exact(kept, fold), embedder, own, fold, "exact", set())


def hold_out(entries: Sequence[Passage], fold: int) -> tuple[list[Passage], list[Question]]:
    """The passages without one fold of their forms, and that fold as questions."""
    kept, held_out = [], []
    for entry in entries:
        shuffled = list(entry.questions)
        random.Random(entry.id).shuffle(shuffled)
        for place, form in enumerate(shuffled):
            if fold_of(place) == fold:
                held_out.append(Question(f"{entry.id}#{place}", form, frozenset({entry.id})))
        left = tuple(form for place, form in enumerate(shuffled) if fold_of(place) != fold)
        kept.append(replace(entry, questions=left))
    return kept, held_out


def strangers(asked: Iterable[Question], fold: int) -> list[Question]:
    """Questions that no entry answers: about other law, and about anything."""
    law = [one.text for one in asked if not DEBT.search(one.text)][: STRANGERS // FOLDS]
    anything = STRANGERS_FILE.read_text("utf-8").splitlines()[fold::FOLDS]
    return [Question(text, text, frozenset()) for text in [*law, *anything]]


def exact(entries: Sequence[Passage], fold: int) -> list[Question]:
    """Some of the forms that are known: whoever types one means its entry."""
    forms = [(form, entry.id) for entry in entries for form in entry.questions]
    chosen = random.Random(fold).sample(forms, min(EXACT // FOLDS, len(forms)))
    return [Question(form, form, frozenset({name})) for form, name in chosen]


def judge(
    passages: Sequence[Passage],
    questions: Iterable[Question],
    embedder: Embedder,
    index_dir: Path,
    fold: int,
    source: str,
    named: set[str],
) -> Iterator[Judged]:
    """What retrieval would weigh for each question, and what of it is right."""
    write_index(passages, index_dir, embedder=embedder)
    retriever = Retriever.open(index_dir, embedder, fusion=NOTHING_LEARNT)
    row_of = {passage.id: row for row, passage in enumerate(passages)}
    for question in questions:
        weighed = retriever.weigh(Query.read(question.text, embedder))
        rows = [row_of[name] for name in question.relevant]
        right = np.isin(weighed.rows, rows)
        unseen = named.isdisjoint(question.relevant)
        yield Judged(weighed.signals, right, len(rows), weighed.rows, fold, source, unseen)
    retriever.close()


if __name__ == "__main__":
    main()
