"""The audit log: every line carries a hash of itself and of the line before it."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from bot.curation.people import AuditBroken, Event
from bot.store.tables import AuditRow

BEGINNING = "0" * 64
ONE_WRITER = 6073  # the advisory lock of PostgreSQL under which lines are numbered
BATCH = 1000


class Audit:
    """The log over one database; nothing here changes or deletes, and the database refuses to."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def record(self, who: str, act: str, about: str = "", **details: str) -> None:
        """Add a line."""
        with Session(self._engine) as session, session.begin():
            _begin_alone(session)
            last = session.scalar(select(AuditRow).order_by(AuditRow.number.desc()).limit(1))
            row = AuditRow(
                number=last.number + 1 if last else 1,
                at=datetime.now(UTC),
                who=who[:40],
                act=act,
                about=about[:120],
                details=details,
            )
            row.hash = _hash(last.hash if last else BEGINNING, row)
            session.add(row)

    def page(
        self, who: str = "", act: str = "", about: str = "", *, first: int = 0, size: int = 50
    ) -> tuple[list[Event], int]:
        """Lines, the newest first, and how many there are in all."""
        found = select(AuditRow)
        if who:
            found = found.where(AuditRow.who == who)
        if act:
            found = found.where(AuditRow.act == act)
        if about:
            found = found.where(AuditRow.about == about)
        counted = select(func.count()).select_from(found.subquery())
        listed = found.order_by(AuditRow.number.desc()).offset(first).limit(size)
        with Session(self._engine) as session:
            return [_event(row) for row in session.scalars(listed)], session.scalar(counted) or 0

    def acts(self) -> list[str]:
        """The kinds of lines there are."""
        with Session(self._engine) as session:
            return list(session.scalars(select(AuditRow.act).distinct().order_by(AuditRow.act)))

    def check(self, seen: str | None = None) -> tuple[int, str]:
        """How many lines hold together, and the last hash; AuditBroken where one does not.

        ``seen`` is a last hash noted earlier: a log that was cut off or written anew lacks it.
        """
        before, number, met = BEGINNING, 0, seen is None
        for row in self._all():
            if row.number != number + 1 or row.hash != _hash(before, row):
                raise AuditBroken(f"the audit log does not hold together at line {number + 1}")
            before, number = row.hash, row.number
            met = met or row.hash == seen
        if not met:
            raise AuditBroken("the hash noted earlier is not in the audit log any more")
        return number, before

    def _all(self) -> Iterator[AuditRow]:
        """Every line, a batch at a time."""
        place: int | None = None
        while True:
            wanted = select(AuditRow).order_by(AuditRow.number).limit(BATCH)
            if place is not None:
                wanted = wanted.where(AuditRow.number > place)
            with Session(self._engine) as session:
                rows = session.scalars(wanted).all()
            if not rows:
                return
            yield from rows
            place = rows[-1].number


def _begin_alone(session: Session) -> None:
    """Begin a transaction beside which nobody else adds a line."""
    if session.get_bind().dialect.name == "sqlite":
        session.connection().exec_driver_sql("BEGIN IMMEDIATE")
    else:
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ONE_WRITER})


def _hash(before: str, row: AuditRow) -> str:
    line = [row.number, row.at.isoformat(), row.who, row.act, row.about, row.details]
    written = json.dumps(line, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(f"{before}\n{written}".encode()).hexdigest()


def _event(row: AuditRow) -> Event:
    return Event(row.number, row.at, row.who, row.act, row.about, row.details, row.hash)
