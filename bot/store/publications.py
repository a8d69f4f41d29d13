"""What is live: publications, one after the other, and the shelf that each of them left."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, func, select, text, tuple_
from sqlalchemy.orm import Session

from bot.curation.records import (
    AnswerChange,
    Change,
    Conflict,
    Decision,
    Going,
    Kind,
    NotNow,
    Overtaken,
    Publication,
    Shelf,
    State,
    Unknown,
)
from bot.knowledge.entry import Entry
from bot.knowledge.instrument import InstrumentStatus
from bot.knowledge.library import ExactAnswer, Mark
from bot.store.entries import remark, show
from bot.store.ids import new_id
from bot.store.tables import (
    CurationNoteRow,
    EntryRow,
    EntryVersionRow,
    ExactAnswerRow,
    InstrumentMarkRow,
    PublicationRow,
)

READ_AT_ONCE = 200  # texts in one query; each takes two of its variables
ONE_WRITER = 6072  # the advisory lock of PostgreSQL under which publications are numbered


class Publications:
    """The repository of publications over one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._read_shelf = ShelfReader()

    def newest_key(self) -> str | None:
        """The key of what is live; asked every second by every replica, so it reads one row."""
        newest = select(PublicationRow.key).order_by(PublicationRow.number.desc()).limit(1)
        with self._engine.connect() as connection:
            return connection.execute(newest).scalar()

    def page(self, first: int = 0, size: int = 50) -> tuple[Publication, ...]:
        """Publications, the newest first."""
        wanted = select(PublicationRow).order_by(PublicationRow.number.desc())
        with Session(self._engine) as session:
            rows = session.scalars(wanted.offset(first).limit(size))
            return tuple(map(_publication, rows))

    def get(self, number: int) -> Publication:
        """One publication; Unknown where there is none."""
        with Session(self._engine) as session:
            row = session.get(PublicationRow, number)
            if row is None:
                raise Unknown(f"there is no publication {number}")
            return _publication(row)

    def shelf(self) -> tuple[Shelf, str | None]:
        """What is live now, and the key of its publication."""
        with Session(self._engine) as session:
            newest = _newest(session)
            return self._read_shelf(session), newest.key if newest else None

    def shelf_after(self, going: Going) -> Shelf:
        """What would be live: the change is made, looked at and taken back."""
        with Session(self._engine) as session:
            begin_alone(session)
            apply(session, going, datetime.now(UTC))
            session.flush()
            shelf = self._read_shelf(session)
            session.rollback()
        return shelf

    def commit(
        self, going: Going, key: str, after: int, evaluation: Mapping[str, Any] | None = None
    ) -> Publication:
        """Make it live as the publication that follows number ``after``; Overtaken if it does not."""
        now = datetime.now(UTC)
        with Session(self._engine) as session, session.begin():
            begin_alone(session)
            newest = _newest(session)
            if (newest.number if newest else 0) != after:
                raise Overtaken
            answers = answer_changes(session, going)
            changes = apply(session, going, now)
            row = publication_row(going.kind, going.author, going.note, key, after + 1, now)
            row.changes, row.evaluation = [asdict(each) for each in changes], _plain(evaluation)
            row.answers = [asdict(each) for each in answers]
            session.add(row)
            return _publication(row)

    def answers_before(self, made: Publication) -> dict[str, State]:
        """How the exact answers stood before a publication, as far as they still stand so."""
        with Session(self._engine) as session:
            return dict(each for change in made.answers if (each := _undone(session, change)))

    def new_key(self) -> str:
        """A key for the next publication."""
        return new_id()

    def marks(self) -> tuple[Mark, ...]:
        """The instruments that curators marked."""
        with Session(self._engine) as session:
            return _marks(session)

    def note(self, name: str) -> str | None:
        """A fact of the workspace as a whole."""
        with Session(self._engine) as session:
            row = session.get(CurationNoteRow, name)
            return row.value if row else None

    def set_note(self, name: str, value: str) -> None:
        """Keep a fact of the workspace as a whole."""
        with Session(self._engine) as session, session.begin():
            session.merge(CurationNoteRow(name=name, value=value))


def begin_alone(session: Session) -> None:
    """Begin a transaction beside which no other changes what is live."""
    if session.get_bind().dialect.name == "sqlite":
        session.connection().exec_driver_sql("BEGIN IMMEDIATE")
    else:
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ONE_WRITER})


def publication_row(
    kind: Kind, author: str, note: str, key: str, number: int, now: datetime
) -> PublicationRow:
    """A publication in which nothing has changed yet."""
    return PublicationRow(
        number=number, key=key, kind=kind, author=author, note=note, changes=[], created_at=now
    )


def number_after(session: Session) -> int:
    """The number that the next publication gets."""
    return (session.scalar(select(func.max(PublicationRow.number))) or 0) + 1


Text = tuple[str, int, datetime, datetime | None]
"""An entry's version and when it was written and approved: what is live under it never changes."""


class ShelfReader:
    """Reads what is live; a text that was read before is not read again."""

    def __init__(self) -> None:
        self._read: dict[Text, Entry] = {}

    def __call__(self, session: Session) -> Shelf:
        """What is live as a transaction sees it, in the order of the files (a-b.md before a.md)."""
        live = (
            select(EntryRow.id, EntryRow.live_version, EntryRow.check_instrument)
            .add_columns(EntryVersionRow.created_at, EntryVersionRow.approved_at)
            .join(EntryVersionRow, EntryVersionRow.entry_id == EntryRow.id)
            .where(EntryRow.live_version == EntryVersionRow.number)
        )
        rows = session.execute(live).all()
        texts = {(row.id, row.live_version, row.created_at, row.approved_at) for row in rows}
        self._read = self._with_new(session, texts)
        entries = sorted(self._read.values(), key=lambda entry: (entry.topic, f"{entry.id}.md"))
        newest = _newest(session)
        ids = {row.id for row in rows}
        return Shelf(
            number=newest.number if newest else 0,
            entries=tuple(entries),
            marks=_marks(session),
            exact_answers=tuple(each for each in _exact_answers(session) if each.entry in ids),
            to_check={row.id: row.check_instrument for row in rows if row.check_instrument},
        )

    def _with_new(self, session: Session, live: set[Text]) -> dict[Text, Entry]:
        kept = {key: entry for key, entry in self._read.items() if key in live}
        missing = {key[:2]: key for key in live - kept.keys()}
        for some in batched(list(missing), READ_AT_ONCE):
            wanted = select(EntryVersionRow).where(
                tuple_(EntryVersionRow.entry_id, EntryVersionRow.number).in_(some)
            )
            for row in session.scalars(wanted):
                key = missing[row.entry_id, row.number]
                kept[key] = Entry.model_validate(row.fields)
        return kept


def batched(values: Sequence[tuple[str, int]], size: int) -> Iterable[Sequence[tuple[str, int]]]:
    """Some of the values at a time."""
    return (values[first : first + size] for first in range(0, len(values), size))


def apply(session: Session, going: Going, now: datetime) -> list[Change]:
    """Make the change in a transaction; what became of each entry."""
    changes = [_make_live(session, going, *each, now) for each in going.approved]
    changes += [_restore(session, going, *each, now) for each in going.restored]
    _set_marks(session, going, now)
    for answer, state in going.exact_answers.items():
        _settle(session, answer, state)
    session.flush()
    touched = {each.entry for each in changes}
    _queue_for_check(session, None if going.marks else touched, going.author, now)
    return changes


def _make_live(session: Session, going: Going, entry: str, revision: int, now: datetime) -> Change:
    row = session.get(EntryRow, entry)
    if row is None:
        raise Unknown(f"there is no entry {entry}")
    if row.revision != revision:
        raise Conflict(entry, row.revision, row.author, row.changed_at)
    if row.state != State.APPROVED:
        raise NotNow(f"{entry} is {row.state}, not approved")
    version = session.get_one(EntryVersionRow, (entry, row.version))
    change = Change(entry, row.live_version, None if version.retires else row.version)
    row.live_version = change.after
    row.state = State.RETIRED if version.retires else State.PUBLISHED
    row.publish_at, row.changed_at, row.revision = None, now, row.revision + 1
    row.check_instrument = None
    session.add(remark(row, Decision.PUBLISHED, going.author, going.note, now))
    return change


def _restore(
    session: Session, going: Going, entry: str, number: int | None, now: datetime
) -> Change:
    """Put a copy of an earlier version on top; a draft that was being written stays above it."""
    row = session.get(EntryRow, entry)
    if row is None:
        raise Unknown(f"there is no entry {entry}")
    before, newest = row.live_version, session.get_one(EntryVersionRow, (entry, row.version))
    in_work = row.state in (State.DRAFT, State.IN_REVIEW, State.APPROVED)
    row.revision, row.publish_at, row.check_instrument = row.revision + 1, None, None
    if number is None:
        row.live_version = None
        row.state = State.DRAFT if in_work else State.RETIRED
    else:
        _copy(session, row, number, going, now)
        row.live_version, row.state = row.version, State.PUBLISHED
    session.add(remark(row, Decision.ROLLED_BACK, going.author, going.note, now))
    if in_work and number is not None:
        _put_on_top(session, row, newest)
    return Change(entry, before, row.live_version)


def _copy(session: Session, row: EntryRow, number: int, going: Going, now: datetime) -> None:
    old = session.get(EntryVersionRow, (row.id, number))
    if old is None or old.approved_by is None:
        raise NotNow(f"version {number} of {row.id} was never approved")
    row.version += 1
    session.add(
        EntryVersionRow(
            entry_id=row.id,
            number=row.version,
            fields=old.fields,
            retires=False,
            author=old.author,
            note=going.note or f"as in version {number}",
            approved_by=old.approved_by,
            approved_at=old.approved_at,
            created_at=now,
        )
    )
    show(row, old.fields, old.author, now)


def _put_on_top(session: Session, row: EntryRow, draft: EntryVersionRow) -> None:
    row.version += 1
    session.add(
        EntryVersionRow(
            entry_id=row.id,
            number=row.version,
            fields=draft.fields,
            retires=draft.retires,
            author=draft.author,
            note=draft.note,
            created_at=draft.created_at,
        )
    )
    row.state = State.DRAFT
    show(row, draft.fields, draft.author, draft.created_at)


def answer_changes(session: Session, going: Going) -> list[AnswerChange]:
    """What becomes of each question whose exact answer changes; asked before it has."""
    changes = []
    for answer, state in going.exact_answers.items():
        row = session.get_one(ExactAnswerRow, answer)
        live = _live_answer(session, row.key)
        after = answer if state is State.PUBLISHED else None
        changes.append(AnswerChange(row.question, live.id if live else None, after))
    return changes


def _settle(session: Session, answer: str, state: State) -> None:
    """Put an approved answer in the place of its question's other one, or take one away."""
    row = session.get_one(ExactAnswerRow, answer)
    live = _live_answer(session, row.key)
    comes = row.state in (State.APPROVED, State.RETIRED) and row.approved_by is not None
    if not (comes if state is State.PUBLISHED else row is live):
        raise NotNow(f"this exact answer is {row.state}")
    for each, becomes in ((live, State.RETIRED), (row, state)):
        if each is not None and each.state != becomes:
            each.state, each.revision = becomes, each.revision + 1
    session.flush()


def _live_answer(session: Session, key: str) -> ExactAnswerRow | None:
    of = select(ExactAnswerRow).where(ExactAnswerRow.key == key)
    return session.scalar(of.where(ExactAnswerRow.state == State.PUBLISHED))


def _undone(session: Session, change: AnswerChange) -> tuple[str, State] | None:
    """What takes an answer's change back; nothing where the question was settled anew since."""
    of = session.get(ExactAnswerRow, change.after or change.before)
    live = _live_answer(session, of.key) if of else None
    if of is None or (live.id if live else None) != change.after:
        return None
    back = (change.before, State.PUBLISHED), (change.after, State.RETIRED)
    return next((answer, state) for answer, state in back if answer is not None)


def _set_marks(session: Session, going: Going, now: datetime) -> None:
    for instrument, mark in going.marks.items():
        row = session.get(InstrumentMarkRow, instrument)
        if row is not None:
            session.delete(row)
            session.flush()
        if mark is not None:
            session.add(
                InstrumentMarkRow(
                    instrument=instrument,
                    status=mark.status,
                    since=mark.since,
                    note=going.note,
                    author=going.author,
                    created_at=now,
                )
            )


def _queue_for_check(
    session: Session, entries: Iterable[str] | None, author: str, now: datetime
) -> None:
    """Live entries approved before an instrument they cite was marked have to be looked at."""
    marked = {row.instrument: row.created_at for row in session.scalars(select(InstrumentMarkRow))}
    live = (
        select(EntryRow, EntryVersionRow)
        .join(EntryVersionRow, EntryVersionRow.entry_id == EntryRow.id)
        .where(EntryVersionRow.number == EntryRow.live_version)
    )
    if entries is not None:
        live = live.where(EntryRow.id.in_(list(entries)))
    for row, version in session.execute(live):
        reason = _to_check(version, marked)
        if reason is not None and row.check_instrument != reason:
            session.add(remark(row, Decision.TO_CHECK, author, reason, now))
        row.check_instrument = reason


def _to_check(version: EntryVersionRow, marked: Mapping[str, datetime]) -> str | None:
    approved = version.approved_at or version.created_at
    for citation in version.fields.get("citations", ()):
        since = marked.get(citation["instrument"])
        if since is not None and approved < since:
            return str(citation["instrument"])
    return None


def _newest(session: Session) -> PublicationRow | None:
    return session.scalar(select(PublicationRow).order_by(PublicationRow.number.desc()).limit(1))


def _marks(session: Session) -> tuple[Mark, ...]:
    rows = session.scalars(select(InstrumentMarkRow).order_by(InstrumentMarkRow.instrument))
    return tuple(
        Mark(instrument=row.instrument, status=InstrumentStatus(row.status), since=row.since)
        for row in rows
    )


def _exact_answers(session: Session) -> Sequence[ExactAnswer]:
    live = select(ExactAnswerRow).where(ExactAnswerRow.state == State.PUBLISHED)
    return [
        ExactAnswer(question=row.question, entry=row.entry_id)
        for row in session.scalars(live.order_by(ExactAnswerRow.key))
    ]


def _publication(row: PublicationRow) -> Publication:
    return Publication(
        number=row.number,
        key=row.key,
        kind=Kind(row.kind),
        author=row.author,
        note=row.note,
        created_at=row.created_at,
        changes=tuple(Change(**each) for each in row.changes),
        answers=tuple(AnswerChange(**each) for each in row.answers or ()),
        evaluation=row.evaluation,
    )


def _plain(evaluation: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return dict(evaluation) if evaluation is not None else None
