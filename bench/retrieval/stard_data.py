"""The STARD development half: articles as passages, questions with their relevant articles."""

import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from bot.knowledge.passage import Passage
from bot.knowledge.vocabulary import TrustTier

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Question:
    """A layperson's question and the ids of the passages that answer it."""

    id: str
    text: str
    relevant: frozenset[str]


def read_articles(folder: Path) -> list[Passage]:
    """All articles, with law name, headings and article number as the path."""
    with gzip.open(folder / "corpus.jsonl.gz", "rt", encoding="utf-8") as file:
        return [_passage(json.loads(line)) for line in file]


def read_questions(folder: Path) -> list[Question]:
    """The development questions in their order."""
    lines = (folder / "queries.jsonl").read_text("utf-8").splitlines()
    return [
        Question(str(found["qid"]), found["query"], frozenset(map(str, found["gold"])))
        for found in map(json.loads, lines)
    ]


def fold_of(place: int) -> int:
    """The fold of a question: runs of ten stay together less often than chance would have it."""
    return place % FOLDS


def with_known(articles: Iterable[Passage], known: Iterable[Question]) -> list[Passage]:
    """The articles, each with the questions that name it."""
    forms: dict[str, list[str]] = {}
    for question in known:
        for article in question.relevant:
            forms.setdefault(article, []).append(question.text)
    return [replace(one, questions=tuple(forms.get(one.id, ()))) for one in articles]


def _passage(found: dict[str, str]) -> Passage:
    return Passage(
        id=str(found["id"]),
        title=found["law"],
        heading=tuple(part for part in [*found["head"].split(" / "), found["art"]] if part),
        text=found["text"],
        trust=TrustTier.STATUTE,
    )
