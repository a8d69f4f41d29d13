"""From a library to the index that answers are read from."""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from bot.answering.retrieval.embedding import Embedder
from bot.answering.retrieval.retriever import Retriever
from bot.errors import IndexUnavailable, KnowledgeUnreadable
from bot.knowledge.library import Library
from bot.knowledge.library_lines import to_lines
from ingest.index import do_nothing, write_index
from ingest.laws import kept_laws, laws_fingerprint
from ingest.load.knowledge_base import read_registries
from ingest.split_guidance import passages

LIBRARY = "library.jsonl"
FINGERPRINT = "fingerprint.txt"
REGISTRY_FILES = ("*.yaml", "instruments/*.yaml")
GUIDANCE_FILES = "guidance/*/*.md"


def open_index(index_dir: Path, embedder: Embedder, fingerprint: str) -> Retriever | None:
    """The index as it lies there, if it is whole and was made from just that."""
    try:
        retriever = Retriever.open(index_dir, embedder)
        if retriever.extra(FINGERPRINT).decode() == fingerprint:
            return retriever
    except IndexUnavailable:
        return None  # none yet, damaged, or made with another model: it has to be built
    retriever.close()
    return None


def publish(
    library: Library,
    index_dir: Path,
    embedder: Embedder,
    fingerprint: str,
    data_dir: Path,
    *,
    reuse_from: Path | None = None,
    before_swap: Callable[[], object] = do_nothing,
) -> None:
    """Build a new index version from a library and the statutes taken in to the data folder."""
    extras = {LIBRARY: to_lines(library), FINGERPRINT: fingerprint.encode()}
    write_index(
        [*passages(library), *kept_laws(data_dir)],
        index_dir,
        embedder=embedder,
        extras=extras,
        reuse_from=reuse_from,
        before_swap=before_swap,
    )


def registries_of(knowledge_dir: Path) -> Library:
    """Instruments and registries of the files, or the first fault in them."""
    registries, faults = read_registries(knowledge_dir)
    if faults:
        raise KnowledgeUnreadable(f"{faults[0]}; run borrower-aid kb check")
    return registries


def fingerprint_of(knowledge_dir: Path, data_dir: Path, publication: str) -> str:
    """A name that changes with the registries, the statutes taken in and what is published."""
    names = (registries_fingerprint(knowledge_dir), laws_fingerprint(data_dir), publication)
    return hashlib.sha256("\n".join(names).encode()).hexdigest()


def registries_fingerprint(knowledge_dir: Path) -> str:
    """A hash of all instruments and registries."""
    files = (path for pattern in REGISTRY_FILES for path in knowledge_dir.glob(pattern))
    return _hash_of(files, knowledge_dir)


def guidance_fingerprint(knowledge_dir: Path) -> str:
    """A hash of all entries' files."""
    return _hash_of(guidance_files(knowledge_dir), knowledge_dir)


def guidance_files(knowledge_dir: Path) -> list[Path]:
    """The files of the entries, in their order."""
    return sorted(knowledge_dir.glob(GUIDANCE_FILES))


def _hash_of(files: Iterable[Path], folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(str(path.relative_to(folder)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
