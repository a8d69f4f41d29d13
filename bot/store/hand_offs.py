"""Talks handed over to volunteers, and the lines that are still to be carried to either side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, Select, Update, delete, select, update
from sqlalchemy.orm import Session

from bot.dialogue.hand_off import HandOff, Line, Side, Stage
from bot.knowledge.vocabulary import Language
from bot.store.tables import ConversationRow, HandOffLineRow, HandOffRow

OPEN = (Stage.ASKED, Stage.WAITING, Stage.TAKEN)


@dataclass(frozen=True, slots=True)
class Carried:
    """A line on its way: its hand-off, and the key under which its transport knows the person."""

    line: Line
    hand_off: HandOff
    key: str


class HandOffs:
    """The repository of hand-offs over one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def current(self, conversation_id: str) -> HandOff | None:
        """The hand-off of a conversation that is not over."""
        with Session(self._engine) as session:
            row = session.scalar(_open_one(conversation_id))
            return _hand_off(row) if row else None

    def latest(self, transport: str, key: str) -> HandOff | None:
        """The last hand-off of a transport's conversation, wherever it stands."""
        wanted = (
            select(HandOffRow)
            .join(ConversationRow, ConversationRow.id == HandOffRow.conversation_id)
            .where(ConversationRow.transport == transport, ConversationRow.key == key)
            .order_by(HandOffRow.number.desc())
            .limit(1)
        )
        with Session(self._engine) as session:
            row = session.scalar(wanted)
            return _hand_off(row) if row else None

    def ask(self, conversation_id: str, language: Language, site: str | None = None) -> HandOff:
        """The open hand-off of a conversation, begun if there is none."""
        with Session(self._engine) as session, session.begin():
            row = session.scalar(_open_one(conversation_id))
            if row is None:
                row = HandOffRow(
                    conversation_id=conversation_id,
                    stage=Stage.ASKED,
                    language=language,
                    volunteer="",
                    site=site,
                    since=datetime.now(UTC),
                )
                session.add(row)
                session.flush()
            return _hand_off(row)

    def move(
        self,
        number: int,
        before: Sequence[Stage],
        after: Stage,
        lines: Sequence[Line] = (),
        volunteer: str | None = None,
    ) -> bool:
        """Change the stage and keep lines, both or neither; False if it stands elsewhere by now."""
        changes: dict[str, Any] = {"stage": after, "since": datetime.now(UTC)}
        if volunteer is not None:
            changes["volunteer"] = volunteer
        there = update(HandOffRow).where(HandOffRow.number == number, HandOffRow.stage.in_(before))
        with Session(self._engine) as session, session.begin():
            changed: Any = session.execute(there.values(**changes))
            if changed.rowcount:
                session.add_all(_row(number, line) for line in lines)
            return bool(changed.rowcount)

    def add(self, number: int, line: Line) -> None:
        """Keep a line."""
        with Session(self._engine) as session, session.begin():
            session.add(_row(number, line))

    def lines(self, number: int) -> Sequence[Line]:
        """All lines of a hand-off, oldest first."""
        wanted = (
            select(HandOffLineRow)
            .where(HandOffLineRow.number == number)
            .order_by(HandOffLineRow.id)
        )
        with Session(self._engine) as session:
            return [_line(row) for row in session.scalars(wanted)]

    def drop_lines(self, number: int) -> None:
        """Delete what was passed on."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(HandOffLineRow).where(HandOffLineRow.number == number))

    def standing(self, stage: Stage) -> Sequence[HandOff]:
        """The hand-offs of a stage, the longest there first."""
        wanted = (
            select(HandOffRow)
            .where(HandOffRow.stage == stage)
            .order_by(HandOffRow.since, HandOffRow.number)
        )
        with Session(self._engine) as session:
            return [_hand_off(row) for row in session.scalars(wanted)]

    def find(self, number: int) -> HandOff | None:
        """A hand-off by its number."""
        with Session(self._engine) as session:
            row = session.get(HandOffRow, number)
            return _hand_off(row) if row else None

    def to_carry(self, to: Side, transport: str | None = None) -> Sequence[Carried]:
        """The lines for one side that nobody has carried yet, in order; of one transport or all."""
        wanted = (
            select(HandOffLineRow, HandOffRow, ConversationRow.key)
            .join(HandOffRow, HandOffRow.number == HandOffLineRow.number)
            .join(ConversationRow, ConversationRow.id == HandOffRow.conversation_id)
            .where(~HandOffLineRow.carried, HandOffLineRow.to == to)
            .order_by(HandOffLineRow.id)
        )
        if transport is not None:
            wanted = wanted.where(ConversationRow.transport == transport)
        with Session(self._engine) as session:
            return [
                Carried(_line(line), _hand_off(hand_off), key)
                for line, hand_off, key in session.execute(wanted)
            ]

    def carried(self, lines: Sequence[Line]) -> None:
        """Mark lines as carried by a transport that needs no queue."""
        if lines:
            with self._engine.begin() as connection:
                for line in lines:
                    connection.execute(self.carrying(line.id))

    def carrying(self, line_id: int) -> Update:
        """The statement that marks a line as carried, changing nothing if it was before."""
        return (
            update(HandOffLineRow)
            .where(HandOffLineRow.id == line_id, ~HandOffLineRow.carried)
            .values(carried=True)
        )


def _open_one(conversation_id: str) -> Select[HandOffRow]:
    return (
        select(HandOffRow)
        .where(HandOffRow.conversation_id == conversation_id, HandOffRow.stage.in_(OPEN))
        .order_by(HandOffRow.number)
        .limit(1)
    )


def _hand_off(row: HandOffRow) -> HandOff:
    return HandOff(
        row.number,
        row.conversation_id,
        Stage(row.stage),
        Language(row.language),
        row.since,
        row.volunteer,
        row.site,
    )


def _line(row: HandOffLineRow) -> Line:
    by = Side(row.by) if row.by else None
    return Line(Side(row.to), row.text, by, row.created_at, row.id)


def _row(number: int, line: Line) -> HandOffLineRow:
    return HandOffLineRow(
        number=number,
        to=line.to,
        by=line.by,
        text=line.text,
        carried=False,
        created_at=datetime.now(UTC),
    )
