"""From the knowledge base's folder to the index that answers are read from."""

import hashlib
from pathlib import Path

from bot.answering.retrieval.embedding import Embedder
from bot.answering.retrieval.retriever import Retriever
from bot.errors import IndexUnavailable, KnowledgeUnreadable
from ingest.index import write_index
from ingest.laws import kept_laws, laws_fingerprint
from ingest.load.knowledge_base import KnowledgeBaseUnreadable, read_knowledge_base
from ingest.split_guidance import passages

LIBRARY = "library.json"
FINGERPRINT = "fingerprint.txt"
READ_FROM = ("*.yaml", "guidance/**/*.md", "instruments/*.yaml")


def open_published(knowledge_dir: Path, index_dir: Path, embedder: Embedder) -> Retriever:
    """The index of the knowledge as it is now: reused if nothing changed, else built again."""
    try:
        retriever = Retriever.open(index_dir, embedder)
        if retriever.extra(FINGERPRINT).decode() == fingerprint(knowledge_dir, index_dir.parent):
            return retriever
    except IndexUnavailable:
        pass  # none yet, damaged, or made with another model: it is built again below
    publish(knowledge_dir, index_dir, embedder)
    return Retriever.open(index_dir, embedder)


def publish(knowledge_dir: Path, index_dir: Path, embedder: Embedder) -> None:
    """Build a new index version from the knowledge base and the statutes taken in beside it."""
    data_dir = index_dir.parent
    try:
        library = read_knowledge_base(knowledge_dir)
    except KnowledgeBaseUnreadable as fault:
        raise KnowledgeUnreadable(f"{fault.findings[0]}; run borrower-aid kb check") from fault
    extras = {
        LIBRARY: library.to_json(),
        FINGERPRINT: fingerprint(knowledge_dir, data_dir).encode(),
    }
    found = [*passages(library), *kept_laws(data_dir)]
    write_index(found, index_dir, embedder=embedder, extras=extras)


def fingerprint(knowledge_dir: Path, data_dir: Path) -> str:
    """A hash of every file that goes into the index; it changes when the knowledge does."""
    digest = hashlib.sha256(laws_fingerprint(data_dir).encode())
    for pattern in READ_FROM:
        for path in sorted(knowledge_dir.glob(pattern)):
            digest.update(str(path.relative_to(knowledge_dir)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
