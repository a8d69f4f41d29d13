"""Between the store and the files of the knowledge base: both ways, nothing lost."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.curation.records import FileEntry, Taken
from bot.errors import KnowledgeUnreadable
from bot.knowledge.entry import Entry
from ingest.export import write_entry
from ingest.finding import Finding, Located
from ingest.load.guidance import read_entry
from ingest.publish import guidance_files, guidance_fingerprint
from ingest.whole_file import write_whole


@dataclass(frozen=True, slots=True)
class Exported:
    """What became of a folder: files written, files removed, entries left as they were."""

    written: tuple[Path, ...]
    removed: tuple[Path, ...]
    kept: tuple[str, ...]


class Files(Protocol):
    """What the store does with files."""

    def take(self, files: list[FileEntry], fingerprint: str | None) -> Taken:
        """Bring the store up to the files."""
        ...


def import_files(store: Files, knowledge_dir: Path) -> Taken:
    """Bring entries up to the knowledge base's files; one that cannot be read is named, none taken."""
    fingerprint = guidance_fingerprint(knowledge_dir)
    return store.take(read_files(knowledge_dir), fingerprint)


def add_files(store: Files, folder: Path) -> Taken:
    """Add the entries of another folder, and change those that only files wrote so far."""
    return store.take(read_files(folder), None)


def read_files(knowledge_dir: Path) -> list[FileEntry]:
    """The entries of a folder's files."""
    found, faults = [], []
    for file in guidance_files(knowledge_dir):
        text = file.read_text("utf-8")
        read = read_entry(file, text)
        if isinstance(read, Located):
            found.append(FileEntry(read.value, text, hashlib.sha256(text.encode()).hexdigest()))
        else:
            faults += read
    faults += _twice(found, knowledge_dir)
    if faults:
        raise KnowledgeUnreadable(f"{faults[0]}; run borrower-aid kb check")
    if not found:
        raise KnowledgeUnreadable(f"{knowledge_dir} holds no guidance/<topic>/<id>.md")
    return found


def export_files(entries: Iterable[Entry], folder: Path, keep: Collection[str] = ()) -> Exported:
    """Bring a folder's guidance up to what is live, except the files of the entries to keep."""
    texts = {_path(entry, folder): write_entry(entry) for entry in entries}
    kept = {path for path in {*texts, *guidance_files(folder)} if path.stem in keep}
    written = [path for path in texts if path not in kept and not _holds(path, texts[path])]
    removed = [path for path in guidance_files(folder) if path not in texts and path not in kept]
    for path in written:
        write_whole(path, texts[path])
    for path in removed:
        path.unlink()
    return Exported(tuple(written), tuple(removed), tuple(sorted(path.stem for path in kept)))


def _path(entry: Entry, folder: Path) -> Path:
    return folder / "guidance" / entry.topic / f"{entry.id}.md"


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()


def _twice(found: Iterable[FileEntry], folder: Path) -> Iterable[Finding]:
    seen: set[str] = set()
    for each in found:
        if each.entry.id in seen:
            yield Finding(_path(each.entry, folder), 1, "id-twice", f"{each.entry.id} stands twice")
        seen.add(each.entry.id)
