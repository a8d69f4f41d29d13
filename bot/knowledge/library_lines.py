"""A library as it is written: all but its entries on one line of JSON, then each entry on its own."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.knowledge.entry import Entry
from bot.knowledge.library import Library


def to_lines(library: Library) -> bytes:
    """The lines of a library, defaults left out."""
    head = library.__pydantic_serializer__.to_json(
        library, exclude={"entries"}, exclude_defaults=True
    )
    entries = (
        entry.__pydantic_serializer__.to_json(entry, exclude_defaults=True)
        for entry in library.entries
    )
    return b"".join(line + b"\n" for line in (head, *entries))


@dataclass(frozen=True, slots=True)
class Known:
    """A library that was read already, by its lines."""

    library: Library
    head: bytes
    entries: Mapping[bytes, Entry]

    @classmethod
    def of(cls, library: Library, raw: bytes) -> "Known":
        """A library and the lines that it was read from."""
        head, *lines = _lines(raw)
        return cls(library, head, dict(zip(lines, library.entries, strict=True)))


def from_lines(raw: bytes, known: Known | None = None) -> Library:
    """The library that ``to_lines`` wrote; lines that are known are not read again."""
    head, *lines = _lines(raw)
    same_head = known is not None and head == known.head
    rest = known.library if known and same_head else Library.model_validate_json(head)
    seen = known.entries if known else {}
    entries = tuple(seen.get(line) or Entry.model_validate_json(line) for line in lines)
    fields = {name: getattr(rest, name) for name in Library.model_fields}
    return Library.model_construct(**{**fields, "entries": entries})


def _lines(raw: bytes) -> list[bytes]:
    return raw.split(b"\n")[:-1]
