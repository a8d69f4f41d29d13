"""The knowledge base's files and the store: who follows whom."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, defer

from bot.curation.records import FILES, Change, FileEntry, Kind, State, Taken, fields_of
from bot.knowledge.entry import Entry
from bot.store.entries import show
from bot.store.ids import new_id
from bot.store.publications import begin_alone, number_after, publication_row
from bot.store.tables import CurationNoteRow, EntryRow, EntryVersionRow

SEEN = "files_seen"  # the note that holds the fingerprint of the files taken in last


class Files:
    """The repository as the files see it: what nobody touched follows them, the rest waits."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def seen(self) -> str | None:
        """The fingerprint of the files that were taken in last."""
        with Session(self._engine) as session:
            row = session.get(CurationNoteRow, SEEN)
            return row.value if row else None

    def waiting(self) -> tuple[str, ...]:
        """Entries whose file and workspace both changed, until somebody decides."""
        wanted = select(EntryRow.id).where(EntryRow.file_text.is_not(None))
        with Session(self._engine) as session:
            return tuple(session.scalars(wanted.order_by(EntryRow.id)))

    def take(self, files: Sequence[FileEntry], fingerprint: str | None) -> Taken:
        """Bring the store up to the files in one transaction; what changed goes live with it.

        Without a fingerprint they are not the files that entries follow: they add and change, and
        nothing is retired for want of a file.
        """
        now = datetime.now(UTC)
        with Session(self._engine) as session, session.begin():
            begin_alone(session)
            known = select(EntryRow).options(defer(EntryRow.searched))
            rows = {row.id: row for row in session.scalars(known)}
            taking = _Taking(session, now, followed=fingerprint is not None)
            for file in files:
                taking.file(file, rows.get(file.entry.id))
            if fingerprint is not None:
                there = {file.entry.id for file in files}
                for row in rows.values():
                    if row.file_hash is not None and row.id not in there:
                        taking.vanished(row)
                session.merge(CurationNoteRow(name=SEEN, value=fingerprint))
            taken = taking.taken()
            if taken:
                number = number_after(session)
                made = publication_row(Kind.IMPORT, FILES, "", new_id(), number, now)
                made.changes = [asdict(change) for change in taking.changes]
                session.add(made)
        return taken


@dataclass
class _Taking:
    """What has been taken in so far."""

    session: Session
    now: datetime
    followed: bool
    changes: list[Change] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)

    def file(self, file: FileEntry, row: EntryRow | None) -> None:
        if row is None:
            self._begin(file)
        elif not self.followed:
            self._add(file, row)
        elif row.file_hash != file.hash:
            row.file_hash = file.hash
            if row.file_version == row.version:
                self._follow(file, row)
            elif self._holds(row, file.entry):
                row.file_version, row.file_text = row.live_version, None
            else:
                row.file_text = file.text
                self.waiting.append(row.id)

    def _add(self, file: FileEntry, row: EntryRow) -> None:
        newest = self.session.get_one(EntryVersionRow, (row.id, row.version))
        if self._holds(row, file.entry):
            return
        if newest.author == FILES:
            self._follow(file, row)
        else:
            row.file_text = file.text
            self.waiting.append(row.id)

    def vanished(self, row: EntryRow) -> None:
        row.file_hash = None
        if row.file_version == row.version:
            self.changes.append(Change(row.id, row.live_version, None))
            row.live_version, row.state, row.revision = None, State.RETIRED, row.revision + 1
            row.check_instrument = None
            self.retired.append(row.id)
        else:
            row.file_text = ""
            self.waiting.append(row.id)

    def taken(self) -> Taken:
        return Taken(
            *(tuple(sorted(ids)) for ids in (self.new, self.changed, self.retired, self.waiting))
        )

    def _begin(self, file: FileEntry) -> None:
        row = EntryRow(id=file.entry.id, revision=0, version=0, created_at=self.now)
        row.file_hash, row.live_version = file.hash if self.followed else None, None
        self.session.add(row)
        self._go_live(file, row)
        self.new.append(row.id)

    def _follow(self, file: FileEntry, row: EntryRow) -> None:
        self._go_live(file, row)
        self.changed.append(row.id)

    def _go_live(self, file: FileEntry, row: EntryRow) -> None:
        fields = fields_of(file.entry)
        before, row.version, row.revision = row.live_version, row.version + 1, row.revision + 1
        row.live_version = row.version
        row.file_version = row.version if self.followed else row.file_version
        row.state = State.PUBLISHED
        show(row, fields, FILES, self.now)
        self.session.add(
            EntryVersionRow(
                entry_id=row.id,
                number=row.version,
                fields=fields,
                retires=False,
                author=FILES,
                note="",
                approved_by=FILES,
                approved_at=self.now,
                created_at=self.now,
            )
        )
        self.changes.append(Change(row.id, before, row.version))

    def _holds(self, row: EntryRow, entry: Entry) -> bool:
        """Whether the file says what is live already, as after an export."""
        live = self.session.get(EntryVersionRow, (row.id, row.live_version or 0))
        return live is not None and Entry.model_validate(live.fields) == entry
