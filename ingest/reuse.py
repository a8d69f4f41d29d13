"""What the current version already knows: nothing unchanged is worked out twice."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.answering.retrieval.postings import Postings
from bot.answering.retrieval.rows import LINE_KEYS, SLOTS, TEXT_KEYS
from bot.answering.retrieval.vector_table import VectorTable
from bot.knowledge.index import MANIFEST, VECTOR_STORE, Manifest, first_damage
from ingest.citations import Cited
from ingest.forms import Forms

Slots = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class OldVersion:
    """A whole version, as far as a writer can take it over."""

    folder: Path
    store_checksums: Mapping[str, str]
    line_keys: tuple[bytes, ...]
    text_keys: tuple[bytes, ...]
    slots: Slots
    postings: Postings
    vectors: VectorTable
    forms: Forms
    form_postings: Postings
    form_vectors: VectorTable
    cited: Cited

    @classmethod
    def open(cls, folder: Path | None, model_id: str) -> "OldVersion | None":
        """The version in a folder, or nothing where none is whole and made with this model."""
        if folder is None:
            return None
        try:
            manifest = Manifest.from_json((folder / MANIFEST).read_text("utf-8"))
        except (OSError, ValueError, TypeError):
            return None
        if manifest.model_id != model_id or first_damage(folder, manifest):
            return None
        return cls(
            folder=folder,
            store_checksums=manifest.store_checksums,
            line_keys=tuple(np.load(folder / "rows" / LINE_KEYS).tolist()),
            text_keys=tuple(np.load(folder / "rows" / TEXT_KEYS).tolist()),
            slots=np.load(folder / "rows" / SLOTS),
            postings=Postings.load(folder / "lexical"),
            vectors=VectorTable.load(folder / "vectors"),
            forms=Forms.load(folder),
            form_postings=Postings.load(folder / "known"),
            form_vectors=VectorTable.load(folder / "form_vectors"),
            cited=Cited.load(folder),
        )

    @property
    def vector_store(self) -> Path:
        """The folder of its vector store."""
        return self.folder / VECTOR_STORE
