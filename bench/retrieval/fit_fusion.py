"""Learn the small network that orders candidates, and how sure to be of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import torch
from sklearn.linear_model import LogisticRegression

from bot.answering.retrieval.fuse import Fusion, standing

Floats = npt.NDArray[np.float32]

RANGE = (0.0005, 0.9995)  # of what was seen; a stray value must not widen it
SOURCE_WEIGHTS = {"known": 1.0, "free": 0.5, "own": 0.5, "exact": 0.2, "stranger": 2.0}


@dataclass(frozen=True, slots=True)
class Judged:
    """The signals of one question's candidates, which of them are right, and its fold."""

    signals: Floats
    right: npt.NDArray[np.bool_]
    relevant: int  # how many passages are right, found or not
    rows: npt.NDArray[np.int64]
    fold: int
    source: str
    unseen: bool = False  # no known question names any of the right passages


@dataclass(frozen=True, slots=True)
class Schedule:
    """Chosen on the development questions."""

    hidden: int = 48
    networks: int = 2
    epochs: int = 30
    rate: float = 0.005
    decay: float = 0.03
    dropout: float = 0.3
    batch: int = 32


def fit(judged: Sequence[Judged], schedule: Schedule) -> Fusion:
    """Several networks from different starts, side by side as one, then their certainty."""
    torch.set_num_threads(1)
    pooled = np.concatenate([one.signals for one in judged])
    mean, spread = pooled.mean(axis=0), pooled.std(axis=0) + 1e-6
    lists = [_tensors(one, mean, spread) for one in judged if one.right.any()]
    networks = [_fit_one(lists, len(mean), schedule, seed) for seed in range(schedule.networks)]
    inner = np.concatenate([one[0] for one in networks], axis=1) / spread[:, None]
    ordering = Fusion(
        lowest=np.quantile(pooled, RANGE[0], axis=0).astype(np.float32),
        highest=np.quantile(pooled, RANGE[1], axis=0).astype(np.float32),
        inner=inner.astype(np.float32),
        inner_bias=(np.concatenate([one[1] for one in networks]) - mean @ inner).astype(np.float32),
        outer=np.concatenate([one[2] for one in networks]) / schedule.networks,
        certainty=np.zeros(0, np.float32),
        certainty_bias=np.zeros((), np.float32),
    )
    return with_certainty(ordering, judged)


def with_certainty(ordering: Fusion, judged: Sequence[Judged]) -> Fusion:
    """The ordering with chances that mean what they say."""
    standings, right, weights = [], [], []
    for one in judged:
        if len(one.rows):
            within = np.clip(one.signals, ordering.lowest, ordering.highest)
            standings.append(standing(within, ordering.scores(one.signals)))
            right.append(one.right)
            weights.append(np.full(len(one.rows), SOURCE_WEIGHTS[one.source]))
    model = LogisticRegression(max_iter=2000)
    model.fit(np.concatenate(standings), np.concatenate(right), np.concatenate(weights))
    certainty = model.coef_[0].astype(np.float32)
    return replace(ordering, certainty=certainty, certainty_bias=np.float32(model.intercept_[0]))


def _fit_one(
    lists: "Sequence[_List]", width: int, schedule: Schedule, seed: int
) -> tuple[Floats, Floats, Floats]:
    torch.manual_seed(seed)
    inner = torch.nn.Linear(width, schedule.hidden)
    outer = torch.nn.Linear(schedule.hidden, 1, bias=False)
    dropout = torch.nn.Dropout(schedule.dropout)
    network = torch.nn.Sequential(inner, torch.nn.Tanh(), dropout, outer)
    optimizer = torch.optim.AdamW(
        network.parameters(), lr=schedule.rate, weight_decay=schedule.decay
    )
    shuffle = torch.Generator().manual_seed(seed)
    firsts = range(0, len(lists), schedule.batch)
    for epoch in range(schedule.epochs):
        order = torch.randperm(len(lists), generator=shuffle).tolist()
        for done, first in enumerate(firsts):
            share = (epoch + done / len(firsts)) / schedule.epochs
            optimizer.param_groups[0]["lr"] = schedule.rate * (1 - share)
            optimizer.zero_grad()
            batch = [lists[place] for place in order[first : first + schedule.batch]]
            _loss(network, batch).backward()
            optimizer.step()
    parts = (inner.weight.T, inner.bias, outer.weight[0])
    return tuple(part.detach().numpy().copy() for part in parts)


_List = tuple[torch.Tensor, torch.Tensor, float]


def _tensors(one: Judged, mean: Floats, spread: Floats) -> _List:
    signals = torch.tensor((one.signals - mean) / spread, dtype=torch.float32)
    return signals, torch.tensor(one.right, dtype=torch.float32), SOURCE_WEIGHTS[one.source]


def _loss(network: torch.nn.Module, batch: Sequence[_List]) -> torch.Tensor:
    """The right ones before the others, in each list."""
    scores = network(torch.cat([signals for signals, _, _ in batch]))[:, 0]
    total = torch.zeros(())
    parts = scores.split([len(right) for _, right, _ in batch])
    for part, (_, right, weight) in zip(parts, batch, strict=True):
        total = total - weight * (torch.log_softmax(part, 0) * right).sum() / right.sum()
    return total / len(batch)
