"""Which instalments people want to be reminded of, and of which next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, Update, delete, select, update
from sqlalchemy.orm import Session

from bot.dialogue import reminders
from bot.dialogue.reminders import Instalments
from bot.knowledge.vocabulary import Language
from bot.store.tables import ConversationRow, ReminderRow


@dataclass(frozen=True, slots=True)
class Due:
    """A reminder whose moment has come, and the key under which its transport knows the person."""

    conversation_id: str
    key: str
    language: Language
    instalments: Instalments
    number: int


class Reminders:
    """The repository of reminders over one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def set(self, conversation_id: str, instalments: Instalments, language: Language) -> None:
        """Keep a plan to remind of, in place of the one before."""
        row = ReminderRow(
            conversation_id=conversation_id,
            instalments=reminders.dump(instalments),
            language=language,
            next_number=1,
            next_at=instalments.remind_at(1),
        )
        with Session(self._engine) as session, session.begin():
            session.merge(row)

    def stop(self, conversation_id: str) -> bool:
        """Remind no more; False if there was nothing to stop."""
        mine = ReminderRow.conversation_id == conversation_id
        with Session(self._engine) as session, session.begin():
            found = session.scalar(select(ReminderRow.next_number).where(mine))
            session.execute(delete(ReminderRow).where(mine))
        return found is not None

    def due(self, transport: str, now: datetime) -> Sequence[Due]:
        """The reminders of a transport whose moment has come."""
        wanted = (
            select(ReminderRow, ConversationRow.key)
            .join(ConversationRow, ConversationRow.id == ReminderRow.conversation_id)
            .where(ConversationRow.transport == transport, ReminderRow.next_at <= now)
            .order_by(ReminderRow.next_at)
        )
        with Session(self._engine) as session:
            return [
                Due(
                    row.conversation_id,
                    key,
                    Language(row.language),
                    reminders.load(row.instalments),
                    row.next_number,
                )
                for row, key in session.execute(wanted)
            ]

    def advancing(self, due: Due) -> Update:
        """The statement that goes on to the next one, changing nothing if it was done before."""
        number = due.number + 1
        more = number <= due.instalments.count
        return (
            update(ReminderRow)
            .where(
                ReminderRow.conversation_id == due.conversation_id,
                ReminderRow.next_number == due.number,
            )
            .values(next_number=number, next_at=due.instalments.remind_at(number) if more else None)
        )
