"""Other libraries on the same questions: python -m bench.retrieval.peers --stard DIR [--only NAME].

Each gets the same text (law, headings, article) and indexes and answers in a process of its own on
one core. All that have a dense side get one static model, trained without any question; pretrained
ones cannot be assumed here, and with one a peer would rank better. Install the peers with
``pip install langchain-classic langchain-community rank-bm25 haystack-ai txtai
llama-index-retrievers-bm25``.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from tempfile import gettempdir, mkdtemp

import numpy as np

from bench.retrieval.figures import figures
from bench.retrieval.speed import resident
from bench.retrieval.stard_data import read_articles, read_questions
from bot.answering.retrieval.embedding import open_embedder
from bot.answering.retrieval.retriever import Retriever
from bot.answering.retrieval.rows import searched_text
from bot.knowledge.passage import Passage
from ingest.index import write_index

MODEL = Path(gettempdir()) / "borrower-aid-peers" / "static"
Search = Callable[[str], list[int]]
OURS = "ours"
PLACES = 100
NOT_SPACE = r"(?u)\S+"  # the words are cut already
SAMPLE = 150  # of the questions, for peers that take a second for each
SLOW = {"langchain-ensemble", "haystack-bm25"}


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
    if not MODEL.is_dir():
        from bench.retrieval.train_static import build_model  # torch must not count for the peers

        build_model(read_articles(asked.stard), [], [], MODEL)
    for name in (OURS, *PEERS):
        command = [sys.executable, "-m", "bench.retrieval.peers", "--only", name]
        subprocess.run([*command, "--stard", str(asked.stard)], check=False)


def measure(name: str, stard: Path) -> str:
    """Build one peer and ask it."""
    articles, questions = read_articles(stard), read_questions(stard)
    if name in SLOW:
        questions = questions[:: len(questions) // SAMPLE]
    texts = [searched_text(article) for article in articles]
    begun = time.perf_counter()
    search = ours(articles) if name == OURS else PEERS[name](texts)
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


def ours(passages: list[Passage]) -> Search:
    """The product's own retriever, without known questions.

    The shipped weights were learnt with these questions among others: the cross-validated table
    says what that is worth.
    """
    folder = Path(mkdtemp())
    embedder = open_embedder(MODEL)
    write_index(passages, folder, embedder=embedder)
    retriever = Retriever.open(folder, embedder)
    return lambda query: [row for row, _ in retriever.rank(query, limit=PLACES)]


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

    embedder = open_embedder(MODEL)

    class Static(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return embedder.encode(texts).tolist()

        def embed_query(self, text: str) -> list[float]:
            return embedder.encode_query(text).tolist()

    jieba.setLogLevel("ERROR")
    documents = [Document(text, metadata={"row": row}) for row, text in enumerate(texts)]
    words = BM25Retriever.from_documents(documents, preprocess_func=jieba.lcut, k=PLACES)
    store = Chroma(embedding_function=Static())
    for first in range(0, len(documents), 5000):
        store.add_documents(documents[first : first + 5000])
    dense = store.as_retriever(search_kwargs={"k": PLACES})
    both = EnsembleRetriever(retrievers=[words, dense], weights=[0.5, 0.5])
    return lambda query: [found.metadata["row"] for found in both.invoke(query)][:PLACES]


def llamaindex_bm25(texts: list[str]) -> Search:
    """LlamaIndex's BM25Retriever over jieba's words."""
    import jieba
    from llama_index.core.schema import TextNode
    from llama_index.retrievers.bm25 import BM25Retriever

    jieba.setLogLevel("ERROR")
    nodes = [
        TextNode(text=" ".join(jieba.lcut(text)), id_=str(row)) for row, text in enumerate(texts)
    ]
    retriever = BM25Retriever.from_defaults(
        nodes=nodes, similarity_top_k=PLACES, skip_stemming=True, token_pattern=NOT_SPACE
    )
    return lambda query: [
        int(found.node.node_id) for found in retriever.retrieve(" ".join(jieba.lcut(query)))
    ]


def haystack_bm25(texts: list[str]) -> Search:
    """Haystack's in-memory BM25 over jieba's words."""
    import jieba
    from haystack import Document
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    jieba.setLogLevel("ERROR")
    store = InMemoryDocumentStore(bm25_tokenization_regex=NOT_SPACE)
    store.write_documents(
        [
            Document(id=str(row), content=" ".join(jieba.lcut(text)))
            for row, text in enumerate(texts)
        ]
    )
    retriever = InMemoryBM25Retriever(store, top_k=PLACES)
    return lambda query: [
        int(found.id) for found in retriever.run(query=" ".join(jieba.lcut(query)))["documents"]
    ]


def txtai_hybrid(texts: list[str]) -> Search:
    """txtai's hybrid of its BM25 over jieba's words and the static vectors, half and half."""
    import jieba
    from txtai import Embeddings

    jieba.setLogLevel("ERROR")
    embedder = open_embedder(MODEL)
    index = Embeddings(
        method="external",
        transform=lambda split: embedder.encode([text.replace(" ", "") for text in split]),
        hybrid=True,
        backend="numpy",
    )
    index.index((row, " ".join(jieba.lcut(text)), None) for row, text in enumerate(texts))
    return lambda query: [int(row) for row, _ in index.search(" ".join(jieba.lcut(query)), PLACES)]


def characters(text: str) -> list[str]:
    """Characters and pairs of characters."""
    kept = [character for character in text if character.isalnum()]
    return kept + [one + other for one, other in pairwise(kept)]


PEERS: dict[str, Callable[[list[str]], Search]] = {
    "bm25s-jieba": bm25s_jieba,
    "bm25s-characters": bm25s_characters,
    "langchain-ensemble": langchain_ensemble,
    "llamaindex-bm25": llamaindex_bm25,
    "haystack-bm25": haystack_bm25,
    "txtai-hybrid": txtai_hybrid,
}

if __name__ == "__main__":
    main()
