"""The passages of a version: read one by one from a mapped file, never all at once."""

import hashlib
import json
import mmap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.answering.retrieval.tokens import normalise
from bot.knowledge.passage import Passage
from bot.knowledge.vocabulary import Audience, Language, LenderType, TrustTier

LINES, OFFSETS = "passages.jsonl", "offsets.npy"
SLOTS, TEXT_KEYS, LINE_KEYS = "slots.npy", "text_keys.npy", "line_keys.npy"


@dataclass(frozen=True, slots=True)
class PassageRows:
    """Passages by row, and the slot under which the vector store knows each row."""

    lines: bytes | mmap.mmap
    offsets: npt.NDArray[np.int64]
    slots: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, row: int) -> Passage:
        return passage_from_line(self.line(row))

    def line(self, row: int) -> bytes:
        """One row as it is written."""
        return self.lines[self.offsets[row] : self.offsets[row + 1]]

    @classmethod
    def load(cls, folder: Path) -> "PassageRows":
        """The rows of a folder, mapped."""
        offsets = np.load(folder / OFFSETS)
        with (folder / LINES).open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if offsets[-1] else b""
        return cls(mapped, offsets, np.load(folder / SLOTS))


@dataclass(frozen=True, slots=True)
class Lines:
    """Passages as they are written, with a name of each one's text and of each line."""

    whole: list[bytes]
    of_texts: list[bytes]
    of_lines: list[bytes]

    @classmethod
    def of(cls, passages: Sequence[Passage]) -> "Lines":
        """Lines and names of passages."""
        lines = [passage_to_line(passage) for passage in passages]
        return cls(lines, [text_key(each) for each in passages], [_name(line) for line in lines])


def write_rows(folder: Path, rows: Lines, slots: npt.NDArray[np.int64]) -> None:
    """Write passages, their keys and their slots into a folder."""
    folder.mkdir(parents=True)
    (folder / LINES).write_bytes(b"".join(rows.whole))
    np.save(folder / OFFSETS, np.cumsum([0, *map(len, rows.whole)], dtype=np.int64))
    np.save(folder / SLOTS, slots)
    np.save(folder / TEXT_KEYS, np.array(rows.of_texts, dtype="S32"))
    np.save(folder / LINE_KEYS, np.array(rows.of_lines, dtype="S32"))


def searched_text(passage: Passage) -> str:
    """What of a passage its words and its vector are made of."""
    return normalise("\n".join([passage.title, *passage.heading, passage.text]))


def text_key(passage: Passage) -> bytes:
    """A name that two passages share exactly when they are found by the same text."""
    parts = "\n".join([passage.title, *passage.heading, passage.text])
    return _name(parts.encode("utf-8", "replace"))


def passage_to_line(passage: Passage) -> bytes:
    """A passage as one line of JSON, always the same for the same passage."""
    fields: dict[str, Any] = {name: getattr(passage, name) for name in Passage.__slots__}
    fields["lender_types"] = sorted(passage.lender_types)
    for name in ("effective", "ended"):
        fields[name] = fields[name].isoformat() if fields[name] else None
    return json.dumps(fields, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _name(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).hexdigest().encode()


def passage_from_line(line: bytes) -> Passage:
    """The passage of a line."""
    fields: dict[str, Any] = json.loads(line)
    for name in ("heading", "questions", "cites"):
        fields[name] = tuple(fields[name])
    for name in ("effective", "ended"):
        fields[name] = date.fromisoformat(fields[name]) if fields[name] else None
    fields["trust"] = TrustTier(fields["trust"])
    fields["audience"] = Audience(fields["audience"])
    fields["language"] = Language(fields["language"])
    fields["lender_types"] = frozenset(map(LenderType, fields["lender_types"]))
    return Passage(**fields)
