"""Choose the lines of an entry that fit a question."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.knowledge.entry import Entry


class Section(StrEnum):
    """Where in an entry a line stands; also the order in which lines are shown."""

    SHORT_ANSWER = "short_answer"
    STEP = "step"
    THEY_MAY_NOT = "they_may_not"
    DO_NOT = "do_not"
    WHY = "why"


# How much a line is worth before the question is looked at: earlier lines and steps first.
_WORTH = {
    Section.STEP: 1.0,
    Section.WHY: 1.0,
    Section.THEY_MAY_NOT: 0.6,
    Section.DO_NOT: 0.6,
}
_FADE = 0.86
_NOT_A_WORD = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an entry, complete in itself."""

    entry: str
    section: Section
    place: int
    text: str


def lines_of(entry: Entry) -> list[Line]:
    """The lines of an entry, in the order they are shown."""
    sections: tuple[tuple[Section, Sequence[str]], ...] = (
        (Section.SHORT_ANSWER, (entry.short_answer,)),
        (Section.STEP, entry.steps),
        (Section.THEY_MAY_NOT, entry.they_may_not),
        (Section.DO_NOT, entry.do_not),
        (Section.WHY, entry.why),
    )
    return [
        Line(entry.id, section, place, text)
        for section, texts in sections
        for place, text in enumerate(texts)
    ]


class Relevance:
    """How much a line has to do with a question: shared character pairs, rare ones weigh more."""

    def __init__(self, texts: Iterable[str]) -> None:
        pairs = [_pairs(text) for text in texts]
        total = len(pairs)
        seen = Counter(pair for each in pairs for pair in each)
        self._weight = {pair: math.log((total + 1) / (count + 0.5)) for pair, count in seen.items()}
        self._unseen = math.log(2 * (total + 1))

    def __call__(self, question: str, line: str) -> float:
        """The share of the question's weight that the line holds, in [0, 1]."""
        asked = _pairs(question)
        whole = sum(self._weigh(pair) for pair in asked)
        shared = sum(self._weigh(pair) for pair in asked & _pairs(line))
        return shared / whole if whole else 0.0

    def _weigh(self, pair: str) -> float:
        return self._weight.get(pair, self._unseen)


def choose(
    lines: Sequence[Line], question: str, relevance: Relevance, budget: int
) -> tuple[list[Line], list[Line]]:
    """The lines worth their room within ``budget`` characters, and the rest, both in order."""
    ranked = sorted(lines, key=lambda line: -worth(line, question, relevance))
    chosen: list[Line] = []
    room = budget
    for line in ranked:
        if len(line.text) <= room and not _told_already(line, chosen):
            chosen.append(line)
            room -= len(line.text)
    rest = [line for line in lines if line not in chosen and not _told_already(line, chosen)]
    return [line for line in lines if line in chosen], rest


def worth(line: Line, question: str, relevance: Relevance) -> float:
    """What a line is worth to someone who asked this question."""
    return _WORTH[line.section] * _FADE**line.place + 3.0 * relevance(question, line.text)


def _told_already(line: Line, chosen: Sequence[Line]) -> bool:
    mine = _pairs(line.text)
    return any(len(mine & _pairs(other.text)) > 0.6 * len(mine) for other in chosen)


def _pairs(text: str) -> set[str]:
    bare = _NOT_A_WORD.sub("", text.casefold())
    return {bare[i : i + 2] for i in range(len(bare) - 1)}
