"""Everything that is kept of one conversation, for the person it belongs to."""

from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select

from bot.store.tables import ConversationRow, Table


def export(engine: Engine, transport: str, key: str) -> dict[str, Any]:
    """The rows of a conversation by table; a table belongs here by its ``conversation_id``."""
    mine = ConversationRow.__table__.c
    with engine.connect() as connection:
        conversations = connection.execute(
            select(mine.id, mine.language, mine.created_at).where(
                mine.transport == transport, mine.key == key
            )
        ).all()
        ids = [row.id for row in conversations]
        kept = {"conversations": [_plain(row._mapping) for row in conversations]}
        for table in Table.metadata.sorted_tables:
            if "conversation_id" in table.c:
                rows = connection.execute(select(table).where(table.c.conversation_id.in_(ids)))
                kept[table.name] = [_plain(row._mapping) for row in rows]
    return kept


def _plain(row: Any) -> dict[str, Any]:
    """A row as JSON can carry it."""
    return {name: _shown(value) for name, value in row.items() if not name.endswith("id")}


def _shown(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if value is None or isinstance(value, str | int | float | bool | list | dict):
        return value
    return str(value)
