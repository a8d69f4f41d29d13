"""How latency grows with the number of passages: python -m bench.retrieval.growth --stard DIR.

Beyond the corpus its articles come again under other laws' names with their sentences turned
round, so that words keep their frequencies and no two passages are the same.
"""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from bench.retrieval.speed import resident, timed
from bench.retrieval.stard_data import read_articles, read_questions
from bot.answering.retrieval.embedding import open_embedder
from bot.answering.retrieval.retriever import Retriever
from bot.knowledge.passage import Passage
from ingest.index import write_index

SIZES = (1_000, 10_000, 100_000, 300_000)


def main() -> None:
    """One row a size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stard", type=Path, required=True)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    asked = parser.parse_args()
    articles = read_articles(asked.stard)
    np.random.default_rng(0).shuffle(articles)
    questions = [question.text for question in read_questions(asked.stard)]
    print("| passages | p50, ms | p95, ms | peak MiB |\n| --- | --- | --- | --- |")
    for size in asked.sizes:
        with TemporaryDirectory() as folder:
            embedder = open_embedder()
            passages = list(islice(grown(articles), size))
            write_index(passages, Path(folder), embedder=embedder)
            del passages
            retriever = Retriever.open(Path(folder), embedder)
            timed(retriever, questions[0])
            times = [timed(retriever, question) for question in questions]
            p50, p95 = np.percentile(times, [50, 95])
            retriever.close()
            print(f"| {size} | {p50:.1f} | {p95:.1f} | {resident():.0f} |", flush=True)


def grown(articles: list[Passage]) -> Iterator[Passage]:
    """The articles, and then again and again in other words' order."""
    yield from articles
    edition = 1
    while True:
        for place, article in enumerate(articles):
            other = articles[(place + edition * 7919) % len(articles)]
            sentences = article.text.split("。")
            turned = "。".join(
                sentences[edition % len(sentences) :] + sentences[: edition % len(sentences)]
            )
            yield replace(article, id=f"{article.id}-{edition}", title=other.title, text=turned)
        edition += 1


if __name__ == "__main__":
    main()
