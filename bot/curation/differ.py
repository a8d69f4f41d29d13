"""Two versions of an entry side by side: what was taken away, what was added, field by field."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from bot.curation.records import Fields
from bot.knowledge.entry import Entry


class Mark(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


Piece = tuple[Mark, str]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a field; one that was reworded has pieces of every mark."""

    mark: Mark
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that is not the same in both versions."""

    field: str
    lines: tuple[Line, ...]


ALIKE = 0.5  # lines less alike than this are shown as one gone and one new


def differ(before: Fields, after: Fields) -> tuple[FieldChange, ...]:
    """The fields that changed, in the order of the form."""
    return tuple(
        FieldChange(name, tuple(_lines(lines_of(before.get(name)), lines_of(after.get(name)))))
        for name in Entry.model_fields
        if lines_of(before.get(name)) != lines_of(after.get(name))
    )


def lines_of(value: object) -> list[str]:
    """A field as lines that people read."""
    if value is None or value == "":
        return []
    if isinstance(value, list | tuple):
        return [line for each in value for line in lines_of(each)]
    if isinstance(value, dict):
        return [_record(value)] if "instrument" in value else _named(value)
    return str(value).splitlines()


def _record(citation: Fields) -> str:
    article = f" {citation['article']}" if citation.get("article") else ""
    return f"{citation['instrument']}{article} · {citation.get('verified', 'text')}"


def _named(value: Fields) -> list[str]:
    return [line for inner in value.values() for line in lines_of(inner)]


def _lines(before: Sequence[str], after: Sequence[str]) -> Iterator[Line]:
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from (Line(Mark.SAME, ((Mark.SAME, text),)) for text in before[a:b])
        else:
            yield from _replaced(before[a:b], after[c:d])


def _replaced(gone: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    for old, text in zip(gone, new, strict=False):
        matcher = SequenceMatcher(None, old, text, autojunk=False)
        if matcher.ratio() >= ALIKE:
            yield Line(Mark.SAME, tuple(_pieces(matcher, old, text)))
        else:
            yield Line(Mark.GONE, ((Mark.GONE, old),))
            yield Line(Mark.NEW, ((Mark.NEW, text),))
    yield from (Line(Mark.GONE, ((Mark.GONE, text),)) for text in gone[len(new) :])
    yield from (Line(Mark.NEW, ((Mark.NEW, text),)) for text in new[len(gone) :])


def _pieces(matcher: "SequenceMatcher[str]", old: str, new: str) -> Iterator[Piece]:
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            yield Mark.SAME, old[a:b]
            continue
        if b > a:
            yield Mark.GONE, old[a:b]
        if d > c:
            yield Mark.NEW, new[c:d]
