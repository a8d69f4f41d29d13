"""Take sources in: load, clean, assess, split; then a draft for a person, or a law for the index."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from ingest.assess import Assess
from ingest.assess.near_duplicates import NearDuplicates
from ingest.assess.words import read_words
from ingest.clean import Clean
from ingest.drafts import kept_paragraphs, write_draft
from ingest.intake import Code, Concern, Intake, Kind, Source, Step, Unreadable
from ingest.laws import keep_law
from ingest.load import web
from ingest.load.archive import read_archive
from ingest.load.folder import files_in, read_file
from ingest.load.load import load
from ingest.report import Line, Report, lines_of
from ingest.split import split

Fetch = Callable[[str], Source]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the taking in has come: ``done`` of ``total`` sources, and the one now in hand."""

    done: int
    total: int
    source: str


Listener = Callable[[Progress], None]


def steps(duplicates: NearDuplicates) -> tuple[Step, ...]:
    """The way of a source."""
    words = read_words()
    return (load, Clean(words), Assess(words, duplicates), split)


def ingest_paths(
    paths: Sequence[str],
    as_kind: Kind | None,
    dry_run: bool,
    data_dir: Path,
    listener: Listener,
    *,
    fetch: Fetch = web.fetch,
) -> Report:
    """Take in files, folders, archives and addresses; a dry run writes nothing."""
    found = [each for path in paths for each in named_sources(path)]
    duplicates = NearDuplicates()
    for text, place in kept_paragraphs(data_dir, frozenset(found)):
        duplicates.remember(text, place)
    way = steps(duplicates)
    taken = _Taken(data_dir, dry_run)
    for number, name in enumerate(found):
        listener(Progress(number, len(found), name))
        for intake in intakes(name, as_kind, fetch):
            taken.add(run(intake, way))
    listener(Progress(len(found), len(found), ""))
    return taken.report()


def run(intake: Intake, way: Sequence[Step]) -> Intake:
    """The intake at the end of its way, or where it was refused."""
    for step in way:
        if intake.refused is not None:
            break
        try:
            intake = step(intake)
        except Unreadable as fault:
            intake = refused(intake, fault)
    return intake


def refused(intake: Intake, fault: Unreadable) -> Intake:
    """The intake with the reason why it goes no further."""
    return replace(intake, refused=Concern(Code.UNREADABLE, fault.line, fault.reason))


def named_sources(path: str) -> list[str]:
    """The files behind a path a person gave; an address stays as it is."""
    if web.is_address(path) or not Path(path).is_dir():
        return [path]
    return [file.as_posix() for file in files_in(Path(path))]


def intakes(name: str, as_kind: Kind | None, fetch: Fetch) -> Iterator[Intake]:
    """The intakes behind a file or address; an archive holds several."""
    kind = as_kind or Kind.WEB
    try:
        source = fetch(name) if web.is_address(name) else read_file(Path(name))
        archive = source.suffix == ".zip"
        sources = [*read_archive(source)] if archive else [source]
    except Unreadable as fault:
        yield refused(Intake(Source(name, b""), kind), fault)
        return
    for each in sources:
        yield Intake(each, kind, sure=as_kind is not None)


class _Taken:
    """What has been taken in so far."""

    def __init__(self, data_dir: Path, dry_run: bool) -> None:
        self._data_dir = data_dir
        self._dry_run = dry_run
        self._lines: list[Line] = []
        self._written: list[Path] = []
        self._sources = 0
        self._frame_lines = 0
        self._laws = False

    def add(self, intake: Intake) -> None:
        """Note what became of a source, and write it down unless nothing is to be written."""
        self._sources += 1
        self._lines.extend(lines_of(intake))
        if intake.refused is not None:
            return
        self._frame_lines += intake.read.dropped
        if not self._dry_run:
            self._write(intake)

    def _write(self, intake: Intake) -> None:
        if intake.kind is Kind.LAW:
            self._written.append(keep_law(intake, self._data_dir))
            self._laws = True
        elif path := write_draft(intake, self._data_dir, datetime.now(UTC)):
            self._written.append(path)

    def report(self) -> Report:
        """All of it."""
        return Report(
            tuple(self._lines), tuple(self._written), self._sources, self._frame_lines, self._laws
        )
