"""What became of each source and each of its parts, with reasons and lines, for people."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from ingest.intake import Code, Concern, Intake, Piece

REFUSING = frozenset({Code.INJECTION, Code.LANGUAGE, Code.NOT_IN_FORCE})


class Outcome(StrEnum):
    """What became of a part: taken as it is, taken with a warning, or left out."""

    ACCEPTED = "accepted"
    FLAGGED = "flagged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Line:
    """One part of a source, or the whole of it, and why it came out so."""

    source: str
    place: str
    outcome: Outcome
    what: str
    reasons: tuple[str, ...] = ()

    def __str__(self) -> str:
        told = f" {'; '.join(self.reasons)}" if self.reasons else ""
        return f"{self.source}, {self.place}: {self.outcome} {self.what}{told}"


@dataclass(frozen=True, slots=True)
class Report:
    """All that was taken in, and the files that were written for it."""

    lines: tuple[Line, ...] = ()
    written: tuple[Path, ...] = ()
    sources: int = 0
    frame_lines: int = 0
    laws_changed: bool = field(default=False)

    def of(self, outcome: Outcome) -> list[Line]:
        """The parts that came out so."""
        return [line for line in self.lines if line.outcome is outcome]

    @property
    def accepted(self) -> list[Line]:
        """Parts taken as they are."""
        return self.of(Outcome.ACCEPTED)

    @property
    def flagged(self) -> list[Line]:
        """Parts taken with a warning."""
        return self.of(Outcome.FLAGGED)

    @property
    def refused(self) -> list[Line]:
        """Parts and whole sources left out."""
        return self.of(Outcome.REFUSED)


def lines_of(intake: Intake) -> Iterator[Line]:
    """What is said of one source: a line for each piece, then what concerns no piece."""
    name = intake.source.name
    if intake.refused is not None:
        at = intake.refused
        yield Line(name, f"line {at.line}", Outcome.REFUSED, "source", (told(at),))
        return
    for piece in intake.pieces:
        reasons = tuple(dict.fromkeys(map(told, piece.concerns)))
        yield Line(name, _place(intake, piece), outcome_of(piece), _what(piece), reasons)
    covered = {concern for piece in intake.pieces for concern in piece.concerns}
    for concern in intake.judged.concerns:
        if concern not in covered:
            place = intake.read.place(concern.line)
            yield Line(name, place, Outcome.FLAGGED, concern.quote[:40], (told(concern),))


def outcome_of(piece: Piece) -> Outcome:
    """Orders to a program and languages nobody here reads stay out; other concerns are shown."""
    if any(concern.code in REFUSING for concern in piece.concerns):
        return Outcome.REFUSED
    return Outcome.FLAGGED if piece.concerns else Outcome.ACCEPTED


def told(concern: Concern) -> str:
    """A concern in one line."""
    return f"[{concern.code}] {concern.reason}"


def _place(intake: Intake, piece: Piece) -> str:
    first = intake.read.place(piece.first_line)
    return first if piece.first_line == piece.last_line else f"{first} to {piece.last_line}"


def _what(piece: Piece) -> str:
    return piece.text[:24].replace("\n", " ")
