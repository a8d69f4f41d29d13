"""Everything that is kept of one person, for the person it belongs to."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Engine, RowMapping, delete, or_, select
from sqlalchemy import Table as SqlTable

from bot.store.tables import ConversationRow, Table


def export(engine: Engine, transport: str, key: str) -> dict[str, Any]:
    """A person's rows by table: the conversation and whatever hangs on it, over any number of steps."""
    with engine.connect() as connection:
        wanted = select(ConversationRow.__table__).where(_of(transport, key))
        found = {ConversationRow.__tablename__: connection.execute(wanted).mappings().all()}
        for table in Table.metadata.sorted_tables:  # parents come before their children
            if table.name not in found and (hanging := _hanging_on(table, found)) is not None:
                rows = connection.execute(select(table).where(hanging))
                found[table.name] = rows.mappings().all()
    return {name: [_shown(row) for row in rows] for name, rows in found.items()}


def forget(engine: Engine, transport: str, key: str) -> None:
    """Delete a person's conversations with all that hangs on them."""
    with engine.begin() as connection:
        connection.execute(delete(ConversationRow).where(_of(transport, key)))


def _hanging_on(
    table: SqlTable, found: Mapping[str, Sequence[RowMapping]]
) -> ColumnElement[bool] | None:
    """Which rows belong to rows found before; none where the table hangs on none of theirs."""
    for link in table.foreign_keys:
        parent = link.column
        if parent.table.name in found:
            return link.parent.in_([row[parent.name] for row in found[parent.table.name]])
    return None


def _of(transport: str, key: str) -> ColumnElement[bool]:
    """A person's own conversation, and what was said in groups under ``group:key``."""
    mine = or_(ConversationRow.key == key, ConversationRow.key.endswith(f":{key}", autoescape=True))
    return (ConversationRow.transport == transport) & mine


def _shown(row: Mapping[Any, Any]) -> dict[str, Any]:
    """A row without our own ids, as JSON can carry it."""
    return {
        name: value.isoformat() if isinstance(value, datetime) else _plain(value)
        for name, value in row.items()
        if name != "id" and not name.endswith("_id")
    }


def _plain(value: object) -> object:
    simple = value is None or isinstance(value, str | int | float | bool | list | dict)
    return value if simple else str(value)
