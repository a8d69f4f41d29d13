"""Small corpora and a small embedder for the tests of retrieval."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.answering.retrieval.retriever import Retriever
from bot.knowledge.passage import Passage
from ingest.index import write_index

DIMENSIONS = 16


class CountingEmbedder:
    """Hashes characters into a few dimensions and counts the texts it was asked for."""

    def __init__(self, model_id: str = "counting") -> None:
        self.model_id = model_id
        self.encoded = 0

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        self.encoded += len(texts)
        return np.array([self._vector(text) for text in texts], np.float32).reshape(-1, DIMENSIONS)

    def encode_query(self, text: str) -> npt.NDArray[np.float32]:
        return self._vector(text)

    def _vector(self, text: str) -> npt.NDArray[np.float32]:
        made = np.zeros(DIMENSIONS, np.float32)
        for character in text:
            digest = hashlib.blake2b(character.encode("utf-8", "replace"), digest_size=2).digest()
            made[digest[0] % DIMENSIONS] += 1 if digest[1] % 2 else -1
        length = float(np.linalg.norm(made))
        return made / length if length else made


def passage(name: str, text: str = "", **fields: Any) -> Passage:
    return Passage(id=name, title=fields.pop("title", ""), text=text, **fields)


def retriever_over(folder: Path, *passages: Passage) -> Retriever:
    embedder = CountingEmbedder()
    write_index(passages, folder, embedder=embedder)
    return Retriever.open(folder, embedder)


def found(retriever: Retriever, query: str, **asked: Any) -> list[str]:
    return [hit.passage.id for hit in retriever.search(query, **asked)]
