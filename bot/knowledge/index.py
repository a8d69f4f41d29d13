"""How an index version lies on disk: the values its writer and its readers share."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

FORMAT = 6
POINTER = "current"
MANIFEST = "manifest.json"
VERSIONS = "versions"
EXTRAS = "extras"
FORMS = "forms.txt"
LOCK = "in-use"  # readers hold this file for as long as they live
VECTOR_STORE = "chroma"  # not checked on opening: the vector store touches its files then
READ_SIZE = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a version holds, with which model and settings it was made, and its checksums."""

    version: str
    created: str
    model_id: str
    dimensions: int
    passages: int
    questions: int
    reused: int
    background: tuple[float, float]  # mean and spread of unrelated cosines
    exact: bool  # small, and the vector store holds what the table holds: no need to open it
    checksums: Mapping[str, str]
    store_checksums: Mapping[str, str]  # of the vector store as its writer left it
    format: int = FORMAT

    def to_json(self) -> str:
        """The manifest as it is written."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> "Manifest":
        """The manifest as it was written; ValueError where it is not one."""
        found: dict[str, Any] = json.loads(text)
        names = {field.name for field in fields(cls)}
        if not isinstance(found, dict) or set(found) != names or found["format"] != FORMAT:
            raise ValueError("not a manifest of this format")
        return cls(**{**found, "background": tuple(found["background"])})


def checksum(path: Path) -> str:
    """The SHA-256 of a file, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(READ_SIZE):
            digest.update(piece)
    return digest.hexdigest()


def checked_files(version_dir: Path) -> Iterator[Path]:
    """The files of a version that its manifest vouches for."""
    for path in sorted(version_dir.rglob("*")):
        inside = path.relative_to(version_dir)
        if path.is_file() and inside.parts[0] not in {MANIFEST, VECTOR_STORE}:
            yield path


def checksums(files: Iterable[Path], folder: Path) -> dict[str, str]:
    """The checksums of files under a folder, by their names in it."""
    return {path.relative_to(folder).as_posix(): checksum(path) for path in files}


def store_files(store: Path) -> Iterator[Path]:
    """The files of a vector store."""
    return (path for path in sorted(store.rglob("*")) if path.is_file())


def first_damage(version_dir: Path, manifest: Manifest) -> str | None:
    """The first file that is missing or not as the manifest says, or nothing."""
    for name, expected in manifest.checksums.items():
        path = version_dir / name
        if not path.is_file() or checksum(path) != expected:
            return name
    return None
