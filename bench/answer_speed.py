"""How long an assembled answer takes with many more passages than ours in the index.

    python -m bench.answer_speed --corpus articles.jsonl --passages 10000

``articles.jsonl`` holds ``{"id", "law", "art", "head", "text"}`` a line; they are added as statutes.
"""

import argparse
import asyncio
import json
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bot.answering.pipeline import Step, run
from bot.answering.retrieval.rows import passage_to_line
from bot.answering.turn import Turn
from bot.app import build
from bot.clock import today
from bot.evaluation.cases import read_cases
from bot.knowledge.passage import Passage
from bot.knowledge.vocabulary import TrustTier
from bot.settings import ROOT, Settings


def main() -> None:
    """Print p50 and p95 of the labelled questions."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--corpus", type=Path, required=True)
    options.add_argument("--passages", type=int, default=10_000)
    given = options.parse_args()
    with TemporaryDirectory() as folder:
        laws = Path(folder) / "laws"
        laws.mkdir()
        lines = islice(given.corpus.open("rb"), given.passages)
        (laws / "bench.jsonl").write_bytes(b"".join(passage_to_line(read(line)) for line in lines))
        app = build(Settings(_env_file=None, data_dir=Path(folder)))
        took = asyncio.run(times(app.steps))
        print(f"{app.retriever.manifest.passages} passages, {len(took)} questions")
        print(f"p50 {took[len(took) // 2]:.1f} ms, p95 {took[int(len(took) * 0.95)]:.1f} ms")


def read(line: bytes) -> Passage:
    """An article as a passage."""
    article = json.loads(line)
    return Passage(
        id=f"law:bench:{article['id']}",
        title=article["law"],
        text=article["text"],
        heading=(article["head"], article["art"]),
        trust=TrustTier.STATUTE,
    )


async def times(steps: Sequence[Step]) -> list[float]:
    """Milliseconds of each answer, sorted; the first one warms up and does not count."""
    questions = [case.text for case in read_cases(ROOT / "tests/evaluation/questions.jsonl")]
    took = []
    for text in [questions[0], *questions]:
        began = perf_counter()
        await run(Turn(id="bench", text=text, today=today()), steps)
        took.append((perf_counter() - began) * 1000)
    return sorted(took[1:])


if __name__ == "__main__":
    main()
