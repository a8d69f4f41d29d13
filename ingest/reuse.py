"""What the current version already knows about texts: nothing unchanged is worked out twice."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from bot.answering.retrieval.postings import Postings
from bot.answering.retrieval.rows import SLOTS, TEXT_KEYS
from bot.answering.retrieval.vector_table import VectorTable
from bot.knowledge.index import FORMS, MANIFEST, VECTOR_STORE, Manifest, first_damage

Key = TypeVar("Key", bytes, str)
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class OldVersion:
    """A whole version, as far as a writer can take it over."""

    folder: Path
    model_id: str
    text_keys: tuple[bytes, ...]
    slots: Places
    postings: Postings
    vectors: VectorTable
    forms: tuple[str, ...]
    form_postings: Postings
    form_vectors: VectorTable

    @classmethod
    def open(cls, folder: Path | None) -> "OldVersion | None":
        """The version in a folder, or nothing where there is none that is whole."""
        if folder is None:
            return None
        try:
            manifest = Manifest.from_json((folder / MANIFEST).read_text("utf-8"))
        except (OSError, ValueError, TypeError):
            return None
        if first_damage(folder, manifest):
            return None
        return cls(
            folder=folder,
            model_id=manifest.model_id,
            text_keys=tuple(np.load(folder / "rows" / TEXT_KEYS).tolist()),
            slots=np.load(folder / "rows" / SLOTS),
            postings=Postings.load(folder / "lexical"),
            vectors=VectorTable.load(folder / "vectors"),
            forms=tuple((folder / FORMS).read_text("utf-8").split("\n")[:-1]),
            form_postings=Postings.load(folder / "known"),
            form_vectors=VectorTable.load(folder / "form_vectors"),
        )

    @property
    def vector_store(self) -> Path:
        """The folder of its vector store."""
        return self.folder / VECTOR_STORE


@dataclass(frozen=True, slots=True)
class Match:
    """For each new text its old row, or -1."""

    old_rows: Places

    @classmethod
    def of(cls, old_keys: Sequence[Key], new_keys: Sequence[Key]) -> "Match":
        """Pair equal texts, each old one at most once."""
        free: dict[Key, list[int]] = defaultdict(list)
        for row in range(len(old_keys) - 1, -1, -1):
            free[old_keys[row]].append(row)
        rows = [free[key].pop() if free.get(key) else -1 for key in new_keys]
        return cls(np.array(rows, dtype=np.int64))

    @property
    def kept(self) -> Places:
        """The new rows that have an old one."""
        return np.flatnonzero(self.old_rows >= 0)

    @property
    def fresh(self) -> Places:
        """The new rows that have none."""
        return np.flatnonzero(self.old_rows < 0)

    def places(self, old_size: int) -> Places:
        """For each old row its new one, or -1."""
        places = np.full(old_size, -1, dtype=np.int64)
        places[self.old_rows[self.kept]] = self.kept
        return places
