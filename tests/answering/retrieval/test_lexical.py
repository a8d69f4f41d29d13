import numpy as np
import pytest

from bot.answering.retrieval.lexical import LexicalIndex
from bot.answering.retrieval.postings import Postings
from bot.answering.retrieval.tokens import query_keys, readable

TEXTS = ["催收员上门", "逾期的利息", "上门时报警，上门时录音", "利息"]


@pytest.fixture
def index() -> LexicalIndex:
    return LexicalIndex.build(Postings.build(TEXTS))


def test_the_text_with_the_words_comes_first(index: LexicalIndex) -> None:
    scores, _ = index.scores(query_keys("上门报警"))
    assert scores.argmax() == 2
    assert scores[3] == 0


def test_no_text_scores_above_the_ceiling(index: LexicalIndex) -> None:
    for query in TEXTS:
        scores, ceiling = index.scores(query_keys(query))
        assert 0 < scores.max() < ceiling


def test_the_parts_of_an_explanation_add_up_to_the_score(index: LexicalIndex) -> None:
    keys = query_keys("上门报警怎么办")
    scores, _ = index.scores(keys)
    nothing, parts = index.matched(keys, np.array([len(TEXTS) - 1, 2]))
    assert sum(worth for _, worth in nothing) == pytest.approx(scores[-1], abs=1e-4)
    assert np.isclose(sum(worth for _, worth in parts), scores[2])
    shown = readable("上门报警怎么办")
    assert {shown[key] for key, _ in parts} == {"上", "门", "上门", "报", "警", "报警"}


def test_rare_words_weigh_more(index: LexicalIndex) -> None:
    scores, _ = index.scores(query_keys("逾期"))
    common, _ = index.scores(query_keys("利息"))
    assert scores[1] > common[1]


def test_an_empty_index_finds_nothing() -> None:
    scores, ceiling = LexicalIndex.build(Postings.build([])).scores(query_keys("上门"))
    assert (len(scores), ceiling) == (0, 0.0)
