"""What can be deleted of a person, and whether he was asked about it."""

from datetime import datetime

from sqlalchemy import Engine, select, update

from bot.dialogue.forget import Kept
from bot.dialogue.hand_off import Stage
from bot.store import personal_data
from bot.store.conversations import Conversations
from bot.store.patience import patient
from bot.store.tables import ConversationRow, HandOffRow


class Erasures:
    """The repository of wishes to be forgotten over one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._conversations = Conversations(engine)

    @patient
    def kept(self, transport: str, key: str) -> Kept:
        """What is kept of a person; looking leaves no trace."""
        conversation = self._conversations.find(transport, key)
        with_volunteer = conversation is not None and self._is_taken(conversation.id)
        rows = personal_data.counts(self._engine, transport, key)  # after it: it may be going
        history = self._conversations.history(conversation.id) if conversation else ()
        return Kept(rows, conversation, history, with_volunteer)

    def _is_taken(self, conversation_id: str) -> bool:
        """Whether a volunteer has the talk."""
        taken = select(HandOffRow.number).where(
            HandOffRow.conversation_id == conversation_id, HandOffRow.stage == Stage.TAKEN
        )
        with self._engine.connect() as connection:
            return connection.scalar(taken.limit(1)) is not None

    @patient
    def ask(self, transport: str, key: str, at: datetime) -> None:
        """Keep that the question was put."""
        self._set(self._conversations.open(transport, key).id, at)

    def ask_no_more(self, conversation_id: str) -> None:
        """Keep that the question is answered, or was passed over."""
        self._set(conversation_id, None)

    def erase(self, transport: str, key: str) -> None:
        """Delete everything kept of a person."""
        personal_data.forget(self._engine, transport, key)

    @patient
    def _set(self, conversation_id: str, at: datetime | None) -> None:
        asked = update(ConversationRow).where(ConversationRow.id == conversation_id)
        with self._engine.begin() as connection:
            connection.execute(asked.values(forget_asked_at=at))
