"""``retrieve``: the product's own retriever over any corpus of JSON lines."""

import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.answering.retrieval.embedding import Embedder
from bot.answering.retrieval.retriever import Retriever
from bot.errors import IndexUnavailable
from bot.knowledge.passage import Passage
from bot.transports.jsonl.lines import Line, Record, RecordError, numbered, report_unreadable, run

PATH_SEPARATOR = " / "
SOURCE, IDS = "source.txt", "ids.json"


def retrieve(
    corpus: Path,
    queries: str,
    output: str,
    *,
    limit: int,
    embedder: Embedder,
    known: Path | None = None,
    index_dir: Path | None = None,
) -> int:
    """Answer each query with the ids of the best passages; 1 if any line failed."""
    with TemporaryDirectory(prefix="borrower-aid-") as temporary:
        try:
            source = CorpusSource(corpus, known)
            retriever = source.opened(index_dir or Path(temporary), embedder)
        except OSError as fault:
            return report_unreadable(fault)
        code = run(queries, output, Answerer(retriever, limit))
        retriever.close()
    return max(code, int(source.failed))


class Answerer:
    """One query record -> its hits."""

    def __init__(self, retriever: Retriever, limit: int) -> None:
        self._retriever = retriever
        self._limit = limit
        self._ids: list[Any] = json.loads(retriever.extra(IDS))

    def __call__(self, record: Record) -> Record:
        """The ids of the best passages, best first, with the chance of each."""
        ranked = self._retriever.rank(text_of(record, "text"), limit=self._limit)
        return {
            "hits": [{"id": self._ids[row], "score": round(chance, 6)} for row, chance in ranked]
        }


class CorpusSource:
    """A corpus and its known questions, as files; ``failed`` once a line could not be used."""

    def __init__(self, corpus: Path, known: Path | None) -> None:
        self._corpus = corpus
        self._known = known
        self.failed = False

    def opened(self, index_dir: Path, embedder: Embedder) -> Retriever:
        """The index of the files as they are now: reused if they did not change."""
        from ingest.index import write_index

        fingerprint = self._fingerprint()
        try:
            retriever = Retriever.open(index_dir, embedder)
            if retriever.extra(SOURCE) == fingerprint:
                return retriever
            retriever.close()
        except IndexUnavailable:
            pass  # none yet, damaged, or another model's: written below
        passages, ids = self._read()
        extras = {SOURCE: fingerprint, IDS: json.dumps(ids).encode()}
        write_index(passages, index_dir, embedder=embedder, extras=extras)
        return Retriever.open(index_dir, embedder)

    def _fingerprint(self) -> bytes:
        files = [self._corpus, *([self._known] if self._known else [])]
        return "\n".join(hashlib.sha256(file.read_bytes()).hexdigest() for file in files).encode()

    def _read(self) -> tuple[list[Passage], list[Any]]:
        questions: dict[str, list[str]] = defaultdict(list)
        for record in self._records(self._known) if self._known else ():
            for named in record["ids"]:
                questions[str(named)].append(record["text"])
        found: dict[str, tuple[Passage, Any]] = {}
        for record in self._records(self._corpus):
            passage = passage_from(record, questions)
            found.setdefault(passage.id, (passage, record["id"]))
        return [passage for passage, _ in found.values()], [given for _, given in found.values()]

    def _records(self, path: Path) -> Iterator[Record]:
        """The usable records of a file; the others are named on standard error."""
        with path.open("rb") as file:
            for number, raw in numbered(file):
                try:
                    yield usable(Line(number, raw).record(), path is self._known)
                except RecordError as fault:
                    self.failed = True
                    print(f"{path} 第 {number} 行：{fault.message}", file=sys.stderr)  # noqa: T201


def usable(record: Record, is_known: bool) -> Record:
    """The record, if it has what a passage or a known question needs."""
    text_of(record, "text")
    if is_known and not isinstance(record.get("ids"), list):
        raise RecordError("no_ids", "缺少 ids（列表）")
    if not is_known and not isinstance(record.get("id"), str | int):
        raise RecordError("no_id", "缺少 id")
    return record


def passage_from(record: Record, questions: dict[str, list[str]]) -> Passage:
    """The passage of a corpus record; its title may carry the heading path."""
    title, *heading = str(record.get("title") or "").split(PATH_SEPARATOR)
    name = str(record["id"])
    return Passage(
        id=name,
        title=title,
        heading=tuple(heading),
        text=record["text"],
        questions=tuple(questions.get(name, ())),
    )


def text_of(record: Record, name: str) -> str:
    """A field that must be text."""
    text = record.get(name)
    if not isinstance(text, str):
        raise RecordError("no_text", f"缺少 {name}（文字）")
    return text
