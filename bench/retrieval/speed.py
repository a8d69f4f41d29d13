"""Indexing time and memory, latency and resident memory over the whole corpus, on one core.

python -m bench.retrieval.speed --stard DIR
"""

import argparse
import os
import resource
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from bench.retrieval.stard_data import Question, read_articles, read_questions, with_known
from bot.answering.retrieval.embedding import open_embedder
from bot.answering.retrieval.retriever import Retriever
from ingest.index import write_index

PLACES = 100


def main() -> None:
    """Two tables: what building costs, what asking costs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stard", type=Path, required=True)
    parser.add_argument("--index", type=Path, help="ask this index instead of building one")
    asked = parser.parse_args()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    questions = read_questions(asked.stard)
    with TemporaryDirectory() as temporary:
        folder = asked.index or Path(temporary)
        if not asked.index or not asked.index.is_dir():
            build(asked.stard, questions, folder)
        ask(folder, questions)


def build(stard: Path, questions: list[Question], folder: Path) -> None:
    """Index all articles with all fields."""
    articles = with_known(read_articles(stard), questions)
    embedder = open_embedder()
    begun = time.perf_counter()
    manifest = write_index(articles, folder, embedder=embedder)
    took = time.perf_counter() - begun
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"| passages | {manifest.passages} |\n| --- | --- |")
    print(f"| indexing, seconds | {took:.1f} |")
    print(f"| peak memory, MiB | {resident():.0f} |")
    print(f"| index on disk, MiB | {size / 2**20:.0f} |")


def ask(folder: Path, questions: list[Question]) -> None:
    """Ask every question once, the whole pipeline each time."""
    begun = time.perf_counter()
    retriever = Retriever.open(folder, open_embedder())
    retriever.rank(questions[0].text, limit=PLACES)
    print(f"| open and first answer, seconds | {time.perf_counter() - begun:.2f} |")
    times = [timed(retriever, question.text) for question in questions]
    p50, p95 = np.percentile(times, [50, 95])
    print(f"| p50 / p95, ms | {p50:.1f} / {p95:.1f} |")
    retriever.close()


def timed(retriever: Retriever, question: str) -> float:
    """Milliseconds for one question."""
    begun = time.perf_counter()
    retriever.rank(question, limit=PLACES)
    return (time.perf_counter() - begun) * 1000


def resident() -> float:
    """The most memory this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
