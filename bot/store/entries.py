"""Entries with all their versions, and what people said about them."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

from sqlalchemy import ColumnElement, Engine, Subquery, func, select, update
from sqlalchemy.orm import Session, defer

from bot.chinese.normalise import normalise
from bot.curation.records import (
    Conflict,
    Decision,
    Fields,
    Listed,
    NameTaken,
    Page,
    Remark,
    State,
    Unknown,
    Version,
    Wanted,
)
from bot.store.tables import EntryRemarkRow, EntryRow, EntryUseRow, EntryVersionRow

COUNTED_MONTHS = 3  # this one and those before it; an entry in no answer of theirs is unused


class Entries:
    """The repository of entries over one database; every change is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def page(self, wanted: Wanted, *, first: int = 0, size: int = 50) -> Page:
        """The entries that are wanted, ``size`` of them from the ``first`` on."""
        use = _recent_use(_months(datetime.now(UTC), COUNTED_MONTHS))
        answers = func.coalesce(use.c.answers, 0)
        unhelpful = func.coalesce(use.c.unhelpful, 0)
        order = {
            "changed": EntryRow.changed_at.desc(),
            "title": EntryRow.title,
            "review_due": EntryRow.review_due,
            "answers": answers.desc(),
            "unhelpful": unhelpful.desc(),
        }[wanted.order]
        matching = (
            select(EntryRow.id)
            .outerjoin(use, use.c.entry_id == EntryRow.id)
            .where(*self._conditions(wanted, answers, unhelpful))
            .order_by(order, EntryRow.id)
        )
        with Session(self._engine) as session:
            ids = session.scalars(matching).all()  # texts are searched once, not again to count
            shown = ids[first : first + size]
            listed = (
                select(EntryRow, answers, unhelpful)
                .options(defer(EntryRow.searched))
                .outerjoin(use, use.c.entry_id == EntryRow.id)
                .where(EntryRow.id.in_(shown))
            )
            rows = {row.id: _listed(row, *counts) for row, *counts in session.execute(listed)}
        return Page(tuple(rows[each] for each in shown), len(ids))

    def get(self, entry: str) -> Listed:
        """One entry as lists show it; Unknown where there is none."""
        with Session(self._engine) as session:
            return _listed(_row(session, entry))

    def titles(self, entries: Sequence[str]) -> dict[str, str]:
        """What entries are called."""
        wanted = select(EntryRow.id, EntryRow.title).where(EntryRow.id.in_(entries))
        with Session(self._engine) as session:
            return {row.id: row.title for row in session.execute(wanted)}

    def exists(self, entry: str) -> bool:
        """Whether a name is in use."""
        with Session(self._engine) as session:
            return session.get(EntryRow, entry) is not None

    def topics(self) -> dict[str, int]:
        """How many entries each topic has."""
        counted = select(EntryRow.topic, func.count()).group_by(EntryRow.topic)
        with Session(self._engine) as session:
            return {row[0]: row[1] for row in session.execute(counted)}

    def states(self) -> dict[State, int]:
        """How many entries stand where."""
        counted = select(EntryRow.state, func.count()).group_by(EntryRow.state)
        with Session(self._engine) as session:
            return {State(state): count for state, count in session.execute(counted)}

    def version(self, entry: str, number: int | None = None) -> Version:
        """One version, the newest without a number; Unknown where there is none."""
        with Session(self._engine) as session:
            row = _row(session, entry)
            return _version(_version_row(session, entry, number or row.version))

    def versions(self, entry: str) -> tuple[Version, ...]:
        """All versions, the newest first."""
        wanted = (
            select(EntryVersionRow)
            .where(EntryVersionRow.entry_id == entry)
            .order_by(EntryVersionRow.number.desc())
        )
        with Session(self._engine) as session:
            return tuple(map(_version, session.scalars(wanted)))

    def remarks(self, entry: str) -> tuple[Remark, ...]:
        """What was said and decided, in order."""
        wanted = (
            select(EntryRemarkRow)
            .where(EntryRemarkRow.entry_id == entry)
            .order_by(EntryRemarkRow.id)
        )
        with Session(self._engine) as session:
            return tuple(
                Remark(entry, r.version, Decision(r.kind), r.author, r.text, r.created_at)
                for r in session.scalars(wanted)
            )

    def create(self, entry: str, fields: Fields, author: str, note: str) -> Listed:
        """A new entry with its first draft; NameTaken where the id is in use."""
        now = datetime.now(UTC)
        with Session(self._engine) as session, session.begin():
            if session.get(EntryRow, entry) is not None:
                raise NameTaken(f"there is an entry {entry} already")
            row = EntryRow(id=entry, revision=1, version=1, created_at=now, state=State.DRAFT)
            show(row, fields, author, now)
            session.add(row)
            session.flush()
            session.add(_new_version(row, fields, author, note, now))
            return _listed(row)

    def save(
        self, entry: str, fields: Fields, expected: int, author: str, note: str, *, retires: bool
    ) -> Listed:
        """Keep a text as the newest version, a draft; Conflict where others were faster.

        A draft that the same person saved last is written over, so that saving every few seconds
        does not make a hundred versions.
        """
        now = datetime.now(UTC)
        with Session(self._engine) as session, session.begin():
            row = _claim(session, entry, expected)
            last = _version_row(session, entry, row.version)
            if row.state == State.DRAFT and last.author == author and last.retires == retires:
                last.fields, last.note, last.created_at = dict(fields), note or last.note, now
            else:
                row.version += 1
                session.add(_new_version(row, fields, author, note, now, retires=retires))
            row.state, row.publish_at = State.DRAFT, None
            show(row, fields, author, now)
            return _listed(row)

    def move(
        self,
        entry: str,
        expected: int,
        state: State,
        decision: Decision,
        author: str,
        text: str = "",
        *,
        approved_by: str | None = None,
        fields: Fields | None = None,
        publish_at: datetime | None = None,
    ) -> Listed:
        """Take the newest version to another state, and note who did it."""
        now = datetime.now(UTC)
        with Session(self._engine) as session, session.begin():
            row = _claim(session, entry, expected)
            version = _version_row(session, entry, row.version)
            version.approved_by = approved_by
            version.approved_at = now if approved_by else None
            if fields is not None:
                version.fields = dict(fields)
                show(row, fields, row.author, now)
            row.state, row.publish_at, row.changed_at = state, publish_at, now
            session.add(remark(row, decision, author, text, now))
            return _listed(row)

    def say(self, entry: str, author: str, text: str, kind: Decision = Decision.COMMENT) -> None:
        """Add a remark about the newest version."""
        with Session(self._engine) as session, session.begin():
            session.add(remark(_row(session, entry), kind, author, text, datetime.now(UTC)))

    def due(self, now: datetime) -> tuple[str, ...]:
        """Approved entries whose time to go live has come."""
        wanted = select(EntryRow.id).where(
            EntryRow.state == State.APPROVED, EntryRow.publish_at <= now
        )
        with Session(self._engine) as session:
            return tuple(session.scalars(wanted))

    def file_waiting(self, entry: str) -> str | None:
        """The text of the entry's file that nobody has decided on yet."""
        with Session(self._engine) as session:
            return _row(session, entry).file_text

    def leave_file(self, entry: str, expected: int, author: str, decision: Decision) -> Listed:
        """Note that the file's newer text was looked at and decided on."""
        with Session(self._engine) as session, session.begin():
            row = _claim(session, entry, expected)
            row.file_text = None
            session.add(remark(row, decision, author, "", datetime.now(UTC)))
            return _listed(row)

    def _conditions(
        self, wanted: Wanted, answers: ColumnElement[int], unhelpful: ColumnElement[int]
    ) -> Iterable[ColumnElement[bool]]:
        place_in = func.instr if self._engine.dialect.name == "sqlite" else func.strpos
        for word in plain(wanted.words).split():
            yield place_in(EntryRow.searched, word) > 0
        if wanted.topic is not None:
            yield EntryRow.topic == wanted.topic
        if wanted.state is not None:
            yield EntryRow.state == wanted.state
        if wanted.due_by is not None:
            yield EntryRow.review_due <= wanted.due_by
            yield EntryRow.live_version.is_not(None)
        if wanted.weak:
            yield EntryRow.weak.is_(True)
        if wanted.to_check:
            yield EntryRow.check_instrument.is_not(None)
        if wanted.file_waits:
            yield EntryRow.file_text.is_not(None)
        if wanted.unused:
            yield EntryRow.live_version.is_not(None)
            yield answers == 0
        if wanted.voted_down:
            yield unhelpful > 0


def show(row: EntryRow, fields: Fields, author: str, now: datetime) -> None:
    """Bring what lists show and search up to a text."""
    row.topic, row.title = str(fields.get("topic", "")), str(fields.get("title", ""))
    row.review_due = _day(fields.get("review_due"))
    row.weak = any(each.get("verified", "text") != "text" for each in fields.get("citations", ()))
    row.author, row.changed_at = author, now
    row.searched = searchable(fields)


def searchable(fields: Fields) -> str:
    """All that can be read in an entry, in one script and case."""
    return plain("\n".join(_texts(fields)))


def plain(text: str) -> str:
    """Text as it is searched: simplified, half-width, small letters."""
    return normalise(text).casefold()


def remark(row: EntryRow, kind: Decision, author: str, text: str, now: datetime) -> EntryRemarkRow:
    """A remark about the newest version of an entry."""
    return EntryRemarkRow(
        entry_id=row.id, version=row.version, kind=kind, author=author, text=text, created_at=now
    )


def _day(written: object) -> date | None:
    """A date that was filled in already, and rightly."""
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        return None


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def _recent_use(months: Sequence[str]) -> Subquery:
    return (
        select(
            EntryUseRow.entry_id,
            func.sum(EntryUseRow.answers).label("answers"),
            func.sum(EntryUseRow.unhelpful).label("unhelpful"),
        )
        .where(EntryUseRow.month.in_(months))
        .group_by(EntryUseRow.entry_id)
        .subquery()
    )


def _months(now: datetime, count: int) -> list[str]:
    """This month and those before it.

    >>> _months(datetime(2026, 1, 31, tzinfo=UTC), 3)
    ['2026-01', '2025-12', '2025-11']
    """
    first = now.year * 12 + now.month - 1
    return [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(first, first - count, -1)]


def _claim(session: Session, entry: str, expected: int) -> EntryRow:
    """The row for its next change, which nobody else can make as well."""
    taken = update(EntryRow).where(EntryRow.id == entry, EntryRow.revision == expected)
    if session.execute(taken.values(revision=expected + 1)).rowcount == 1:  # type: ignore[attr-defined]
        return _row(session, entry)
    row = _row(session, entry)
    raise Conflict(entry, row.revision, row.author, row.changed_at)


def _row(session: Session, entry: str) -> EntryRow:
    row = session.get(EntryRow, entry)
    if row is None:
        raise Unknown(f"there is no entry {entry}")
    return row


def _version_row(session: Session, entry: str, number: int) -> EntryVersionRow:
    row = session.get(EntryVersionRow, (entry, number))
    if row is None:
        raise Unknown(f"{entry} has no version {number}")
    return row


def _new_version(
    row: EntryRow,
    fields: Fields,
    author: str,
    note: str,
    now: datetime,
    *,
    retires: bool = False,
) -> EntryVersionRow:
    return EntryVersionRow(
        entry_id=row.id,
        number=row.version,
        fields=dict(fields),
        retires=retires,
        author=author,
        note=note,
        created_at=now,
    )


def _listed(row: EntryRow, answers: int = 0, unhelpful: int = 0) -> Listed:
    return Listed(
        id=row.id,
        topic=row.topic,
        title=row.title,
        state=State(row.state),
        revision=row.revision,
        version=row.version,
        live_version=row.live_version,
        review_due=row.review_due,
        weak=row.weak,
        check_instrument=row.check_instrument,
        publish_at=row.publish_at,
        file_waits=row.file_text is not None,
        author=row.author,
        changed_at=row.changed_at,
        answers=answers,
        unhelpful=unhelpful,
    )


def _version(row: EntryVersionRow) -> Version:
    return Version(
        entry=row.entry_id,
        number=row.number,
        fields=row.fields,
        retires=row.retires,
        author=row.author,
        note=row.note,
        approved_by=row.approved_by,
        created_at=row.created_at,
    )
