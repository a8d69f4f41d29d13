"""Delete on time what was kept long enough."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, delete, exists, select

from bot.store.database import leave_no_trace
from bot.store.tables import (
    ConversationRow,
    InterviewRow,
    MessageRow,
    TelegramOutboxRow,
    WebConversationRow,
)

BATCH = 500
UNDELIVERABLE = timedelta(days=7)


def delete_outdated(engine: Engine, keep: timedelta, now: datetime) -> dict[str, int]:
    """Delete, a short transaction at a time; how many rows of each table went."""
    before = now - keep
    said_since = exists().where(
        MessageRow.conversation_id == ConversationRow.id, MessageRow.created_at >= before
    )
    planned_since = exists().where(
        InterviewRow.conversation_id == ConversationRow.id, InterviewRow.changed_at >= before
    )
    silent = (ConversationRow.created_at < before) & ~said_since & ~planned_since
    outdated: tuple[tuple[Any, Any], ...] = (
        (ConversationRow.id, silent),
        (MessageRow.id, MessageRow.created_at < before),
        (InterviewRow.conversation_id, InterviewRow.changed_at < before),
        (WebConversationRow.id, WebConversationRow.expires_at < now),
        (TelegramOutboxRow.id, TelegramOutboxRow.created_at < now - UNDELIVERABLE),
    )
    gone = {key.class_.__tablename__: _delete(engine, key, which) for key, which in outdated}
    if any(gone.values()):
        leave_no_trace(engine)
    return gone


def _delete(engine: Engine, key: Any, which: Any) -> int:
    gone = 0
    while True:
        with engine.begin() as connection:
            found = connection.scalars(select(key).where(which).limit(BATCH)).all()
            connection.execute(delete(key.class_).where(key.in_(found)))
        gone += len(found)
        if len(found) < BATCH:
            return gone
