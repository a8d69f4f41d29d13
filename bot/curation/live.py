"""What is live: the newest publication of the store, and the index that is made of it."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from bot.answering.retrieval.embedding import Embedder
from bot.answering.retrieval.retriever import Retriever
from bot.curation.compile import compile_library
from bot.curation.exchange import import_files
from bot.curation.records import FileEntry, Going, Overtaken, Publication, Shelf, Taken
from bot.errors import IndexUnavailable
from bot.knowledge.entry import Entry
from bot.knowledge.library import Library
from ingest.index import do_nothing
from ingest.publish import (
    fingerprint_of,
    guidance_fingerprint,
    open_index,
    publish,
    registries_fingerprint,
    registries_of,
)
from ingest.versions import wait_for_writer

log = logging.getLogger(__name__)
TRIES = 5
NO_CHANGE: Mapping[str, Entry | None] = {}
TRIED_OUT = "tried out"  # the fingerprint of an index that is never answered from


def no_objection(_library: Library) -> None:
    """What is said of a library that is to go live, unless somebody looks at it."""


class Files(Protocol):
    """What the store knows of the knowledge base's files."""

    def seen(self) -> str | None:
        """The fingerprint of the files taken in last."""
        ...

    def take(self, files: Sequence[FileEntry], fingerprint: str | None) -> Taken:
        """Bring the store up to the files."""
        ...


class Publications(Protocol):
    """What the store keeps of what is live."""

    def newest_key(self) -> str | None:
        """The key of the newest publication."""
        ...

    def shelf(self) -> tuple[Shelf, str | None]:
        """What is live, and the key of its publication."""
        ...

    def shelf_after(self, going: Going) -> Shelf:
        """What would be live."""
        ...

    def new_key(self) -> str:
        """A key for the next publication."""
        ...

    def commit(
        self, going: Going, key: str, after: int, evaluation: Mapping[str, Any] | None = None
    ) -> Publication:
        """Make it live; Overtaken where something else went first."""
        ...


class Live:
    """The one place where something becomes what borrowers read."""

    def __init__(
        self,
        publications: Publications,
        files: Files,
        knowledge_dir: Path,
        index_dir: Path,
        embedder: Embedder,
    ) -> None:
        self._publications = publications
        self._files = files
        self._knowledge_dir = knowledge_dir
        self._index_dir = index_dir
        self._embedder = embedder
        self._registries: tuple[str, Library] | None = None

    @property
    def embedder(self) -> Embedder:
        """The model whose vectors the index holds."""
        return self._embedder

    @property
    def _data_dir(self) -> Path:
        return self._index_dir.parent

    def follow_files(self) -> None:
        """Take in the knowledge base's files where they changed since the last time."""
        if self._files.seen() == guidance_fingerprint(self._knowledge_dir):
            return
        taken = import_files(self._files, self._knowledge_dir)
        if taken.waiting:
            log.warning(
                "files and workspace both changed, the workspace stays: %s; "
                "see borrower-aid kb import",
                " ".join(taken.waiting),
            )

    def newest_key(self) -> str | None:
        """The key of the newest publication."""
        return self._publications.newest_key()

    def open(self) -> tuple[str, Retriever]:
        """The newest publication's key and index: as it lies there, or built from the store."""
        for attempt in range(TRIES):
            key = self._publications.newest_key() or ""
            retriever = open_index(self._index_dir, self._embedder, self._fingerprint(key))
            if retriever is not None:
                return key, retriever
            if attempt == 0:
                wait_for_writer(self._index_dir)  # who may be about to bring just this index
            else:
                self._build()
        raise IndexUnavailable(f"{self._index_dir} changes faster than it can be opened")

    def make_live(
        self,
        going: Going,
        evaluation: Mapping[str, Any] | None = None,
        check: Callable[[Library], object] = no_objection,
    ) -> Publication:
        """Publish: the index is built beside the old one, then store and index change over.

        Should the process die between the two, the next to open or follow builds from the store.
        What ``check`` raises, given the library as it will be, keeps it all from going live.
        """
        for _ in range(TRIES):
            try:
                return self._make_live(going, evaluation, check)
            except Overtaken:
                log.info("another publication went first; building again")
        raise Overtaken("other publications went first, again and again")

    def _make_live(
        self,
        going: Going,
        evaluation: Mapping[str, Any] | None,
        check: Callable[[Library], object],
    ) -> Publication:
        shelf = self._publications.shelf_after(going)
        library = compile_library(self.registries(), shelf)
        check(library)
        key = self._publications.new_key()
        made: list[Publication] = []

        def commit() -> None:
            made.append(self._publications.commit(going, key, shelf.number, evaluation))

        self._write(library, key, commit)
        return made[0]

    def try_out(self, library: Library, folder: Path) -> Retriever:
        """An index of a library in a folder of its own; nobody is answered from it."""
        publish(
            library,
            folder,
            self._embedder,
            TRIED_OUT,
            self._data_dir,
            reuse_from=self._index_dir,
        )
        return Retriever.open(folder, self._embedder)

    def library(self, changed: Mapping[str, Entry | None] = NO_CHANGE) -> Library:
        """What is live, with some entries as they would be: changed, new, or gone."""
        shelf, _key = self._publications.shelf()
        kept = [each for each in shelf.entries if each.id not in changed]
        entries = [*kept, *(each for each in changed.values() if each is not None)]
        entries.sort(key=lambda entry: (entry.topic, f"{entry.id}.md"))
        return compile_library(self.registries(), replace(shelf, entries=tuple(entries)))

    def registries(self) -> Library:
        """Instruments and registries of the files, read again only where they changed."""
        fingerprint = registries_fingerprint(self._knowledge_dir)
        if self._registries is None or self._registries[0] != fingerprint:
            self._registries = fingerprint, registries_of(self._knowledge_dir)
        return self._registries[1]

    def _build(self) -> None:
        shelf, key = self._publications.shelf()
        self._write(compile_library(self.registries(), shelf), key or "")

    def _write(
        self, library: Library, key: str, before_swap: Callable[[], object] = do_nothing
    ) -> None:
        publish(
            library,
            self._index_dir,
            self._embedder,
            self._fingerprint(key),
            self._data_dir,
            before_swap=before_swap,
        )

    def _fingerprint(self, key: str) -> str:
        return fingerprint_of(self._knowledge_dir, self._data_dir, key)
