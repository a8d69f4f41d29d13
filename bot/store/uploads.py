"""Sources that were taken in for rewriting."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from bot.curation.records import Unknown, Upload
from bot.store.tables import UploadRow

OPEN, DONE = "open", "done"


class Uploads:
    """The repository of what was taken in over one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, record: Mapping[str, Any], author: str) -> Upload:
        """Keep what was read of a source; the same source again takes its place."""
        row = UploadRow(
            id=record["id"],
            source=record["source"],
            title=record["title"],
            state=OPEN,
            record=dict(record),
            author=author,
            taken_in=datetime.fromisoformat(record["taken_in"]),
        )
        with Session(self._engine) as session, session.begin():
            return _upload(session.merge(row))

    def page(self, state: str | None = OPEN, first: int = 0, size: int = 50) -> Sequence[Upload]:
        """What waits for somebody, or all of it; the newest first."""
        wanted = select(UploadRow).order_by(UploadRow.taken_in.desc(), UploadRow.id)
        if state is not None:
            wanted = wanted.where(UploadRow.state == state)
        with Session(self._engine) as session:
            rows = session.scalars(wanted.offset(first).limit(size))
            return [_upload(row) for row in rows]

    def known(self) -> frozenset[str]:
        """The ids of all that was kept."""
        with Session(self._engine) as session:
            return frozenset(session.scalars(select(UploadRow.id)))

    def get(self, upload: str) -> Upload:
        """One of them; Unknown where there is none."""
        with Session(self._engine) as session:
            row = session.get(UploadRow, upload)
            if row is None:
                raise Unknown(f"there is no upload {upload}")
            return _upload(row)

    def settle(self, upload: str) -> None:
        """Put one aside: it was rewritten, or is of no use."""
        with Session(self._engine) as session, session.begin():
            row = session.get(UploadRow, upload)
            if row is None:
                raise Unknown(f"there is no upload {upload}")
            row.state = DONE


def _upload(row: UploadRow) -> Upload:
    return Upload(row.id, row.source, row.title, row.state, row.record, row.author, row.taken_in)
