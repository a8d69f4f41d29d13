"""The labelled sets: one question a line, with what its answer should and must not say."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Point:
    """Something the answer should say, in any of several wordings.

    ``specific`` points are a number, an article, a deadline, a body or a consequence; the others
    are advice that fits many questions.
    """

    name: str
    wordings: tuple[re.Pattern[str], ...]
    specific: bool

    def said_in(self, answer: str) -> bool:
        """Whether one of the wordings stands in the answer."""
        return any(wording.search(answer) for wording in self.wordings)


@dataclass(frozen=True, slots=True)
class Case:
    """A message with its labels; ``earlier`` are the borrower's messages before it.

    ``outcomes`` are the statuses that are right, any where empty; ``or_says`` are words that make
    an answer right although its status is another.
    """

    id: str
    topic: str
    split: str
    text: str
    earlier: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    forbidden: tuple[re.Pattern[str], ...] = ()
    cite: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    or_says: tuple[re.Pattern[str], ...] = ()


def read_cases(path: Path) -> tuple[Case, ...]:
    """The cases of one set, in the order of the file."""
    return tuple(read_case(json.loads(line)) for line in path.read_text("utf-8").splitlines())


def read_case(row: dict[str, Any]) -> Case:
    """One line of a set."""
    return Case(
        id=row["id"],
        topic=row["topic"],
        split=row["split"],
        text=row["text"],
        earlier=tuple(row.get("earlier", ())),
        points=tuple(
            Point(each["name"], patterns(each["any"]), each["specific"])
            for each in row.get("points", ())
        ),
        forbidden=patterns(row.get("forbid", ())),
        cite=tuple(row.get("cite", ())),
        outcomes=tuple(row.get("status", ())),
        or_says=patterns(row.get("or_says", ())),
    )


def patterns(wordings: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    """Wordings as patterns that do not mind capitals."""
    return tuple(re.compile(wording, re.IGNORECASE) for wording in wordings)
