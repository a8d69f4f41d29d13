"""How often each guard of the safety screen is right, on messages labelled with their guard."""

import json
from collections.abc import Sequence
from pathlib import Path

from rich.table import Table

from bot.answering.screen import Screen
from bot.answering.screening.outcome import Outcome
from bot.evaluation.report import Score, Scores, cell, share

# A blow at the door is both; either reply says 110 first.
_SAME_DANGER = {Outcome.VIOLENCE_NOW, Outcome.AT_THE_DOOR}

Screened = tuple[Outcome, Outcome]
"""The guard that should speak, and the one that did."""


def score_guards(screen: Screen, sets: Sequence[Path]) -> Scores:
    """Recall and precision of each guard over some labelled sets."""
    rows = [json.loads(line) for path in sets for line in path.read_text("utf-8").splitlines()]
    screened = [(Outcome(row["guard"]), screen(row["text"]).outcome) for row in rows]
    return {guard: score_guard(guard, screened) for guard in Outcome if counted(guard, screened)}


def score_guard(guard: Outcome, screened: Sequence[Screened]) -> Score:
    """How many of a guard's messages it spoke to, and how much of what it said was right."""
    return {
        "cases": counted(guard, screened),
        "recall": share([same(guard, said) for wanted, said in screened if wanted is guard]),
        "precision": share([same(guard, wanted) for wanted, said in screened if said is guard]),
    }


def counted(guard: Outcome, screened: Sequence[Screened]) -> int:
    """How many messages were labelled with the guard."""
    return sum(wanted is guard for wanted, _ in screened)


def same(one: Outcome, other: Outcome) -> bool:
    """Whether two guards give the same first help."""
    return one is other or {one, other} <= _SAME_DANGER


def guards_table(scores: Scores) -> Table:
    """One row for each guard."""
    shown = Table("guard", "cases", "recall", "precision", box=None)
    for guard, values in scores.items():
        shown.add_row(guard, *(cell(values[key]) for key in ("cases", "recall", "precision")))
    return shown
