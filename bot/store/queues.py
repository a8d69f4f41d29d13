"""How much waits in the store, and for how long already."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, func, select, text

from bot.store.tables import HandOffLineRow, TelegramOutboxRow, TelegramUpdateRow

WAITING = {
    "telegram_updates": (TelegramUpdateRow.received_at, TelegramUpdateRow.waiting),
    "telegram_outbox": (TelegramOutboxRow.created_at, None),
    "hand_off_lines": (HandOffLineRow.created_at, ~HandOffLineRow.carried),
}


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue: how many wait, and for how long the oldest has."""

    name: str
    waiting: int
    oldest_seconds: float


def queues(engine: Engine) -> list[Queue]:
    """Every queue of the store."""
    now = datetime.now(UTC)
    found = []
    with engine.connect() as connection:
        for name, (since, waits) in WAITING.items():
            wanted = select(func.count(), func.min(since))
            count, oldest = connection.execute(
                wanted if waits is None else wanted.where(waits)
            ).one()
            age = (now - oldest).total_seconds() if oldest else 0.0
            found.append(Queue(name, count, age))
    return found


def answers(engine: Engine) -> bool:
    """Whether the database answers; a fault where it does not."""
    with engine.connect() as connection:
        return bool(connection.execute(text("SELECT 1")).scalar())
