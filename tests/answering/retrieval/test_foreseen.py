"""What is worked out together, or taken from a version beside, is what each alone would be."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from bot.answering.retrieval.embedding import open_embedder
from bot.answering.retrieval.foreseen import FormLikeness
from bot.answering.retrieval.retriever import Retriever
from bot.answering.retrieval.vector_table import PIECE, VectorTable
from ingest.index import write_index
from tests.answering.retrieval.builders import passage

ROWS, SIZE = 3 * PIECE + 17, 48
ASKED = ("催收能进我家门吗", "逾期会坐牢吗", "明天上门怎么办", "can they enter my home")


def vectors(count: int, seed: int) -> npt.NDArray[np.float32]:
    made = np.random.default_rng(seed).normal(size=(count, SIZE)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def forms(count: int) -> list[bytes]:
    return [f"form {number}".encode() for number in range(count)]


def test_in_pieces_each_sum_is_the_same_to_the_last_digit() -> None:
    table, queries = VectorTable.build(vectors(ROWS, 1)), vectors(5, 2)
    floating = table.table.astype(np.float32)
    for query, cosines in zip(queries, table.likeness_of_each(queries), strict=True):
        whole = np.vecdot(floating, query) * table.scales
        assert np.array_equal(whole, cosines)
        assert np.array_equal(whole, table.likeness(query))


def test_foreseen_together_or_alone_it_is_the_same() -> None:
    table, queries = VectorTable.build(vectors(ROWS, 1)), vectors(5, 2)
    likeness = FormLikeness(forms(ROWS), table)
    likeness.foresee(queries[:4])
    for query in queries:
        assert np.array_equal(likeness(query), table.likeness(query))


def test_what_both_versions_have_is_taken_over() -> None:
    before, fresh = vectors(ROWS, 1), vectors(3, 3)
    kept = np.delete(np.arange(ROWS), [0, 40, 41])
    here = VectorTable.build(np.concatenate([before[kept[::-1]], fresh]))
    names = [forms(ROWS)[row] for row in kept[::-1]] + [b"new 1", b"new 2", b"form 40"]
    there = FormLikeness(forms(ROWS), VectorTable.build(before))
    beside, queries = FormLikeness(names, here), vectors(4, 2)
    there.foresee(queries[:3])
    beside.foresee(queries, there)
    for query in queries:
        assert np.array_equal(beside(query), here.likeness(query))


def test_it_is_kept_until_the_call_after_next() -> None:
    likeness = FormLikeness(forms(ROWS), VectorTable.build(vectors(ROWS, 1)))
    first, second = vectors(2, 2)
    likeness.foresee(first[None])
    kept = likeness(first)
    likeness.foresee(second[None])
    assert likeness(first) is kept
    likeness.foresee(np.zeros((0, SIZE), np.float32))
    assert likeness(first) is not kept


@pytest.fixture
def retrievers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Retriever]]:
    """Two versions of a few entries, whose tables do not lie ready."""
    monkeypatch.setattr("bot.answering.retrieval.vector_table.KEPT_READY", 0)
    visit = passage(
        "visit", "你可以不开门", questions=("催收的能进我家门吗", "can they enter my home")
    )
    prison = passage("prison", "一般不会坐牢", questions=("逾期会坐牢吗", "欠钱犯法吗"))
    other = passage("prison", "欠款是民事问题", questions=("逾期会坐牢吗", "会被抓吗"))
    opened = []
    for name, passages in (("now", [visit, prison]), ("then", [visit, other])):
        embedder = open_embedder()
        write_index(passages, tmp_path / name, embedder=embedder)
        opened.append(Retriever.open(tmp_path / name, embedder))
    yield opened
    for each in opened:
        each.close()


def test_a_search_finds_the_same_foreseen_or_not(retrievers: list[Retriever]) -> None:
    alone = [[each.search(asked) for asked in ASKED] for each in retrievers]
    now, then = retrievers
    now.foresee(ASKED)
    then.foresee(ASKED, now)
    assert [[each.search(asked) for asked in ASKED] for each in retrievers] == alone
