"""Vectors from a Chroma server: filled by whoever needs it, and never the borrower's fault."""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import numpy as np
import pytest

from bot.answering.retrieval.embedding import open_embedder
from bot.answering.retrieval.retriever import Retriever
from bot.answering.retrieval.vector_server import API, DEADLINE_SECONDS, PREFIX, VectorServer
from bot.answering.retrieval.vector_table import VectorTable
from bot.knowledge.index import VECTOR_STORE
from ingest.index import write_index
from ingest.versions import current_folder
from tests.answering.retrieval.builders import CountingEmbedder, found, passage
from tests.stands.chroma import ChromaServer

PASSAGES = [
    passage("visit", "催收员没有权力进你家"),
    passage("prison", "欠钱不还一般不会坐牢"),
    passage("phone", "一天打三十个电话怎么办"),
    passage("court", "收到法院传票怎么办"),
]
QUESTION = "他们天天打电话来"
VECTORS = np.random.default_rng(7).normal(size=(40, 16)).astype(np.float32)
VECTORS /= np.linalg.norm(VECTORS, axis=1, keepdims=True)
TABLE = VectorTable.build(VECTORS)
ASKED = VECTORS[3]


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    server = ChromaServer(tmp_path_factory.mktemp("chroma"))
    server.start()
    yield server
    server.kill()


@pytest.fixture(autouse=True)
def _short_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.answering.retrieval.vector_server.AGAIN_SECONDS", 0.1)


@pytest.fixture
def server(chroma: ChromaServer) -> Iterator[VectorServer]:
    opened = VectorServer(chroma.url, TABLE)
    yield opened
    opened.close()


def nearest(server: VectorServer) -> list[int]:
    """What the server says once it is filled."""
    rows: list[object] = []
    until(lambda: rows.append(server.nearest(ASKED, 3)) or rows[-1] is not None)
    return [int(row) for row in rows[-1]]  # type: ignore[attr-defined]


def until(holds: Callable[[], object]) -> None:
    """Wait for something on a busy machine."""
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def collections(chroma: ChromaServer) -> list[str]:
    listed = httpx.get(f"{chroma.url}{API}/collections").json()
    return [each["name"] for each in listed if each["name"].startswith(PREFIX)]


def exactly() -> list[int]:
    return np.argsort(-TABLE.likeness(ASKED))[:3].tolist()


def test_an_empty_server_is_filled_and_then_answers(server: VectorServer) -> None:
    assert not server.working
    assert nearest(server) == exactly()
    assert server.working


def test_replicas_share_one_collection(chroma: ChromaServer, server: VectorServer) -> None:
    other = VectorServer(chroma.url, TABLE)
    assert nearest(server) == nearest(other)
    assert len(collections(chroma)) == 1
    other.close()


def test_a_collection_that_somebody_dropped_is_made_again(
    chroma: ChromaServer, server: VectorServer
) -> None:
    nearest(server)
    (name,) = collections(chroma)
    httpx.delete(f"{chroma.url}{API}/collections/{name}").raise_for_status()
    assert nearest(server) == exactly()


def test_a_half_filled_collection_is_not_asked(chroma: ChromaServer, server: VectorServer) -> None:
    nearest(server)
    (name,) = collections(chroma)
    place = httpx.get(f"{chroma.url}{API}/collections/{name}").json()["id"]
    lost = {"ids": [str(exactly()[0])]}
    httpx.post(f"{chroma.url}{API}/collections/{place}/delete", json=lost).raise_for_status()
    anew = VectorServer(chroma.url, TABLE)
    assert anew.nearest(ASKED, 3) is None
    assert nearest(anew) == exactly()
    anew.close()


def test_a_killed_server_is_asked_again_when_it_is_back(
    chroma: ChromaServer, server: VectorServer
) -> None:
    nearest(server)
    chroma.kill()
    assert server.nearest(ASKED, 3) is None
    assert not server.working
    chroma.start()
    assert nearest(server) == exactly()


def test_a_hung_server_holds_nobody_up(chroma: ChromaServer, server: VectorServer) -> None:
    nearest(server)
    chroma.hang()
    try:
        began = time.monotonic()
        assert server.nearest(ASKED, 3) is None
        assert time.monotonic() - began < DEADLINE_SECONDS + 2
    finally:
        chroma.kill()
        chroma.start()
    assert nearest(server) == exactly()


@pytest.mark.parametrize("few", [True, False])
def test_without_its_server_a_version_finds_by_itself(
    tmp_path: Path, chroma: ChromaServer, few: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not few:
        monkeypatch.setattr("ingest.embed.KEPT_READY", 1)
    embedder = open_embedder()
    write_index(PASSAGES, tmp_path, embedder=embedder)
    away, served = Retriever.open(tmp_path, embedder), Retriever.open(tmp_path, embedder)
    away.ask_server("http://127.0.0.1:1")
    served.ask_server(chroma.url)
    assert found(away, QUESTION)[0] == "phone"
    assert away.server_working is False
    until(lambda: found(served, QUESTION) and served.server_working)
    assert found(served, QUESTION)[0] == "phone"
    away.close()
    served.close()


def test_a_store_in_this_process_is_asked_again_after_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.answering.retrieval.dense.AGAIN_SECONDS", 0.0)
    write_index(PASSAGES, tmp_path, embedder=CountingEmbedder())
    folder = current_folder(tmp_path) / VECTOR_STORE
    kept = folder.rename(folder.with_name("elsewhere"))
    retriever = Retriever.open(tmp_path, CountingEmbedder())
    assert found(retriever, QUESTION)[0] == "phone"
    assert not retriever.vectors_working
    shutil.rmtree(folder)
    kept.rename(folder)
    assert found(retriever, QUESTION)[0] == "phone"
    assert retriever.vectors_working
    retriever.close()
