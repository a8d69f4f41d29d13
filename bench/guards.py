"""How often each guard of the safety screen is right: recall, precision, and wrong refusals.

python -m bench.guards                     # the held-out set, as a table
python -m bench.guards --set train --show  # the set the lists were tuned on, with every miss
"""

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.answering.screen import LEXICONS, Screen
from bot.answering.screening.outcome import Outcome, Screening
from bot.answering.screening.replies import Replies
from bot.knowledge.vocabulary import Risk

ROOT = Path(__file__).parents[1]
SETS = ROOT / "tests" / "evaluation" / "guards"
# A blow at the door is both; either reply says 110 first.
DANGER_NOW = {Outcome.VIOLENCE_NOW, Outcome.AT_THE_DOOR}


@dataclass(frozen=True, slots=True)
class Case:
    """A message, the guard that should speak, and what the screen said."""

    text: str
    guard: Outcome
    found: Screening

    @property
    def right(self) -> bool:
        """Whether the right guard spoke."""
        return self.found.outcome in same_danger(self.guard)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table for one set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", default="fourth", choices=["train", "third", "fourth", "fifth"])
    parser.add_argument("--show", action="store_true", help="every miss, one a line")
    chosen = parser.parse_args(arguments)
    cases = screened(SETS / f"{chosen.set}.jsonl")
    print("\n".join(table(cases)))
    if chosen.show:
        print("\n".join(misses(cases)))


def screened(path: Path) -> list[Case]:
    """The set's cases with what the screen says to each."""
    screen = Screen.read(LEXICONS)
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [Case(row["text"], Outcome(row["guard"]), screen(row["text"])) for row in rows]


def table(cases: Sequence[Case]) -> Iterable[str]:
    """One row for each guard, then the wrong refusals of ordinary questions."""
    yield f"{'guard':<18}{'cases':>6}{'recall':>9}{'precision':>11}"
    for guard in Outcome:
        if any(case.guard is guard for case in cases):
            count = sum(case.guard is guard for case in cases)
            yield f"{guard:<18}{count:>6}{recall(cases, guard):>9.3f}{precision(cases, guard):>11.3f}"
    safe = share([c.found.risk is Risk.CRISIS for c in cases if c.guard is Outcome.CRISIS])
    yield f"cries for help that get a help line: {safe:.3f}"
    refused = wrong_refusals(cases)
    ordinary = sum(case.guard is Outcome.CLEAR for case in cases)
    yield f"ordinary questions refused: {len(refused)} of {ordinary}"


def recall(cases: Iterable[Case], guard: Outcome) -> float:
    """The share of a guard's cases in which it spoke."""
    return share([case.right for case in cases if case.guard is guard])


def precision(cases: Iterable[Case], guard: Outcome) -> float:
    """The share of what a guard said that was right."""
    return share([case.right for case in cases if case.found.outcome is guard])


def wrong_refusals(cases: Iterable[Case]) -> list[Case]:
    """Ordinary questions that would get a reviewed line instead of an answer."""
    replies = Replies.read(LEXICONS.parent / "replies")
    refused = []
    for case in cases:
        reply = replies(case.found)
        if case.guard is Outcome.CLEAR and reply and not reply.answer_may_follow:
            refused.append(case)
    return refused


def misses(cases: Iterable[Case]) -> Iterable[str]:
    """What was wanted, what was said, and about which words."""
    for case in cases:
        if not case.right:
            evidence = " / ".join(case.found.evidence)
            yield f"{case.guard} <- {case.found.outcome} [{evidence}] {case.text}"


def same_danger(guard: Outcome) -> set[Outcome]:
    """The guards whose speaking is right where this one should."""
    return DANGER_NOW if guard in DANGER_NOW else {guard}


def share(right: Sequence[bool]) -> float:
    """The share of true values; one where there is nothing to be wrong about."""
    return sum(right) / len(right) if right else 1.0


if __name__ == "__main__":
    main()
