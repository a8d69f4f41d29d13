"""Models that an operator names: any of langchain's, a folder, an endpoint; and their faults."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from fastapi import FastAPI, HTTPException, Request

from bot.answering.retrieval.embedding import Embedder, EmbedderUnavailable, open_embedder
from bot.answering.retrieval.named_embedding import BGE_INSTRUCTION, LangchainEmbedder
from bot.answering.retrieval.retriever import Retriever
from ingest.index import write_index
from tests.answering.retrieval.builders import found, passage
from tests.stands.web_server import serving

WORDS = ("上门", "坐牢", "电话", "传票")
PASSAGES = [passage(word, f"{word}怎么办", questions=(f"遇到{word}",)) for word in WORDS]


class ListEmbeddings:
    """langchain's interface: lists, of any length."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[3.0, 4.0] for _ in texts]

    def embed_query(self, text: str) -> list[float]:
        return [0.0, 2.0]


class Endpoint:
    """An OpenAI-compatible embeddings server: one dimension a word, and a key it insists on."""

    def __init__(self) -> None:
        self.web = FastAPI()
        self.web.post("/v1/embeddings")(self.embeddings)
        self.asked: list[dict[str, object]] = []
        self.broken = False

    async def embeddings(self, request: Request) -> dict[str, object]:
        asked = await request.json()
        self.asked.append(asked)
        if self.broken or request.headers["authorization"] != "Bearer sesame":
            raise HTTPException(503 if self.broken else 401)
        texts = [asked["input"]] if isinstance(asked["input"], str) else asked["input"]
        made = [[float(word in text) for word in WORDS] + [0.1] for text in texts]
        data = [{"object": "embedding", "index": n, "embedding": v} for n, v in enumerate(made)]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        return {"object": "list", "data": data, "model": asked["model"], "usage": usage}


@pytest.fixture
def endpoint() -> Endpoint:
    return Endpoint()


@contextmanager
def opened(endpoint: Endpoint, key: str = "sesame") -> Iterator[Embedder]:
    with serving(endpoint.web) as root:
        yield open_embedder("openai:bge-small", f"{root}/v1", key)


def test_any_of_langchains_embeddings_serves() -> None:
    embedder = LangchainEmbedder(ListEmbeddings(), "theirs")
    assert np.allclose(embedder.encode(["a", "b"]), [[0.6, 0.8]] * 2)
    assert np.allclose(embedder.encode_query("a"), [0, 1])


def save_bag_of_words(folder: Path, *words: str) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import BoW

    model = SentenceTransformer(modules=[BoW(vocab=list(words))], device="cpu")
    model.save(str(folder), create_model_card=False)


def test_any_sentence_transformers_model_serves_by_its_folder(tmp_path: Path) -> None:
    """A model of another shape goes through sentence-transformers itself."""
    save_bag_of_words(tmp_path / "bag", "overdue", "visit", "prison")
    embedder = open_embedder(tmp_path / "bag")
    assert isinstance(embedder, LangchainEmbedder)
    assert np.allclose(embedder.encode(["visit prison"]), [[0, 0.5**0.5, 0.5**0.5]])
    assert np.allclose(embedder.encode_query("overdue"), [1, 0, 0])


def test_a_bge_model_is_asked_with_its_instruction(tmp_path: Path) -> None:
    save_bag_of_words(tmp_path / "bge-small-zh-v1.5", "visit", f"{BGE_INSTRUCTION}visit")
    embedder = open_embedder(tmp_path / "bge-small-zh-v1.5")
    assert np.allclose(embedder.encode(["visit"]), [[1, 0]])
    assert np.allclose(embedder.encode_query("visit"), [0, 1])


def test_an_endpoint_is_indexed_and_asked(tmp_path: Path, endpoint: Endpoint) -> None:
    with opened(endpoint) as embedder:
        assert not write_index(PASSAGES, tmp_path, embedder=embedder).exact
        retriever = Retriever.open(tmp_path, embedder)
        assert found(retriever, "收到传票")[0] == "传票"
        assert retriever.vectors_working
        retriever.close()
    assert {asked["model"] for asked in endpoint.asked} == {"bge-small"}


def test_a_question_is_answered_while_the_endpoint_is_away(
    tmp_path: Path, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(endpoint) as embedder:
        write_index(PASSAGES, tmp_path, embedder=embedder)
        retriever = Retriever.open(tmp_path, embedder)
        endpoint.broken, before = True, len(endpoint.asked)
        assert found(retriever, "收到传票")[0] == "传票"
        assert found(retriever, "他们打电话")[0] == "电话"
        assert not retriever.vectors_working
        assert len(endpoint.asked) == before + 1  # no second wait so soon
        endpoint.broken = False
        monkeypatch.setattr(embedder, "_away_until", 0.0)
        assert found(retriever, "收到传票")[0] == "传票"
        assert retriever.vectors_working
        retriever.close()


def test_an_index_cannot_be_made_without_the_endpoint(tmp_path: Path, endpoint: Endpoint) -> None:
    with (
        opened(endpoint, key="wrong") as embedder,
        pytest.raises(EmbedderUnavailable, match="openai:bge-small gives no vectors"),
    ):
        write_index(PASSAGES, tmp_path, embedder=embedder)
