"""What answers are made of, held so that a new publication replaces it whole."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import overload

from bot.answering.composing.shelf import Shelf
from bot.answering.pipeline import Step
from bot.answering.retrieval.retriever import Retriever
from bot.knowledge.library import Library


@dataclass(frozen=True, slots=True, eq=False)
class Edition:
    """Everything that was made from one publication: none of it is used beside parts of another.

    ``answering`` are the steps of a message that stands alone, ``talking`` those of a conversation.
    """

    key: str
    library: Library
    retriever: Retriever
    shelf: Shelf
    answering: Sequence[Step]
    talking: Sequence[Step]


class Editions:
    """The current edition; turns that began on the one before finish on it."""

    def __init__(self, first: Edition) -> None:
        self._lock = Lock()
        self._current = first
        self._readers: dict[Edition, int] = {first: 0}

    @property
    def current(self) -> Edition:
        """The edition that new turns get."""
        return self._current

    @contextmanager
    def reading(self) -> Iterator[Edition]:
        """The current edition, kept open until the reader is done."""
        with self._lock:
            edition = self._current
            self._readers[edition] += 1
        try:
            yield edition
        finally:
            with self._lock:
                self._readers[edition] -= 1
                self._close_unread()

    def swap(self, edition: Edition) -> None:
        """Give new turns another edition; the one before closes with its last reader."""
        with self._lock:
            self._readers.setdefault(edition, 0)
            self._current = edition
            self._close_unread()

    def _close_unread(self) -> None:
        for edition, readers in list(self._readers.items()):
            if not readers and edition is not self._current:
                del self._readers[edition]
                edition.retriever.close()


class AnsweringSteps(Sequence[Step]):
    """The steps of the edition that is current when somebody begins to go through them."""

    def __init__(self, editions: Editions) -> None:
        self._editions = editions

    def __iter__(self) -> Iterator[Step]:
        """The steps of one edition, held until they have been gone through or left."""
        with self._editions.reading() as edition:
            yield from self._of(edition)

    def __len__(self) -> int:
        """How many there are now."""
        return len(self._of(self._editions.current))

    @overload
    def __getitem__(self, place: int) -> Step: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Step]: ...

    def __getitem__(self, place: int | slice) -> Step | Sequence[Step]:
        """A step of the current edition."""
        return self._of(self._editions.current)[place]

    def _of(self, edition: Edition) -> Sequence[Step]:
        return edition.answering


class TalkingSteps(AnsweringSteps):
    """The same for a conversation."""

    def _of(self, edition: Edition) -> Sequence[Step]:
        return edition.talking
