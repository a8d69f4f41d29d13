"""Nearest passages: exactly where they are few, by Chroma where they are many or the model another."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from bot.answering.retrieval.embedding import open_embedder
from bot.answering.retrieval.retriever import Retriever
from bot.answering.retrieval.vector_table import VectorTable
from bot.answering.retrieval.version import IndexVersion
from bot.knowledge.index import VECTOR_STORE
from ingest.index import write_index
from ingest.versions import current_folder
from tests.answering.retrieval.builders import CountingEmbedder, found, passage

PASSAGES = [
    passage("visit", "催收员没有权力进你家"),
    passage("prison", "欠钱不还一般不会坐牢"),
    passage("phone", "一天打三十个电话怎么办"),
    passage("court", "收到法院传票怎么办"),
]
QUESTION = "他们天天打电话来"


def test_few_passages_are_found_without_opening_chroma(tmp_path: Path) -> None:
    embedder = open_embedder()
    assert write_index(PASSAGES, tmp_path, embedder=embedder).exact
    shutil.rmtree(current_folder(tmp_path) / VECTOR_STORE)
    retriever = Retriever.open(tmp_path, embedder)
    assert found(retriever, QUESTION)[0] == "phone"
    assert retriever.vectors_working
    retriever.close()


def test_chroma_and_exact_products_find_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedder = open_embedder()
    write_index(PASSAGES, tmp_path / "few", embedder=embedder)
    monkeypatch.setattr("ingest.embed.KEPT_READY", 1)
    assert not write_index(PASSAGES, tmp_path / "many", embedder=embedder).exact
    few, many = (IndexVersion.open(tmp_path / name, embedder.model_id) for name in ("few", "many"))
    vector, kept = embedder.encode_query(QUESTION), np.array([True, True, True, False])
    everything = np.ones(4, np.bool_)
    assert (
        few.nearest(vector, everything, 3).tolist() == many.nearest(vector, everything, 3).tolist()
    )
    assert 3 not in few.nearest(vector, kept, 4)
    few.close()
    many.close()


def test_another_model_is_served_by_chroma(tmp_path: Path) -> None:
    assert not write_index(PASSAGES, tmp_path, embedder=CountingEmbedder()).exact


def test_chroma_is_asked_where_it_does_not_hold_what_the_table_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = VectorTable.build(np.ones((4, 256), np.float32))
    monkeypatch.setattr("ingest.embed.read_back", lambda _folder, _slots: (4, other.digest()))
    assert not write_index(PASSAGES, tmp_path, embedder=open_embedder()).exact


def test_what_a_filter_leaves_of_many_is_not_lost_among_the_others(tmp_path: Path) -> None:
    embedder = CountingEmbedder()
    crowd = [passage(f"visit-{number}", "催收员没有权力进你家") for number in range(20)]
    write_index([*crowd, passage("phone", "一天打三十个电话")], tmp_path, embedder=embedder)
    version = IndexVersion.open(tmp_path, embedder.model_id)
    kept = np.arange(21) == 20
    assert version.nearest(embedder.encode_query("催收员没有权力进你家"), kept, 3).tolist() == [20]
    half = np.arange(21) % 2 == 0
    found_rows = version.nearest(embedder.encode_query("一天打三十个电话"), half, 1)
    assert 20 in found_rows
    assert version.nearest(np.zeros(16, np.float32), half, 3).tolist() == []
    version.close()
