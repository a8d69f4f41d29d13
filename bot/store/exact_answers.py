"""Questions that curators settled on one entry for."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from bot.curation.records import Conflict, NameTaken, NotNow, Settled, State, Unknown
from bot.knowledge.question_key import question_key
from bot.store.ids import new_id
from bot.store.tables import EntryRow, ExactAnswerRow

WAITING = (State.IN_REVIEW, State.APPROVED)


class SettledQuestions:
    """The repository of exact answers over one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def propose(self, question: str, entry: str, author: str, note: str) -> Settled:
        """Ask for a question to be answered by an entry; NameTaken where that is so, or asked for."""
        key = question_key(question)[:200]
        if not key:
            raise NotNow("a question needs words")
        with Session(self._engine) as session, session.begin():
            if session.get(EntryRow, entry) is None:
                raise Unknown(f"there is no entry {entry}")
            same = session.scalars(select(ExactAnswerRow).where(ExactAnswerRow.key == key)).all()
            for old in same:
                if old.state in WAITING or (old.state == State.PUBLISHED and old.entry_id == entry):
                    raise NameTaken(f"this question is settled for {old.entry_id}")
            row = ExactAnswerRow(
                id=new_id(),
                key=key,
                question=question,
                entry_id=entry,
                state=State.IN_REVIEW,
                revision=1,
                author=author,
                note=note,
                created_at=datetime.now(UTC),
            )
            session.add(row)
            return _settled(row, len(same) + 1)

    def get(self, answer: str) -> Settled:
        """One of them; Unknown where there is none."""
        with Session(self._engine) as session:
            return _settled(_row(session, answer))

    def page(self, state: State | None = None) -> Sequence[Settled]:
        """All versions, or those in one state, the newest first."""
        version = func.row_number().over(
            partition_by=ExactAnswerRow.key, order_by=(ExactAnswerRow.created_at, ExactAnswerRow.id)
        )
        wanted = select(ExactAnswerRow, version).order_by(ExactAnswerRow.created_at.desc())
        with Session(self._engine) as session:
            found = [_settled(row, number) for row, number in session.execute(wanted)]
        return [each for each in found if state in (None, each.state)]

    def move(
        self, answer: str, expected: int, state: State, approved_by: str | None = None
    ) -> Settled:
        """Take one to another state; Conflict where others were faster."""
        claim = (
            update(ExactAnswerRow)
            .where(ExactAnswerRow.id == answer, ExactAnswerRow.revision == expected)
            .values(revision=expected + 1, state=state, approved_by=approved_by)
        )
        with Session(self._engine) as session, session.begin():
            if session.execute(claim).rowcount != 1:  # type: ignore[attr-defined]
                row = _row(session, answer)
                raise Conflict(row.entry_id, row.revision, row.author, row.created_at)
            return _settled(_row(session, answer))


def _row(session: Session, answer: str) -> ExactAnswerRow:
    row = session.get(ExactAnswerRow, answer)
    if row is None:
        raise Unknown("there is no such exact answer")
    return row


def _settled(row: ExactAnswerRow, version: int = 1) -> Settled:
    return Settled(
        id=row.id,
        question=row.question,
        entry=row.entry_id,
        state=State(row.state),
        revision=row.revision,
        author=row.author,
        approved_by=row.approved_by,
        note=row.note,
        created_at=row.created_at,
        version=version,
    )
