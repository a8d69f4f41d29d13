"""Everything that is kept of one person, for the person it belongs to."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Engine, delete, or_, select

from bot.store.tables import ConversationRow, Table


def export(engine: Engine, transport: str, key: str) -> dict[str, Any]:
    """A person's rows by table; a table belongs here by its ``conversation_id``."""
    with engine.connect() as connection:
        wanted = select(ConversationRow.__table__).where(_of(transport, key))
        conversations = connection.execute(wanted).mappings().all()
        ids = [row["id"] for row in conversations]
        kept = {"conversations": [_shown(row) for row in conversations]}
        for table in Table.metadata.sorted_tables:
            if "conversation_id" in table.c:
                rows = connection.execute(select(table).where(table.c.conversation_id.in_(ids)))
                kept[table.name] = [_shown(row) for row in rows.mappings()]
    return kept


def forget(engine: Engine, transport: str, key: str) -> None:
    """Delete a person's conversations with all that hangs on them."""
    with engine.begin() as connection:
        connection.execute(delete(ConversationRow).where(_of(transport, key)))


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
