"""What the texts of a new version cite; in what did not change it is known from the old version."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.answering.retrieval.citation_prior import Citations, citations_in, cited_names
from bot.knowledge.passage import Passage
from ingest.match import Match

FILE = "citations.json"
MOST_NEW_NAMES = 20  # with more it is quicker to read all texts again


@dataclass(frozen=True, slots=True)
class Cited:
    """The names that can be cited, and for each row what its text cites."""

    names: frozenset[str]
    found: tuple[Citations, ...]

    @classmethod
    def read(cls, passages: Sequence[Passage], old: "Cited | None", same: Match) -> "Cited":
        """What passages cite, taken over where neither text nor names give another result."""
        names = cited_names(passages)
        new = names - old.names if old else names
        if old is None or len(new) > MOST_NEW_NAMES:
            return cls(names, tuple(citations_in(each.text, names) for each in passages))
        gone = old.names - names
        found = (
            citations_in(passage.text, names)
            if row < 0 or _differs(passage.text, old.found[row], new, gone)
            else old.found[row]
            for passage, row in zip(passages, same.old_rows.tolist(), strict=True)
        )
        return cls(names, tuple(found))

    def save(self, folder: Path) -> None:
        """Write what was found into a folder."""
        written = {"names": sorted(self.names), "found": self.found}
        content = json.dumps(written, ensure_ascii=False).encode("utf-8", "replace")
        (folder / FILE).write_bytes(content)

    @classmethod
    def load(cls, folder: Path) -> "Cited":
        """What a folder holds."""
        written = json.loads((folder / FILE).read_text("utf-8"))
        found = (tuple((name, article) for name, article in each) for each in written["found"])
        return cls(frozenset(written["names"]), tuple(found))


def _differs(text: str, found: Citations, new: frozenset[str], gone: frozenset[str]) -> bool:
    """Whether other names may give a text other citations: it has to hold a name to cite it."""
    return any(name in text for name in new) or any(name in gone for name, _article in found)
