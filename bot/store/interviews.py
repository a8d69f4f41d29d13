"""Where each conversation's interview stands."""

from datetime import UTC, datetime

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bot.store.patience import patient
from bot.store.tables import InterviewRow


class Interviews:
    """The repository of interview states over one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @patient
    def load(self, conversation_id: str) -> str | None:
        """The state kept for a conversation; none if no interview was begun."""
        with Session(self._engine) as session:
            row = session.get(InterviewRow, conversation_id)
        return row.state if row else None

    @patient
    def save(self, conversation_id: str, state: str) -> None:
        """Keep a state in place of the one before."""
        with Session(self._engine) as session, session.begin():
            row = InterviewRow(
                conversation_id=conversation_id, state=state, changed_at=datetime.now(UTC)
            )
            session.merge(row)
