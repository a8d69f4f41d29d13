"""``retrieve``: the product's own retriever over any corpus of JSON lines."""

import json
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.answering.retrieval.embedding import Embedder
from bot.answering.retrieval.retriever import Retriever
from bot.errors import IndexUnavailable
from bot.knowledge.index import checksum
from bot.knowledge.passage import Passage
from bot.transports.jsonl.lines import Line, Record, RecordError, numbered, report_unreadable, run

PATH_SEPARATOR = " / "
SOURCE, IDS, FAULTS = "source.txt", "ids.json", "faults.json"


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
        except OSError as unreadable:
            return report_unreadable(unreadable)
        for fault in source.faults:
            print(fault, file=sys.stderr)  # noqa: T201 - this is the terminal
        code = run(queries, output, Answerer(retriever, limit))
        retriever.close()
    return max(code, int(bool(source.faults)))


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
    """A corpus and its known questions, as files; ``faults`` are the lines that were of no use."""

    def __init__(self, corpus: Path, known: Path | None) -> None:
        self._corpus = corpus
        self._known = known
        self.faults: list[str] = []

    def opened(self, index_dir: Path, embedder: Embedder) -> Retriever:
        """The index of the files as they are now: reused if they did not change."""
        fingerprint = self._fingerprint()
        try:
            retriever = Retriever.open(index_dir, embedder)
            if retriever.extra(SOURCE) == fingerprint:
                self.faults = json.loads(retriever.extra(FAULTS))
                return retriever
            retriever.close()
        except IndexUnavailable:
            pass  # none yet, damaged, or another model's: written below
        self._write(index_dir, embedder, fingerprint)
        return Retriever.open(index_dir, embedder)

    def _write(self, index_dir: Path, embedder: Embedder, fingerprint: bytes) -> None:
        from ingest.index import write_index

        passages, ids = self._read()
        extras = {SOURCE: fingerprint, IDS: json.dumps(ids).encode()}
        extras[FAULTS] = json.dumps(self.faults).encode()
        write_index(passages, index_dir, embedder=embedder, extras=extras)

    def _fingerprint(self) -> bytes:
        files = [self._corpus, *([self._known] if self._known else [])]
        return "\n".join(map(checksum, files)).encode()

    def _read(self) -> tuple[list[Passage], list[Any]]:
        questions: dict[str, list[str]] = defaultdict(list)
        if self._known:
            self._each(self._known, lambda record: remember(record, questions))
        found: dict[str, Passage] = {}
        ids: list[Any] = []

        def add(record: Record) -> None:
            passage = passage_from(record, questions)
            if passage.id in found:
                raise RecordError("id_twice", f"编号 {passage.id} 前面已有")
            found[passage.id] = passage
            ids.append(record["id"])

        self._each(self._corpus, add)
        return list(found.values()), ids

    def _each(self, path: Path, take: Callable[[Record], None]) -> None:
        """Take the usable records of a file; note the others."""
        with path.open("rb") as file:
            for number, raw in numbered(file):
                try:
                    take(Line(number, raw).record())
                except RecordError as fault:
                    self.faults.append(f"{path} 第 {number} 行：{fault.message}")


def remember(record: Record, questions: dict[str, list[str]]) -> None:
    """Note a known question under the ids it names."""
    text = text_of(record, "text")
    if not isinstance(record.get("ids"), list):
        raise RecordError("no_ids", "缺少 ids（列表）")
    for named in record["ids"]:
        questions[str(named)].append(text)


def passage_from(record: Record, questions: dict[str, list[str]]) -> Passage:
    """The passage of a corpus record; its title may carry the heading path."""
    if not isinstance(record.get("id"), str | int):
        raise RecordError("no_id", "缺少 id")
    title, *heading = map(str.strip, str(record.get("title") or "").split(PATH_SEPARATOR))
    name = str(record["id"])
    return Passage(
        id=name,
        title=title,
        heading=tuple(filter(None, heading)),
        text=text_of(record, "text"),
        questions=tuple(questions.get(name, ())),
    )


def text_of(record: Record, name: str) -> str:
    """A field that must be text."""
    text = record.get(name)
    if not isinstance(text, str):
        raise RecordError("no_text", f"缺少 {name}（文字）")
    return text
