"""Texts as vectors: the shipped static model without torch, or any model an operator names."""

import json
import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from bot.errors import BorrowerAidError

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings
    from tokenizers import Tokenizer

Vectors = npt.NDArray[np.float32]

SHIPPED_MODEL = Path(__file__).resolve().parents[3] / "models" / "static-zh"
ENDPOINT_PREFIX = "openai:"
BGE_INSTRUCTION = "为这个句子生成表示以用于检索相关文章："
NUMBER_TYPES = {"I8": np.int8, "F16": np.float16, "F32": np.float32}
BATCH = 1024


class EmbedderUnavailable(BorrowerAidError):
    """The embedding model could not be opened."""


class Embedder(Protocol):
    """What turns texts into vectors of length one."""

    @property
    def model_id(self) -> str:
        """A name that changes whenever the vectors do."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, one row a text."""
        ...

    def encode_query(self, text: str) -> Vectors:
        """The vector of a question."""
        ...


def is_shipped(model_id: str) -> bool:
    """Whether vectors are those of the model that comes with the product."""
    return model_id.startswith(f"{SHIPPED_MODEL.name}@")


def open_embedder(name_or_path: str | Path = SHIPPED_MODEL) -> Embedder:
    """The model of a folder, of an endpoint (``openai:NAME``) or of a hub name."""
    name = str(name_or_path)
    if name.startswith(ENDPOINT_PREFIX):
        return _endpoint(name)
    folder = Path(name)
    if (folder / "model.safetensors").is_file() and _is_static(folder):
        return StaticEmbedder.open(folder)
    if not folder.is_dir() and (folder.is_absolute() or name.startswith(".")):
        raise EmbedderUnavailable(
            f"no embedding model in {folder}; set BORROWER_AID_EMBEDDING_MODEL"
        )
    return _sentence_transformer(name)


class StaticEmbedder:
    """A sentence-transformers StaticEmbedding read with tokenizers and numpy."""

    def __init__(
        self, tokenizer: "Tokenizer", table: npt.NDArray[np.generic], scales: Vectors, model_id: str
    ) -> None:
        self._tokenizer = tokenizer
        self._table = table
        self._scales = scales
        self.model_id = model_id

    @classmethod
    def open(cls, folder: Path) -> "StaticEmbedder":
        """The model of a folder in sentence-transformers' layout."""
        from tokenizers import Tokenizer

        try:
            arrays = read_safetensors(folder / "model.safetensors")
            tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as fault:
            raise EmbedderUnavailable(f"cannot read the embedding model in {folder}") from fault
        table = arrays["embeddings"] if "embeddings" in arrays else arrays["embedding.weight"]
        scales = arrays.get("weights", np.ones(len(table))).astype(np.float32)
        return cls(tokenizer, table, scales, f"{folder.name}@{_fingerprint(folder)}")

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The mean of the vectors of each text's tokens, at length one; nought for no tokens."""
        made = np.zeros((len(texts), self._table.shape[1]), dtype=np.float32)
        for first in range(0, len(texts), BATCH):
            batch = list(texts[first : first + BATCH])
            encodings = self._tokenizer.encode_batch_fast(batch, add_special_tokens=False)
            for place, encoding in enumerate(encodings, first):
                made[place] = self._mean(encoding.ids)
        lengths = np.linalg.norm(made, axis=1, keepdims=True)
        return np.asarray(made / np.maximum(lengths, 1e-12), dtype=np.float32)

    def encode_query(self, text: str) -> Vectors:
        """The same as for a passage: the model was trained with one table for both."""
        return np.asarray(self.encode([text])[0])

    def _mean(self, ids: list[int]) -> Vectors:
        if not ids:
            return np.zeros(self._table.shape[1], dtype=np.float32)
        return np.asarray(self._scales[ids] @ self._table[ids].astype(np.float32) / len(ids))


class LangchainEmbedder:
    """Any of langchain's embeddings: sentence-transformers models and endpoints."""

    def __init__(self, embeddings: "Embeddings", model_id: str) -> None:
        self.embeddings = embeddings
        self.model_id = model_id

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages at length one."""
        return _at_length_one(self.embeddings.embed_documents(list(texts)))

    def encode_query(self, text: str) -> Vectors:
        """The vector of a question, with the instruction where the model wants one."""
        return np.asarray(_at_length_one([self.embeddings.embed_query(text)])[0])


def read_safetensors(path: Path) -> dict[str, npt.NDArray[np.generic]]:
    """The arrays of a safetensors file, mapped from disk: a header in JSON, then the numbers."""
    with path.open("rb") as file:
        size = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(size))
    header.pop("__metadata__", None)
    return {
        name: np.memmap(
            path,
            NUMBER_TYPES[part["dtype"]],
            "r",
            offset=8 + size + part["data_offsets"][0],
            shape=tuple(part["shape"]),
        )
        for name, part in header.items()
    }


def _is_static(folder: Path) -> bool:
    modules = json.loads((folder / "modules.json").read_text("utf-8"))
    return bool(modules) and modules[0]["type"].endswith("StaticEmbedding")


@lru_cache(maxsize=8)
def _fingerprint(folder: Path) -> str:
    from bot.knowledge.index import checksum

    return checksum(folder / "model.safetensors")[:12]


def _endpoint(name: str) -> Embedder:
    from langchain_openai import OpenAIEmbeddings

    model = name.removeprefix(ENDPOINT_PREFIX)
    # Servers that only speak the same protocol take text, not OpenAI's token numbers.
    return LangchainEmbedder(OpenAIEmbeddings(model=model, check_embedding_ctx_length=False), name)


def _sentence_transformer(name: str) -> Embedder:
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
