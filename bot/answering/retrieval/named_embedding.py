"""Models that an operator names, through langchain: sentence-transformers and endpoints."""

import os
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from bot.answering.retrieval.embedding import EmbedderUnavailable

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

Vectors = npt.NDArray[np.float32]

ENDPOINT_PREFIX = "openai:"
BGE_INSTRUCTION = "为这个句子生成表示以用于检索相关文章："
NO_KEY = "none"  # a server of one's own asks for none, its client insists on one
DOCUMENTS_SECONDS, QUERY_SECONDS = 60.0, 4.0
AGAIN_SECONDS = 30.0


class LangchainEmbedder:
    """Any of langchain's embeddings; after a fault questions are not kept waiting for a while."""

    def __init__(
        self, embeddings: "Embeddings", model_id: str, *, of_queries: "Embeddings | None" = None
    ) -> None:
        self.embeddings = embeddings
        self.model_id = model_id
        self._of_queries = of_queries or embeddings
        self._away_until = 0.0

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages at length one."""
        return self._vectors(lambda: self.embeddings.embed_documents(list(texts)))

    def encode_query(self, text: str) -> Vectors:
        """The vector of a question, with the instruction where the model wants one."""
        if time.monotonic() < self._away_until:
            raise EmbedderUnavailable(f"{self.model_id} gave no vector a moment ago")
        try:
            return np.asarray(self._vectors(lambda: [self._of_queries.embed_query(text)])[0])
        except EmbedderUnavailable:
            self._away_until = time.monotonic() + AGAIN_SECONDS
            raise

    def _vectors(self, made: Callable[[], Sequence[Sequence[float]]]) -> Vectors:
        try:
            return _at_length_one(made())
        except Exception as fault:  # whatever a server or a library of others comes up with
            told = f"the embedding model {self.model_id} gives no vectors"
            raise EmbedderUnavailable(f"{told} ({type(fault).__name__})") from fault


def endpoint(name: str, base_url: str | None, key: str | None) -> LangchainEmbedder:
    """A model behind an OpenAI-compatible endpoint."""
    from langchain_openai import OpenAIEmbeddings
    from pydantic import SecretStr

    def opened(seconds: float, retries: int) -> OpenAIEmbeddings:
        return OpenAIEmbeddings(
            model=name.removeprefix(ENDPOINT_PREFIX),
            base_url=base_url,
            api_key=SecretStr(key or NO_KEY),
            timeout=seconds,
            max_retries=retries,
            check_embedding_ctx_length=False,  # such servers take text, not OpenAI's token numbers
        )

    passages, queries = opened(DOCUMENTS_SECONDS, 3), opened(QUERY_SECONDS, 0)
    return LangchainEmbedder(passages, name, of_queries=queries)


def sentence_transformer(name: str) -> LangchainEmbedder:
    """A model of a folder or a hub."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from langchain_huggingface import HuggingFaceEmbeddings

    asks = {"prompt": BGE_INSTRUCTION} if "bge" in name.lower() and "zh" in name.lower() else {}
    try:
        embeddings = HuggingFaceEmbeddings(
            model_name=name, query_encode_kwargs=asks, model_kwargs={"device": "cpu"}
        )
    except (OSError, ValueError) as fault:
        raise EmbedderUnavailable(f"cannot open the embedding model {name}: {fault}") from fault
    return LangchainEmbedder(embeddings, name)


def _at_length_one(vectors: Sequence[Sequence[float]]) -> Vectors:
    made = np.asarray(vectors, dtype=np.float32)
    lengths = np.linalg.norm(made, axis=-1, keepdims=True)
    return np.asarray(made / np.maximum(lengths, 1e-12), dtype=np.float32)
