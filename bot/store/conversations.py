"""Conversations, their messages, the answers given and whether they helped."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, delete, func, insert, select
from sqlalchemy import Row as Found
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.answering.reply import Reply, Utterance
from bot.dialogue.conversation import Conversation
from bot.knowledge.vocabulary import Language
from bot.store.group_commit import GroupCommit, Row
from bot.store.ids import row_id
from bot.store.patience import patient
from bot.store.tables import AnswerRow, ConversationRow, FeedbackRow, MessageRow, tables_of

_CONVERSATIONS, _MESSAGES, _ANSWERS = tables_of(ConversationRow, MessageRow, AnswerRow)
_TALK = _CONVERSATIONS.c
_NAMED = select(_TALK.id, _TALK.language, _TALK.forget_asked_at).where(
    _TALK.transport == bindparam("transport"), _TALK.key == bindparam("key")
)
_NEWEST = (
    select(_MESSAGES.c.role, _MESSAGES.c.text)
    .where(_MESSAGES.c.conversation_id == bindparam("talk"))
    .order_by(_MESSAGES.c.place.desc())
    .limit(bindparam("most"))
)
_NEXT_PLACE = (
    select(func.coalesce(func.max(MessageRow.place), -1) + 1)
    .where(MessageRow.conversation_id == bindparam("talk"))
    .scalar_subquery()
)
_SAY = insert(MessageRow).values(conversation_id=bindparam("talk"), place=_NEXT_PLACE)


class Conversations:
    """The repository of conversations over one database."""

    def __init__(self, engine: Engine, commits: GroupCommit | None = None) -> None:
        self._engine = engine
        self._commits = commits or GroupCommit(engine)

    @patient
    def open(self, transport: str, key: str) -> Conversation:
        """The conversation of a transport's key, begun if it is new."""
        named = {"transport": transport, "key": key}
        with self._engine.connect() as connection:
            row = connection.execute(_NAMED, named).first()
            if row is None:
                self._insert(connection, named)
                row = connection.execute(_NAMED, named).one()
            return _conversation(row, transport, key)

    @patient
    def find(self, transport: str, key: str) -> Conversation | None:
        """The conversation of a transport's key, if there is one."""
        with self._engine.connect() as connection:
            row = connection.execute(_NAMED, {"transport": transport, "key": key}).first()
            return _conversation(row, transport, key) if row else None

    def _insert(self, connection: Connection, named: Mapping[str, str]) -> None:
        """Begin a conversation, unless somebody was a moment faster."""
        insert = postgresql.insert if self._engine.dialect.name == "postgresql" else sqlite.insert
        begin = insert(ConversationRow).on_conflict_do_nothing(index_elements=["transport", "key"])
        connection.execute(begin, {**named, "id": row_id(), "created_at": datetime.now(UTC)})
        connection.commit()

    def fresh(self, transport: str, key: str) -> Conversation:
        """A conversation of a key that nobody used before; kept with the first thing it keeps."""
        return Conversation(row_id(), None, transport, key, begun=False)

    async def begin(self, conversation: Conversation) -> Conversation:
        """The conversation, kept."""
        if not conversation.begun:
            await self._commits.add(_beginning(conversation))
        return replace(conversation, begun=True)

    @patient
    def set_language(self, conversation_id: str, language: Language) -> None:
        """Remember the language a person chose."""
        with Session(self._engine) as session, session.begin():
            session.get_one(ConversationRow, conversation_id).language = language

    @patient
    def history(self, conversation_id: str, limit: int = 6) -> tuple[Utterance, ...]:
        """The last messages, oldest first."""
        wanted = {"talk": conversation_id, "most": limit}
        with self._engine.connect() as connection:
            rows = connection.execute(_NEWEST, wanted).all()
        return tuple(
            Utterance("user" if row.role == "user" else "assistant", row.text)
            for row in reversed(rows)
        )

    async def record(
        self,
        conversation: Conversation,
        question: str,
        reply: Reply,
        timings_ms: Mapping[str, float],
    ) -> str:
        """Keep a masked question with its answer in one transaction; the answer's id."""
        begin = () if conversation.begun else (_beginning(conversation),)
        say = _said if conversation.begun else _said_first
        asked = say(conversation, 0, question)
        told = say(conversation, 1, reply.text)
        answer = _answer(asked[1]["id"], told[1]["id"], reply, timings_ms)
        await self._commits.add(*begin, asked, told, answer)
        return str(answer[1]["id"])

    @patient
    def action(self, answer_id: str, number: int) -> str | None:
        """The message behind a button of an answer; none if there is no such button."""
        with Session(self._engine) as session:
            row = session.get(AnswerRow, answer_id)
        actions = row.actions if row is not None else []
        return actions[number] if 0 <= number < len(actions) else None

    @patient
    def rate(self, answer_id: str, *, useful: bool, reason: str | None = None) -> bool:
        """Keep whether an answer helped; the last word counts; False if there is no such answer."""
        with Session(self._engine) as session, session.begin():
            if session.get(AnswerRow, answer_id) is None:
                return False
            session.execute(delete(FeedbackRow).where(FeedbackRow.answer_id == answer_id))
            session.add(
                FeedbackRow(
                    id=row_id(),
                    answer_id=answer_id,
                    useful=useful,
                    reason=reason,
                    created_at=datetime.now(UTC),
                )
            )
            return True


def _conversation(row: Found[Any, Any, Any], transport: str, key: str) -> Conversation:
    language = Language(row.language) if row.language else None
    return Conversation(row.id, language, transport, key, forget_asked_at=row.forget_asked_at)


def _beginning(conversation: Conversation) -> Row:
    return _CONVERSATIONS, {
        "id": conversation.id,
        "transport": conversation.transport,
        "key": conversation.key,
        "created_at": datetime.now(UTC),
    }


def _said(conversation: Conversation, speaker: int, text: str) -> Row:
    return _SAY, {"talk": conversation.id, **_message(speaker, text)}


def _said_first(conversation: Conversation, speaker: int, text: str) -> Row:
    """What is said before anything else needs no look at what was said last."""
    place = {"conversation_id": conversation.id, "place": speaker}
    return _MESSAGES, {**place, **_message(speaker, text)}


def _message(speaker: int, text: str) -> dict[str, Any]:
    role = ("user", "assistant")[speaker]
    return {"id": row_id(), "role": role, "text": text, "created_at": datetime.now(UTC)}


def _answer(question: str, message: str, reply: Reply, timings_ms: Mapping[str, float]) -> Row:
    return _ANSWERS, {
        "id": row_id(),
        "question_id": question,
        "message_id": message,
        "status": reply.status,
        "risk": reply.risk,
        "engine": reply.engine,
        "confidence": reply.confidence,
        "passages": list(reply.passages),
        "actions": [action.message for action in reply.actions],
        "timings_ms": dict(timings_ms),
        "created_at": datetime.now(UTC),
    }
