"""Train the shipped static embedding and write it in sentence-transformers' layout, in bytes.

python -m bench.retrieval.train_static --stard DIR [--knowledge DIR] --output models/static-zh
"""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from safetensors.numpy import save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

from bench.retrieval.pairs import Pair

STEPS_IN_BYTES = 127


@dataclass(frozen=True, slots=True)
class Recipe:
    """What was chosen on the development questions."""

    vocabulary: int = 16000
    dimensions: int = 256
    dropout: float = 0.1  # of BPE merges while training: the same word in other pieces
    batch: int = 512
    rate: float = 0.02
    scale: float = 20.0
    seed: int = 20261123


def train_tokenizer(texts: Iterator[str], recipe: Recipe) -> Tokenizer:
    """Byte pairs of characters, never across punctuation."""
    tokenizer = Tokenizer(models.BPE(unk_token=None))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"[^\w]+"), "removed")
    trainer = trainers.BpeTrainer(
        vocab_size=recipe.vocabulary, max_token_length=6, show_progress=False, min_frequency=2
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def train(
    tokenizer: Tokenizer, stages: Sequence[Sequence[Pair]], recipe: Recipe
) -> npt.NDArray[np.float32]:
    """Vectors of tokens such that what is asked lies near what answers; one pass a stage."""
    torch.manual_seed(recipe.seed)
    torch.set_num_threads(1)
    module = StaticEmbedding(tokenizer, embedding_dim=recipe.dimensions)
    model = SentenceTransformer(modules=[module], device="cpu")
    loss = MultipleNegativesRankingLoss(model, scale=recipe.scale)
    optimizer = torch.optim.Adam(model.parameters(), lr=recipe.rate)
    batches = [batch for stage in stages for batch in _batches(stage, recipe)]
    for number, batch in enumerate(batches):
        for group in optimizer.param_groups:
            group["lr"] = recipe.rate * min(1.0, number / 20 + 0.05) * (1 - number / len(batches))
        tokenizer.model.dropout = recipe.dropout
        sides = [model.preprocess(list(side)) for side in zip(*batch, strict=True)]
        optimizer.zero_grad()
        loss(sides, None).backward()
        optimizer.step()
    tokenizer.model.dropout = None
    return module.embedding.weight.detach().numpy()


def save(folder: Path, tokenizer: Tokenizer, table: npt.NDArray[np.float32]) -> None:
    """Write tokenizer and vectors; each row in bytes with its own scale."""
    folder.mkdir(parents=True, exist_ok=True)
    scales = np.maximum(np.abs(table).max(axis=1), 1e-12) / STEPS_IN_BYTES
    steps = np.rint(table / scales[:, None]).astype(np.int8)
    save_file(
        {"embeddings": steps, "weights": scales.astype(np.float32)}, folder / "model.safetensors"
    )
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": _name("StaticEmbedding")},
        {"idx": 1, "name": "1", "path": "1_Normalize", "type": _name("Normalize")},
    ]
    (folder / "modules.json").write_text(json.dumps(modules, indent=1), "utf-8")


def _name(module: str) -> str:
    return f"sentence_transformers.models.{module}"


def _batches(pairs: Sequence[Pair], recipe: Recipe) -> Iterator[list[Pair]]:
    shuffled = list(pairs)
    random.Random(recipe.seed).shuffle(shuffled)
    for first in range(0, len(shuffled), recipe.batch):
        if len(batch := _without_twins(shuffled[first : first + recipe.batch])) > 1:
            yield batch


def _without_twins(batch: list[Pair]) -> list[Pair]:
    """A batch in which no answer occurs twice: a twin would count as a wrong answer."""
    return list({answer: (asked, answer) for asked, answer in batch}.values())
