"""Train the shipped static embedding and write it in sentence-transformers' layout, in bytes.

python -m bench.retrieval.train_static --stard DIR [--knowledge DIR] --output models/static-zh
"""

import argparse
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

from bench.retrieval.pairs import Pair, from_articles, from_citations, from_forms, from_questions
from bench.retrieval.stard_data import Question, read_articles, read_questions
from bot.answering.retrieval.embedding import SHIPPED_MODEL
from bot.answering.retrieval.rows import searched_text
from bot.answering.retrieval.tokens import normalise
from bot.knowledge.passage import Passage
from ingest.load.knowledge_base import read_knowledge_base
from ingest.split_guidance import passages as passages_of

STEPS_IN_BYTES = 127
STAGES = 3  # passes over the articles, each with other sentences picked
LABEL_WEIGHT = 5
FORM_WEIGHT = 3


@dataclass(frozen=True, slots=True)
class Recipe:
    """What was chosen on the development questions."""

    vocabulary: int = 16000
    dimensions: int = 256
    dropout: float = 0.1  # of BPE merges while training: the same word in other pieces
    batch: int = 1024
    rate: float = 0.2
    scale: float = 15.0
    seed: int = 20261123


def main() -> None:
    """Train on everything and write the model that ships."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stard", type=Path, required=True)
    parser.add_argument("--knowledge", type=Path, default=Path("knowledge_base"))
    parser.add_argument("--output", type=Path, default=SHIPPED_MODEL)
    asked = parser.parse_args()
    entries = passages_of(read_knowledge_base(asked.knowledge))
    build_model(read_articles(asked.stard), read_questions(asked.stard), entries, asked.output)


def build_model(
    articles: Sequence[Passage],
    questions: Sequence[Question],
    entries: Sequence[Passage],
    output: Path,
) -> None:
    """Train tokenizer and vectors on articles, labelled questions and entries with their forms."""
    recipe = Recipe()
    forms = [normalise(form) for entry in entries for form in entry.questions]
    texts = [searched_text(passage) for passage in [*articles, *entries]]
    tokenizer = train_tokenizer(iter([*texts, *forms * FORM_WEIGHT]), recipe)
    labelled = [*from_questions(questions, articles)] * LABEL_WEIGHT
    own = [*from_forms(entries)]
    stages = [
        [*_unlabelled(articles, recipe.seed + stage), *own * (1 + stage)] for stage in range(STAGES)
    ]
    save(output, tokenizer, train(tokenizer, [*stages[:-1], stages[-1] + labelled], recipe))


def _unlabelled(articles: Sequence[Passage], seed: int) -> list[Pair]:
    return [*from_articles(articles, random.Random(seed)), *from_citations(articles)]


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
    (folder / "modules.json").write_text(json.dumps(modules, indent=1) + "\n", "utf-8")
    (folder / "1_Normalize").mkdir(exist_ok=True)
    (folder / "1_Normalize" / "config.json").write_text("{}\n", "utf-8")
    (folder / "model.safetensors").chmod(0o644)


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


if __name__ == "__main__":
    main()
