"""Texts as vectors: the shipped static model without torch, or any model an operator names."""

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from bot.errors import BorrowerAidError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Vectors = npt.NDArray[np.float32]

SHIPPED_MODEL = Path(__file__).resolve().parents[3] / "models" / "static-zh"
NUMBER_TYPES = {"I8": np.int8, "F16": np.float16, "F32": np.float32}
BATCH = 1024


class EmbedderUnavailable(BorrowerAidError):
    """The embedding model cannot be opened, or gives no vectors."""


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


def open_embedder(
    name_or_path: str | Path = SHIPPED_MODEL, base_url: str | None = None, key: str | None = None
) -> Embedder:
    """The model of a folder, of an endpoint (``openai:NAME``) or of a hub name."""
    from bot.answering.retrieval import named_embedding  # which only few need

    name = str(name_or_path)
    if name.startswith(named_embedding.ENDPOINT_PREFIX):
        return named_embedding.endpoint(name, base_url, key)
    folder = Path(name)
    if (folder / "model.safetensors").is_file() and _is_static(folder):
        return StaticEmbedder.open(folder)
    if not folder.is_dir() and (folder.is_absolute() or name.startswith(".")):
        raise EmbedderUnavailable(
            f"no embedding model in {folder}; set BORROWER_AID_EMBEDDING_MODEL"
        )
    return named_embedding.sentence_transformer(name)


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
