"""Learn the small network that turns signals into one chance."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from bot.answering.retrieval.fuse import Fusion

RANGE = (0.0005, 0.9995)  # of what was seen; a stray value must not widen it

Floats = npt.NDArray[np.float32]


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
    weight: float = 1.0


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
    calibration: float = 0.3  # share of the loss that is about the chance itself, not the order


def fit(judged: Sequence[Judged], schedule: Schedule) -> Fusion:
    """Several networks from different starts, side by side as one."""
    pooled = np.concatenate([one.signals for one in judged])
    mean, spread = pooled.mean(axis=0), pooled.std(axis=0) + 1e-6
    networks = [_fit_one(judged, schedule, mean, spread, seed) for seed in range(schedule.networks)]
    inner = np.concatenate([one[0] for one in networks], axis=1) / spread[:, None]
    bias = np.concatenate([one[1] for one in networks]) - mean @ inner
    outer = np.concatenate([one[2] for one in networks]) / schedule.networks
    outer_bias = float(np.mean([one[3] for one in networks]))
    return Fusion(
        lowest=np.quantile(pooled, RANGE[0], axis=0).astype(np.float32),
        highest=np.quantile(pooled, RANGE[1], axis=0).astype(np.float32),
        inner=inner.astype(np.float32),
        inner_bias=bias.astype(np.float32),
        outer=outer,
        outer_bias=outer_bias,
    )


def _fit_one(
    judged: Sequence[Judged], schedule: Schedule, mean: Floats, spread: Floats, seed: int
) -> tuple[Floats, Floats, Floats, float]:
    torch.manual_seed(seed)
    inner = torch.nn.Linear(len(mean), schedule.hidden)
    outer = torch.nn.Linear(schedule.hidden, 1)
    network = torch.nn.Sequential(inner, torch.nn.Tanh(), torch.nn.Dropout(schedule.dropout), outer)
    optimizer = torch.optim.AdamW(
        network.parameters(), lr=schedule.rate, weight_decay=schedule.decay
    )
    lists = [_tensors(one, mean, spread) for one in judged]
    shuffle = torch.Generator().manual_seed(seed)
    steps = schedule.epochs * (len(lists) // schedule.batch + 1)
    done = 0
    for _ in range(schedule.epochs):
        order = torch.randperm(len(lists), generator=shuffle).tolist()
        for first in range(0, len(order), schedule.batch):
            optimizer.param_groups[0]["lr"] = schedule.rate * (1 - done / steps)
            batch = [lists[place] for place in order[first : first + schedule.batch]]
            optimizer.zero_grad()
            _loss(network, batch, schedule).backward()
            optimizer.step()
            done += 1
    parts = (inner.weight.T, inner.bias, outer.weight[0])
    arrays = [part.detach().numpy().copy() for part in parts]
    return arrays[0], arrays[1], arrays[2], float(outer.bias.detach()[0])


def _tensors(one: Judged, mean: Floats, spread: Floats) -> tuple[torch.Tensor, torch.Tensor, float]:
    signals = torch.tensor((one.signals - mean) / spread, dtype=torch.float32)
    return signals, torch.tensor(one.right, dtype=torch.float32), one.weight


def _loss(
    network: torch.nn.Module,
    batch: list[tuple[torch.Tensor, torch.Tensor, float]],
    schedule: Schedule,
) -> torch.Tensor:
    """The right ones before the others in each list, and chances that mean what they say."""
    scores = network(torch.cat([signals for signals, _, _ in batch]))[:, 0]
    total = torch.zeros(())
    for part, (_, right, weight) in zip(
        scores.split([len(right) for _, right, _ in batch]), batch, strict=True
    ):
        if right.any():
            total = total - weight * (torch.log_softmax(part, 0) * right).sum() / right.sum()
        chance = torch.nn.functional.binary_cross_entropy_with_logits(part, right, reduction="sum")
        total = total + weight * schedule.calibration * chance
    return total / len(batch)
