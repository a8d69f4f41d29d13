"""Risk and coverage of declining: ordinary questions refused, other matters answered, floor by floor.

    python -m bench.declining [--other queries.jsonl]

Ordinary are the labelled questions; other matters the messages of the abstain sets that the screen lets
through, and laypeople's questions on other law (``{"query": ...}`` a line, such as STARD's). The first row
is the fixed floor alone; the others ask for so many times the chance that a message is not about debt.
"""

import argparse
import json
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.answering.compose import floor
from bot.answering.composing.answerable import Answerable
from bot.answering.retrieval.filter import Filter
from bot.answering.screen import Outcome, screen
from bot.answering.screening.weigh import DOUBTFUL_TOPIC
from bot.app import App, build
from bot.chinese.normalise import simplified
from bot.clock import today
from bot.evaluation.cases import Case, read_cases
from bot.settings import ROOT, Settings

ORDINARY = (
    *("questions", "questions_2", "questions_3", "questions_4", "facts"),
    *("legal_checks", "legal_checks_2", "legal_checks_3", "legal_checks_4"),
)
OTHER = ("abstain", "abstain_2")
TIMES = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0)
PASSED = {Outcome.CLEAR, Outcome.CRISIS_CHECK}

Chances = list[tuple[float, float]]


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--other", type=Path)
    queries = options.parse_args().other
    with TemporaryDirectory() as folder:
        app = build(Settings(_env_file=None, data_dir=Path(folder)))
        sets = {
            "ordinary, dev": chances(app, labelled(ORDINARY, "dev")),
            "ordinary, held out": chances(app, labelled(ORDINARY, "held_out")),
            "other matters": chances(app, declined()),
        }
        if queries:
            asked = [json.loads(line)["query"] for line in queries.open("rb")]
            sets["other law"] = chances(app, asked)
    print("declined at", *(f"{name} ({len(each)})" for name, each in sets.items()), sep=" | ")
    for times in TIMES:
        print(times, *(f"{share(each, times):.3f}" for each in sets.values()), sep=" | ")


def labelled(names: Iterable[str], split: str) -> list[str]:
    """The texts of one half of some sets."""
    return [each.text for name in names for each in cases(name) if each.split == split]


def declined() -> list[str]:
    """What no answer is right for, where nothing was said before."""
    return [
        each.text
        for name in OTHER
        for each in cases(name)
        if "no_source" in each.outcomes and not each.earlier
    ]


def cases(name: str) -> tuple[Case, ...]:
    """The cases of a set."""
    return read_cases(ROOT / "tests" / "evaluation" / f"{name}.jsonl")


def chances(app: App, texts: Iterable[str]) -> Chances:
    """Of each message that the screen lets through: that it is covered, and that it is another matter."""
    answerable, keep = Answerable.load(), Filter(on=today())
    rows = []
    for text in map(simplified, texts):
        found = screen(text)
        if found.outcome in PASSED or found.variant == DOUBTFUL_TOPIC:
            hits = app.retriever.search(text, limit=1, keep=keep)
            covered = answerable(text, hits[0]) if hits else 0.0
            rows.append((covered, found.off_topic))
    return rows


def share(known: Chances, times: float) -> float:
    """The share that is declined where so many times the chance of another matter is asked for."""
    refused = [covered < floor(times * off_topic) for covered, off_topic in known]
    return sum(refused) / len(refused)


if __name__ == "__main__":
    main()
