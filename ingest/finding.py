"""What a reader or a check has to say about a line of a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

Step = str | int
Place = tuple[Step, ...]
T_co = TypeVar("T_co", covariant=True)
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, order=True)
class Finding:
    """A fault that a person must mend, and where.

    ``about`` are the names and figures in the message, for who says it in another language.
    """

    file: Path
    line: int
    code: str
    message: str
    about: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.code} {self.message}"


@dataclass(frozen=True)
class Located(Generic[T_co]):
    """A value and the lines on which its parts stand."""

    value: T_co
    file: Path
    lines: Mapping[Place, int]

    def line(self, *place: Step) -> int:
        """The line of a part, or of the nearest part around it that is written down."""
        return nearest_line(self.lines, place)

    def finding(self, code: str, message: str, *place: Step, **about: object) -> Finding:
        """A finding at one of the value's parts; ``about`` fills the blanks of its message."""
        told = message.format(**about) if about else message
        blanks = tuple((name, str(value)) for name, value in about.items())
        return Finding(self.file, self.line(*place), code, told, blanks)


def nearest_line(lines: Mapping[Place, int], place: Sequence[Step]) -> int:
    """The line of a place, or of the closest one that holds it."""
    for end in range(len(place), -1, -1):
        if (line := lines.get(tuple(place[:end]))) is not None:
            return line
    return 1


def locate(
    model: type[M], value: object, file: Path, lines: Mapping[Place, int]
) -> Located[M] | list[Finding]:
    """The value as a model, or what hinders it, by field and line."""
    try:
        return Located(model.model_validate(value), file, lines)
    except ValidationError as invalid:
        return [
            Finding(
                file,
                nearest_line(lines, error["loc"]),
                "schema",
                f"{'.'.join(map(str, error['loc']))}: {error['msg']}",
            )
            for error in invalid.errors()
        ]
