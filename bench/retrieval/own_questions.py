"""Our own evaluation questions, none of them a known form: is the right entry first?

python -m bench.retrieval.own_questions [--fusion FILE] [--model DIR]
"""

import argparse
import json
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.answering.retrieval.embedding import SHIPPED_MODEL, open_embedder
from bot.answering.retrieval.fuse import SHIPPED_WEIGHTS, Fusion
from bot.answering.retrieval.retriever import Retriever
from ingest.index import write_index
from ingest.load.knowledge_base import read_knowledge_base
from ingest.split_guidance import passages

QUESTIONS = Path(__file__).with_name("own_questions.jsonl")
KNOWLEDGE = Path("knowledge_base")


def main() -> None:
    """The two shares, and what came first where it was not right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fusion", type=Path, default=SHIPPED_WEIGHTS)
    parser.add_argument("--model", type=Path, default=SHIPPED_MODEL)
    asked = parser.parse_args()
    embedder = open_embedder(asked.model)
    cases = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
    known = passages(read_knowledge_base(KNOWLEDGE))
    forms = {form for passage in known for form in passage.questions}
    cases = [case for case in cases if case["text"] not in forms]
    with TemporaryDirectory() as folder:
        write_index(known, Path(folder), embedder=embedder)
        retriever = Retriever.open(Path(folder), embedder, fusion=Fusion.load(asked.fusion))
        places = [place(retriever, case) for case in cases]
        retriever.close()
    first = sum(found == 0 for found in places) / len(cases)
    in_three = sum(found < 3 for found in places) / len(cases)
    print(f"| own questions | {len(cases)} | first {first:.3f} | in three {in_three:.3f} |")


def place(retriever: Retriever, case: dict[str, list[str]]) -> int:
    """Where the first right entry stands."""
    names = [hit.passage.id for hit in retriever.search(str(case["text"]), limit=8)]
    found = next((n for n, name in enumerate(names) if name in case["entries"]), len(names))
    if found:
        print(f"{case['text']}: {names[:3]}, not {case['entries']}")
    return found


if __name__ == "__main__":
    main()
