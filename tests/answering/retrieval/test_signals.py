import numpy as np
import pytest

from bot.answering.retrieval.signals import beside


@pytest.mark.parametrize(
    ("values", "shares"),
    [
        ([1, 2, 4], [0.25, 0.5, 1]),
        ([-1, 2], [-0.5, 1]),
        ([-3, -1], [0, 0]),
        ([0, 0], [0, 0]),
        ([], []),
    ],
)
def test_shares_of_the_best(values: list[float], shares: list[float]) -> None:
    assert beside(np.array(values, np.float32)).tolist() == shares
