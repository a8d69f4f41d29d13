"""A file or address -> its assessment, and its text beside an empty draft; never published as it is."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from bot.curation.records import Upload

if TYPE_CHECKING:
    from ingest.intake import Concern, Intake, Source


class Store(Protocol):
    """What is kept of sources."""

    def keep(self, record: dict[str, Any], author: str) -> Upload:
        """Keep what was read of a source."""
        ...

    def known(self) -> frozenset[str]:
        """The ids of all that was kept."""
        ...


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a source: what was kept for rewriting, and what speaks against its parts."""

    uploads: tuple[Upload, ...]
    concerns: "tuple[Concern, ...]"


class TakeIn:
    """Takes sources in for people to rewrite; blocks while it reads, so call it from a thread."""

    def __init__(self, store: Store, data_dir: Path) -> None:
        self._store = store
        self._data_dir = data_dir

    def file(self, name: str, content: bytes, author: str) -> TakenIn:
        """A file as it was uploaded; an archive holds several."""
        from ingest.intake import Source

        return self._take(Source(Path(name).name, content), author)

    def address(self, address: str, author: str) -> TakenIn:
        """A page of the public web."""
        from ingest.intake import Intake, Kind, Source, Unreadable
        from ingest.load.web import fetch
        from ingest.pipeline import refused

        try:
            return self._take(fetch(address), author)
        except Unreadable as fault:
            return self._kept([refused(Intake(Source(address, b""), Kind.WEB), fault)], author)

    def gather(self, author: str = "ingest") -> Sequence[Upload]:
        """What ``borrower-aid ingest`` left on this machine and the store does not have yet."""
        from ingest.drafts import FOLDER

        known = self._store.known()
        files = sorted((self._data_dir / FOLDER).glob("*.json"))
        new = [file for file in files if file.stem not in known]
        return [self._store.keep(json.loads(file.read_text("utf-8")), author) for file in new]

    def _take(self, source: "Source", author: str) -> TakenIn:
        return self._kept(list(_assessed(source)), author)

    def _kept(self, found: "Sequence[Intake]", author: str) -> TakenIn:
        from ingest.drafts import draft_record

        now = datetime.now(UTC)
        records = [draft_record(each, now) for each in found if each.refused is None]
        uploads = [self._store.keep(record, author) for record in records if record is not None]
        concerns = (concern for each in found for concern in _concerns(each))
        return TakenIn(tuple(uploads), tuple(dict.fromkeys(concerns)))


def _concerns(intake: "Intake") -> "Iterator[Concern]":
    if intake.refused is not None:
        yield intake.refused
    for piece in intake.pieces:
        yield from piece.concerns


def _assessed(source: "Source") -> "Iterator[Intake]":
    from ingest.assess.near_duplicates import NearDuplicates
    from ingest.intake import Intake, Kind, Unreadable
    from ingest.load.archive import read_archive
    from ingest.pipeline import refused, run, steps

    way = steps(NearDuplicates())
    kind: Kind = Kind.WEB
    try:
        sources = [*read_archive(source)] if source.suffix == ".zip" else [source]
    except Unreadable as fault:
        yield refused(Intake(source, kind), fault)
        return
    for each in sources:
        yield run(Intake(each, kind), way)


def prefilled(upload: Upload) -> dict[str, Any]:
    """The beginning of an entry from a source: its title and questions; its words stay beside it."""
    questions = [form for part in upload.record["passages"] for form in part["questions"]]
    return {
        "title": upload.title,
        "questions": list(dict.fromkeys(questions)),
        "short_answer": "",
        "steps": [],
    }
