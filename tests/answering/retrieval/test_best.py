import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.retrieval import best as module
from bot.answering.retrieval.best import best


@given(st.lists(st.integers(-3, 30), max_size=60), st.integers(1, 12))
def test_finds_the_highest_scores_above_nought(values: list[int], limit: int) -> None:
    scores = np.array(values, np.float32)
    found = best(scores, limit)
    assert scores[found].tolist() == sorted((s for s in scores if s > 0), reverse=True)[:limit]


@pytest.mark.parametrize("shape", ["spread", "few", "equal"])
def test_a_sample_does_not_change_what_is_found(
    monkeypatch: pytest.MonkeyPatch, shape: str
) -> None:
    monkeypatch.setattr(module, "SAMPLE", 50)
    chance = np.random.default_rng(7)
    scores = {
        "spread": chance.random(5000),
        "few": np.where(np.arange(5000) % 97 == 1, chance.random(5000), 0),
        "equal": np.ones(5000),
    }[shape].astype(np.float32)
    expected = np.sort(scores[scores > 0])[::-1][:30]
    assert np.array_equal(scores[best(scores, 30)], expected)
