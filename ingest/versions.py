"""The folder of index versions: one writer at a time, a pointer swapped whole."""

import fcntl
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.knowledge.index import LOCK, MANIFEST, POINTER, VERSIONS, Manifest

WRITER_LOCK = "writer.lock"


@contextmanager
def new_version(index_dir: Path) -> Iterator[Path]:
    """A fresh folder for the one writer; what a killed writer left behind is swept first."""
    (index_dir / VERSIONS).mkdir(parents=True, exist_ok=True)
    with (index_dir / WRITER_LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _sweep(index_dir)
        version_dir = index_dir / VERSIONS / _fresh_name()
        version_dir.mkdir()
        try:
            yield version_dir
        finally:
            _sweep(index_dir)


def wait_for_writer(index_dir: Path) -> None:
    """Return when no writer is at work, at once if none is."""
    (index_dir / VERSIONS).mkdir(parents=True, exist_ok=True)
    with (index_dir / WRITER_LOCK).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)


def make_current(index_dir: Path, version_dir: Path, manifest: Manifest) -> None:
    """Seal a version with its manifest and point to it; before the last line it does not exist."""
    _write_to_disk(version_dir / MANIFEST, manifest.to_json())
    pointer = index_dir / f"{POINTER}.new"
    _write_to_disk(pointer, version_dir.name)
    pointer.replace(index_dir / POINTER)


def current_folder(index_dir: Path) -> Path | None:
    """The folder the pointer names, if there is a pointer."""
    try:
        name = (index_dir / POINTER).read_text("utf-8").strip()
    except FileNotFoundError:
        return None
    return index_dir / VERSIONS / name


def _fresh_name() -> str:
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{uuid.uuid4().hex[:6]}"


def _sweep(index_dir: Path) -> None:
    """Delete every version that is neither current nor being read."""
    current = current_folder(index_dir)
    for folder in (index_dir / VERSIONS).iterdir():
        if folder != current and not _being_read(folder):
            shutil.rmtree(folder)


def _being_read(folder: Path) -> bool:
    """Whether a reader holds the version; readers lock a file of it for as long as they live."""
    try:
        with (folder / LOCK).open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def _write_to_disk(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
