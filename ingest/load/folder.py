"""A folder -> its files one by one; what is hidden, linked or too large stays outside."""

from collections.abc import Iterator
from pathlib import Path

from ingest.intake import Source, Unreadable

LARGEST_FILE = 50_000_000
READABLE = frozenset({".md", ".txt", ".html", ".htm", ".pdf", ".docx", ".zip"})


def files_in(folder: Path) -> Iterator[Path]:
    """The files under a folder in the order of their names, hidden ones left out."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        if path.is_file() and not path.is_symlink() and not any(p.startswith(".") for p in inside):
            yield path


def read_file(path: Path) -> Source:
    """A file's bytes, refused where there are too many of them."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Unreadable(f"is larger than {LARGEST_FILE // 1_000_000} MB")
        return Source(path.as_posix(), path.read_bytes())
    except OSError as fault:
        raise Unreadable(fault.strerror or "cannot be read") from fault
