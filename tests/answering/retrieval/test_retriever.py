import shutil
import threading
from datetime import date
from pathlib import Path

import pytest

from bot.answering.retrieval.embedding import open_embedder
from bot.answering.retrieval.filter import Filter
from bot.answering.retrieval.retriever import Retriever
from bot.errors import IndexUnavailable
from bot.knowledge.index import MANIFEST, POINTER, VECTOR_STORE
from bot.knowledge.vocabulary import Audience, LenderType
from ingest.index import write_index
from ingest.versions import current_folder
from tests.answering.retrieval.builders import (
    CountingEmbedder,
    found,
    passage,
    retriever_over,
)

VISIT = passage(
    "visit",
    "你可以不开门",
    title="催收员能不能进我家",
    questions=("催收的能进我家门吗", "can they enter my home"),
)
PRISON = passage(
    "prison", "一般不会坐牢", title="会不会坐牢", questions=("逾期会坐牢吗",), cites=("visit",)
)
REPEALED = passage("repealed", "逾期会坐牢吗", questions=("逾期会坐牢",), ended=date(2020, 1, 1))
LENDERS = passage("lenders", "逾期会坐牢吗这样吓他", audience=Audience.LENDER)


@pytest.fixture
def retriever(tmp_path: Path):
    shipped = open_embedder()
    write_index([VISIT, PRISON, REPEALED, LENDERS], tmp_path / "index", embedder=shipped)
    opened = Retriever.open(tmp_path / "index", shipped)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("催收会不会进我家", "visit"),
        ("崔收能进我家门吗", "visit"),
        ("催收能進我家門嗎", "visit"),
        ("Can a collector enter my home?", "visit"),
        ("预期会坐牢吗", "prison"),
        ("逾期\u200b会坐牢吗", "prison"),
    ],
)
def test_finds_what_is_meant(retriever: Retriever, query: str, name: str) -> None:
    assert found(retriever, query)[0] == name


def test_scores_are_chances_the_best_first(retriever: Retriever) -> None:
    scores = [hit.score for hit in retriever.search("逾期会坐牢吗")]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert scores[0] > retriever.search("今天天气真好")[0].score


def test_what_may_not_be_shown_is_not_even_weighed(retriever: Retriever) -> None:
    assert "repealed" not in found(retriever, "逾期会坐牢")
    assert "lenders" not in found(retriever, "逾期会坐牢吗这样吓他")
    assert "repealed" in found(retriever, "逾期会坐牢", keep=Filter(on=date(2019, 1, 1)))


def test_a_filter_that_keeps_nothing_finds_nothing(retriever: Retriever) -> None:
    nobody = Filter(audiences=frozenset({Audience.PROFESSIONAL}), lender=LenderType.BANK)
    assert retriever.search("逾期会坐牢", keep=nobody) == []


def test_every_hit_says_why(retriever: Retriever) -> None:
    best = retriever.search("催收能进我家门吗")[0].reasons
    assert best.known_question == "催收的能进我家门吗"
    assert best.known_likeness > 0.5
    assert "催收" in dict(best.words)
    assert best.prior > 0  # another entry refers to it
    assert "催收的能进我家门吗" in best.sentence()


@pytest.mark.parametrize("query", ["", "   ", "🙂", "\ud800", "？" * 50, "催" * 100_000, "a b"])
def test_odd_queries_are_answered_like_others(retriever: Retriever, query: str) -> None:
    for hit in retriever.search(query):
        assert 0 <= hit.score <= 1


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    empty = retriever_over(tmp_path)
    assert empty.search("逾期") == []
    assert empty.vectors_working
    empty.close()


def test_many_threads_get_the_same_answer(retriever: Retriever) -> None:
    answers: list[list[str]] = []

    def ask() -> None:
        answers.extend(found(retriever, "逾期会坐牢吗") for _ in range(10))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 60
    assert all(answer == answers[0] for answer in answers)


def test_without_the_vector_store_words_and_forms_still_find(tmp_path: Path) -> None:
    retriever_over(tmp_path, VISIT, PRISON).close()
    shutil.rmtree(current_folder(tmp_path) / VECTOR_STORE)
    crippled = Retriever.open(tmp_path, CountingEmbedder())
    (current_folder(tmp_path) / VECTOR_STORE).write_text("not a folder", "utf-8")
    assert found(crippled, "逾期会坐牢吗")[0] == "prison"
    assert not crippled.vectors_working
    crippled.close()


@pytest.mark.parametrize("name", ["lexical/impacts.npy", "rows/passages.jsonl", "extras/a.json"])
def test_damage_is_noticed_before_anything_is_read(tmp_path: Path, name: str) -> None:
    write_index([VISIT], tmp_path, embedder=CountingEmbedder(), extras={"a.json": b"{}"})
    path = current_folder(tmp_path) / name
    path.write_bytes(path.read_bytes()[:-1] + b"\x7f")
    with pytest.raises(IndexUnavailable, match=name):
        Retriever.open(tmp_path, CountingEmbedder())


def test_an_index_of_another_model_is_refused(tmp_path: Path) -> None:
    retriever_over(tmp_path, VISIT).close()
    with pytest.raises(IndexUnavailable, match="other"):
        Retriever.open(tmp_path, CountingEmbedder("other"))


@pytest.mark.parametrize("content", [None, "{}", "no json", '{"format": 1}'])
def test_a_manifest_that_is_none_is_refused(tmp_path: Path, content: str | None) -> None:
    retriever_over(tmp_path, VISIT).close()
    manifest = current_folder(tmp_path) / MANIFEST
    manifest.unlink()
    if content is not None:
        manifest.write_text(content, "utf-8")
    with pytest.raises(IndexUnavailable, match="build it again"):
        Retriever.open(tmp_path, CountingEmbedder())


def test_no_index_at_all_says_so(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable, match="build it first"):
        Retriever.open(tmp_path, CountingEmbedder())
    (tmp_path / POINTER).write_text("gone", "utf-8")
    with pytest.raises(IndexUnavailable, match="build it again"):
        Retriever.open(tmp_path, CountingEmbedder())


def test_an_extra_that_was_not_stored_is_named(retriever: Retriever) -> None:
    with pytest.raises(IndexUnavailable, match=r"library\.json"):
        retriever.extra("library.json")
