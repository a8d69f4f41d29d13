"""Where something was read, so that nothing is read twice."""

from dataclasses import dataclass
from typing import Protocol

TAKEN = "\0"


class HasPlace(Protocol):
    """Something with a place in a text."""

    @property
    def start(self) -> int:
        """The first character."""

    @property
    def end(self) -> int:
        """After the last character."""


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a text."""

    start: int
    end: int


def without(text: str, *found: HasPlace) -> str:
    """The text with what was found blanked out, every other character where it was."""
    for each in found:
        text = text[: each.start] + TAKEN * (each.end - each.start) + text[each.end :]
    return text
