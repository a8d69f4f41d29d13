"""Conversations, their messages, the answers given and whether they helped."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.answering.reply import Reply, Utterance
from bot.knowledge.vocabulary import Language
from bot.store.tables import AnswerRow, ConversationRow, FeedbackRow, MessageRow


def new_id() -> str:
    """An identifier nobody can guess: 256 random bits."""
    return secrets.token_urlsafe(32)


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation as the dialogue sees it."""

    id: str
    language: Language | None


class Conversations:
    """The repository of conversations over one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def open(self, transport: str, key: str) -> Conversation:
        """The conversation of a transport's key, begun if it is new."""
        insert = postgresql.insert if self._engine.dialect.name == "postgresql" else sqlite.insert
        begin = (
            insert(ConversationRow)
            .values(id=new_id(), transport=transport, key=key, created_at=datetime.now(UTC))
            .on_conflict_do_nothing(index_elements=["transport", "key"])
        )
        wanted = select(ConversationRow).where(
            ConversationRow.transport == transport, ConversationRow.key == key
        )
        with Session(self._engine) as session, session.begin():
            row = session.scalar(wanted)
            if row is None:
                session.execute(begin)
                row = session.scalars(wanted).one()
            return Conversation(row.id, Language(row.language) if row.language else None)

    def set_language(self, conversation_id: str, language: Language) -> None:
        """Remember the language a person chose."""
        with Session(self._engine) as session, session.begin():
            session.get_one(ConversationRow, conversation_id).language = language

    def history(self, conversation_id: str, limit: int = 6) -> tuple[Utterance, ...]:
        """The last messages, oldest first."""
        newest = (
            select(MessageRow)
            .where(MessageRow.conversation_id == conversation_id)
            .order_by(MessageRow.place.desc())
            .limit(limit)
        )
        with Session(self._engine) as session:
            rows = session.scalars(newest).all()
        return tuple(
            Utterance("user" if row.role == "user" else "assistant", row.text)
            for row in reversed(rows)
        )

    def record(
        self,
        conversation_id: str,
        question: str,
        reply: Reply,
        timings_ms: Mapping[str, float],
    ) -> str:
        """Keep a masked question with its answer in one transaction; the answer's id."""
        now = datetime.now(UTC)
        with Session(self._engine) as session, session.begin():
            place = _next_place(session, conversation_id)
            asked = MessageRow(
                id=new_id(),
                conversation_id=conversation_id,
                place=place,
                role="user",
                text=question,
                created_at=now,
            )
            told = MessageRow(
                id=new_id(),
                conversation_id=conversation_id,
                place=place + 1,
                role="assistant",
                text=reply.text,
                created_at=now,
            )
            session.add_all([asked, told])
            session.flush()
            answer = AnswerRow(
                id=new_id(),
                question_id=asked.id,
                message_id=told.id,
                status=reply.status,
                risk=reply.risk,
                engine=reply.engine,
                confidence=reply.confidence,
                passages=list(reply.passages),
                actions=[action.message for action in reply.actions],
                timings_ms=dict(timings_ms),
                created_at=now,
            )
            session.add(answer)
            return answer.id

    def action(self, answer_id: str, number: int) -> str | None:
        """The message behind a button of an answer; none if there is no such button."""
        with Session(self._engine) as session:
            row = session.get(AnswerRow, answer_id)
        actions = row.actions if row is not None else []
        return actions[number] if 0 <= number < len(actions) else None

    def rate(self, answer_id: str, *, useful: bool, reason: str | None = None) -> bool:
        """Keep whether an answer helped; the last word counts; False if there is no such answer."""
        with Session(self._engine) as session, session.begin():
            if session.get(AnswerRow, answer_id) is None:
                return False
            session.execute(delete(FeedbackRow).where(FeedbackRow.answer_id == answer_id))
            session.add(
                FeedbackRow(
                    id=new_id(),
                    answer_id=answer_id,
                    useful=useful,
                    reason=reason,
                    created_at=datetime.now(UTC),
                )
            )
            return True

    def forget(self, transport: str, key: str) -> int:
        """Delete a conversation with all that hangs on it; how many messages went."""
        mine = select(ConversationRow.id).where(
            ConversationRow.transport == transport, ConversationRow.key == key
        )
        with Session(self._engine) as session, session.begin():
            gone = session.scalar(
                select(func.count())
                .select_from(MessageRow)
                .where(MessageRow.conversation_id.in_(mine))
            )
            session.execute(delete(ConversationRow).where(ConversationRow.id.in_(mine)))
        return gone or 0


def _next_place(session: Session, conversation_id: str) -> int:
    last = session.scalar(
        select(func.max(MessageRow.place)).where(MessageRow.conversation_id == conversation_id)
    )
    return 0 if last is None else last + 1
