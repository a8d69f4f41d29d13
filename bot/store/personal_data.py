"""Everything that is kept of one person: shown to the person it belongs to, or deleted.

What hangs on a person's conversations is found by the foreign keys, so a new table needs no line here.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Engine, delete, or_, select, update

from bot.dialogue.hand_off import Stage
from bot.store.database import leave_no_trace
from bot.store.patience import patient
from bot.store.tables import (
    ConversationRow,
    HandOffRow,
    ReminderRow,
    Table,
    WebConversationRow,
)

SECRETS = ("token_hash", "fingerprint", "request", "volunteer")
IN_ORDER = ("place", "created_at", "received_at")
Mine = Mapping[str, ColumnElement[bool]]


@patient
def export(engine: Engine, transport: str, key: str) -> dict[str, Any]:
    """A person's rows by table, in the order in which they came."""
    kept: dict[str, Any] = {}
    with engine.connect() as connection:
        for table, mine in _theirs(transport, key):
            rows = connection.execute(select(table).where(mine).order_by(*_order(table)))
            kept[table.name] = [_shown(row) for row in rows.mappings()]
    return kept


@patient
def counts(engine: Engine, transport: str, key: str) -> dict[str, int]:
    """How many rows are kept of a person, by table."""
    with engine.connect() as connection:
        return {
            table.name: connection.execute(
                select(sa.func.count()).select_from(table).where(mine)
            ).scalar_one()
            for table, mine in _theirs(transport, key)
        }


@patient
def forget(engine: Engine, transport: str, key: str) -> int:
    """Delete a person's conversations with all that hangs on them; how many there were."""
    with engine.begin() as connection:
        gone = connection.execute(delete(ConversationRow).where(_of(transport, key))).rowcount
        if transport == "web":
            connection.execute(delete(WebConversationRow).where(WebConversationRow.id == key))
    leave_no_trace(engine)
    return gone


@patient
def leave_in_peace(engine: Engine, transport: str, key: str) -> None:
    """End what would write to a person of its own accord: reminders and an open hand-off."""
    theirs = select(ConversationRow.id).where(_of(transport, key))
    with engine.begin() as connection:
        connection.execute(delete(ReminderRow).where(ReminderRow.conversation_id.in_(theirs)))
        connection.execute(
            update(HandOffRow)
            .where(HandOffRow.conversation_id.in_(theirs), HandOffRow.stage != Stage.CLOSED)
            .values(stage=Stage.WITHDRAWN)
        )


def _theirs(transport: str, key: str) -> Iterator[tuple[sa.Table, ColumnElement[bool]]]:
    """The tables that can hold something of a person, and which of their rows are his."""
    mine: dict[str, ColumnElement[bool]] = {}
    for table in Table.metadata.sorted_tables:
        if reasons := [*_own(table, transport, key), *_hangs_on(table, mine)]:
            mine[table.name] = or_(*reasons)
            yield table, mine[table.name]


def _own(table: sa.Table, transport: str, key: str) -> Iterator[ColumnElement[bool]]:
    """By what a row is known to be a person's without looking at another table."""
    if table.name == ConversationRow.__tablename__:
        yield _of(transport, key)
    elif table.name == WebConversationRow.__tablename__ and transport == "web":
        yield table.c.id == key
    elif "chat_id" in table.c and transport == "telegram" and key.isdecimal():
        yield table.c.chat_id == int(key)


def _hangs_on(table: sa.Table, mine: Mine) -> Iterator[ColumnElement[bool]]:
    """Rows that point to a row of the person's."""
    for each in table.foreign_keys:
        parent = each.column.table.name
        if parent in mine:
            yield each.parent.in_(select(each.column).where(mine[parent]))


def _order(table: sa.Table) -> list[Any]:
    return [table.c[name] for name in IN_ORDER if name in table.c]


def _of(transport: str, key: str) -> ColumnElement[bool]:
    """A person's own conversation, and what was said in groups under ``group:key``."""
    mine = or_(ConversationRow.key == key, ConversationRow.key.endswith(f":{key}", autoescape=True))
    return (ConversationRow.transport == transport) & mine


def _shown(row: Mapping[Any, Any]) -> dict[str, Any]:
    """A row without our own ids and secrets, as JSON can carry it."""
    return {
        name: value.isoformat() if isinstance(value, datetime) else _plain(value)
        for name, value in row.items()
        if name != "id" and not name.endswith("_id") and name not in SECRETS
    }


def _plain(value: object) -> object:
    simple = value is None or isinstance(value, str | int | float | bool | list | dict)
    return value if simple else str(value)
