"""What can be deleted of a person, and whether he was asked about it."""

from datetime import datetime

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from bot.dialogue.conversation import Conversation
from bot.dialogue.forget import Kept
from bot.dialogue.hand_off import Stage
from bot.knowledge.vocabulary import Language
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
        conversation, with_volunteer = self._conversation(transport, key)
        rows = personal_data.counts(self._engine, transport, key)  # after it: it may be going
        history = self._conversations.history(conversation.id) if conversation else ()
        return Kept(rows, conversation, history, with_volunteer)

    def _conversation(self, transport: str, key: str) -> tuple[Conversation | None, bool]:
        """The talk if there is one, and whether a volunteer has it."""
        wanted = select(ConversationRow).where(
            ConversationRow.transport == transport, ConversationRow.key == key
        )
        with Session(self._engine) as session:
            row = session.scalar(wanted)
            if row is None:
                return None, False
            taken = select(HandOffRow.number).where(
                HandOffRow.conversation_id == row.id, HandOffRow.stage == Stage.TAKEN
            )
            with_volunteer = session.scalar(taken.limit(1)) is not None
            language = Language(row.language) if row.language else None
            asked_at = row.forget_asked_at
            talk = Conversation(row.id, language, transport, key, forget_asked_at=asked_at)
            return talk, with_volunteer

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
