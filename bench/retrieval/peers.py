"""Other libraries on the same questions: python -m bench.retrieval.peers --stard DIR [--only NAME].

Each peer gets the same text (law, headings, article) and indexes and answers in a process of its
own on one core. Peers with a dense side get the shipped static model, as no other can be assumed.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np

from bench.retrieval.figures import figures
from bench.retrieval.speed import resident
from bench.retrieval.stard_data import read_articles, read_questions
from bot.answering.retrieval.rows import searched_text

Search = Callable[[str], list[int]]
PLACES = 100
SAMPLE = 150  # of the questions, for peers that take a second for each
SLOW = {"langchain-ensemble", "langchain-bm25", "haystack-bm25"}


def main() -> None:
    """One row a peer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stard", type=Path, required=True)
    parser.add_argument("--only")
    asked = parser.parse_args()
    if asked.only:
        print(measure(asked.only, asked.stard), flush=True)
        return
    print("| peer | questions | index s | p50 ms | p95 ms | MiB | R@10 | R@100 | nDCG@10 |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |", flush=True)
    for name in PEERS:
        command = [sys.executable, "-m", "bench.retrieval.peers", "--only", name]
        subprocess.run([*command, "--stard", str(asked.stard)], check=False)


def measure(name: str, stard: Path) -> str:
    """Build one peer and ask it."""
    articles, questions = read_articles(stard), read_questions(stard)
    if name in SLOW:
        questions = questions[:: len(questions) // SAMPLE]
    texts = [searched_text(article) for article in articles]
    begun = time.perf_counter()
    search = PEERS[name](texts)
    built = time.perf_counter() - begun
    row_of = {article.id: row for row, article in enumerate(articles)}
    times, ranked = [], []
    for question in questions:
        begun = time.perf_counter()
        found = search(question.text)
        times.append((time.perf_counter() - begun) * 1000)
        right = np.isin(found, [row_of[name] for name in question.relevant])
        ranked.append((right, len(question.relevant)))
    got = figures(ranked)
    p50, p95 = np.percentile(times, [50, 95])
    quality = f"{got.recall_10:.3f} | {got.recall_100:.3f} | {got.ndcg_10:.3f}"
    costs = f"{built:.0f} | {p50:.1f} | {p95:.1f} | {resident():.0f}"
    return f"| {name} | {len(questions)} | {costs} | {quality} |"


def bm25s_jieba(texts: list[str]) -> Search:
    """bm25s over jieba's words."""
    import jieba

    jieba.setLogLevel("ERROR")
    return _bm25s(texts, lambda text: [word for word in jieba.cut(text) if word.strip()])


def bm25s_characters(texts: list[str]) -> Search:
    """bm25s over characters and pairs of characters."""
    return _bm25s(texts, characters)


def _bm25s(texts: list[str], split: Callable[[str], list[str]]) -> Search:
    import bm25s

    index = bm25s.BM25()
    index.index([split(text) for text in texts], show_progress=False)

    def search(query: str) -> list[int]:
        rows, _ = index.retrieve([split(query)], k=PLACES, show_progress=False)
        return [int(row) for row in rows[0]]

    return search


def langchain_ensemble(texts: list[str]) -> Search:
    """LangChain's EnsembleRetriever: rank_bm25 over jieba's words and Chroma, half and half."""
    import jieba
    from langchain_chroma import Chroma
    from langchain_classic.retrievers import EnsembleRetriever
    from langchain_community.retrievers import BM25Retriever
    from langchain_core.documents import Document
    from langchain_core.embeddings import Embeddings

    from bot.answering.retrieval.embedding import open_embedder

    class Static(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return open_embedder().encode(texts).tolist()

        def embed_query(self, text: str) -> list[float]:
            return open_embedder().encode_query(text).tolist()

    jieba.setLogLevel("ERROR")
    documents = [Document(text, metadata={"row": row}) for row, text in enumerate(texts)]
    words = BM25Retriever.from_documents(documents, preprocess_func=jieba.lcut, k=PLACES)
    store = Chroma(embedding_function=Static())
    for first in range(0, len(documents), 5000):
        store.add_documents(documents[first : first + 5000])
    dense = store.as_retriever(search_kwargs={"k": PLACES})
    both = EnsembleRetriever(retrievers=[words, dense], weights=[0.5, 0.5])
    return lambda query: [found.metadata["row"] for found in both.invoke(query)][:PLACES]


def characters(text: str) -> list[str]:
    """Characters and pairs of characters."""
    kept = [character for character in text if character.isalnum()]
    return kept + [one + other for one, other in pairwise(kept)]


PEERS: dict[str, Callable[[list[str]], Search]] = {
    "bm25s-jieba": bm25s_jieba,
    "bm25s-characters": bm25s_characters,
    "langchain-ensemble": langchain_ensemble,
}

if __name__ == "__main__":
    main()
