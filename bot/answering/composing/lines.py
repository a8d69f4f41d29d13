"""The lines of an entry: each is complete in itself and can be shown without the others."""

import re
from collections.abc import Sequence
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


_NOT_A_WORD = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an entry."""

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


def pairs(text: str) -> set[str]:
    """The pairs of neighbouring characters of a text, marks left out.

    >>> sorted(pairs("不开门。"))
    ['不开', '开门']
    """
    bare = _NOT_A_WORD.sub("", text.casefold())
    return {bare[i : i + 2] for i in range(len(bare) - 1)}
