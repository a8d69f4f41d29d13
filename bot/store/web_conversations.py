"""Who may speak in a web conversation, and the answers that can be sent again."""

import asyncio
import hashlib
import secrets
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, bindparam, delete, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session

from bot.store import personal_data
from bot.store.group_commit import GroupCommit, Row
from bot.store.ids import new_id, row_id
from bot.store.patience import patient
from bot.store.tables import (
    AnswerRow,
    ConversationRow,
    FeedbackRow,
    MessageRow,
    WebAnswerRow,
    WebConversationRow,
    tables_of,
)

TRANSPORT = "web"
IN_THE_MAKING = ""  # the run of an answer that some process is working on
CLAIM_LIFE = timedelta(seconds=20)
TOKEN_LIFE = timedelta(hours=24)
_SHOWN_WITH_WORDS = ("conversations", "messages", "answers", "feedback")
TIDY_EACH = timedelta(minutes=1)
_WEB_CONVERSATIONS, _CONVERSATIONS = tables_of(WebConversationRow, ConversationRow)
_WEB = _WEB_CONVERSATIONS.c
_VISITED = select(_WEB.id, _WEB.token_hash, _WEB.site, _WEB.expires_at).where(
    _WEB.id == bindparam("talk")
)
_OUTDATED = delete(WebConversationRow).where(WebConversationRow.expires_at <= bindparam("now"))


@dataclass(frozen=True, slots=True)
class Admission:
    """A conversation just begun; the token is told this once and kept by its holder alone."""

    begun_at: datetime
    site: str | None = None
    life: timedelta = TOKEN_LIFE
    asked: int = 0
    id: str = field(default_factory=row_id)
    token: str = field(default_factory=new_id)

    @property
    def expires_at(self) -> datetime:
        """When the token stops opening the conversation."""
        return self.begun_at + self.life


@dataclass(frozen=True, slots=True)
class Visit:
    """A conversation whose holder showed the right token."""

    id: str
    site: str | None


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """The events of a finished answer; ``request`` tells a repeated question from another one."""

    run: str
    request: str
    events: tuple[str, ...]


class WebConversations:
    """The repository of web conversations over one database."""

    def __init__(self, engine: Engine, commits: GroupCommit | None = None) -> None:
        self._engine = engine
        self._commits = commits or GroupCommit(engine)
        self._tidied = datetime.min.replace(tzinfo=UTC)

    async def begin(self, admission: Admission, *more: Row) -> None:
        """Keep a new conversation, and the place of what will be said in it."""
        await self.put(admission, _talk(admission), *more)

    def put(self, admission: Admission, *more: Row) -> Awaitable[None]:
        """A new conversation, kept when this is done, with what is put right after it.

        Those whose token ran out lose what was kept to send again.
        """
        kept = self._commits.put(_beginning(admission), *more)
        if admission.begun_at - self._tidied <= TIDY_EACH:
            return kept
        self._tidied = admission.begun_at
        return asyncio.ensure_future(self._tidied_too(kept, admission.begun_at))

    async def _tidied_too(self, kept: Awaitable[None], now: datetime) -> None:
        await asyncio.to_thread(self._tidy, now)
        await kept

    @patient
    def _tidy(self, now: datetime) -> None:
        with self._engine.begin() as connection:
            connection.execute(_OUTDATED, {"now": now})

    @patient
    def visit(self, conversation_id: str, token: str, now: datetime) -> Visit | None:
        """The conversation, if the token is its own and has not run out."""
        with self._engine.connect() as connection:
            row = connection.execute(_VISITED, {"talk": conversation_id}).first()
        if row is None or row.expires_at <= now:
            return None
        if not secrets.compare_digest(row.token_hash, hashed(token)):
            return None
        return Visit(row.id, row.site)

    @patient
    def keep_answer(self, conversation_id: str, key: str, answer: KeptAnswer) -> None:
        """Keep an answer under the key of its request; nothing if the conversation is gone."""
        row = WebAnswerRow(
            id=answer_key(conversation_id, key),
            conversation_id=conversation_id,
            run=answer.run,
            request=answer.request,
            events=list(answer.events),
            created_at=datetime.now(UTC),
        )
        with Session(self._engine) as session, session.begin():
            if session.get(WebConversationRow, conversation_id) is not None:
                session.merge(row)

    @patient
    def kept_answer(self, conversation_id: str, key: str) -> KeptAnswer | None:
        """The answer to a request that was made before."""
        with Session(self._engine) as session:
            row = session.get(WebAnswerRow, answer_key(conversation_id, key))
        if row is None or row.run == IN_THE_MAKING:
            return None
        return KeptAnswer(row.run, row.request, tuple(row.events))

    @property
    def shared(self) -> bool:
        """Whether other processes may be answering too; a SQLite file has one alone."""
        return self._engine.dialect.name != "sqlite"

    @patient
    def claim(self, conversation_id: str, key: str, request: str) -> bool:
        """Take the making of an answer; False while another process makes it, or has made it."""
        now = datetime.now(UTC)
        row = WebAnswerRow.__table__.c
        take = postgresql.insert(WebAnswerRow).on_conflict_do_update(
            index_elements=[row.id],
            set_={"created_at": now},
            where=(row.run == IN_THE_MAKING) & (row.created_at < now - CLAIM_LIFE),
        )
        values = {
            "id": answer_key(conversation_id, key),
            "conversation_id": conversation_id,
            "run": IN_THE_MAKING,
            "request": request,
            "events": [],
            "created_at": now,
        }
        with self._engine.begin() as connection:
            return connection.execute(take.returning(row.id), values).first() is not None

    @patient
    def give_up(self, conversation_id: str, key: str) -> None:
        """Leave the making of an answer to whoever is asked next."""
        mine = WebAnswerRow.id == answer_key(conversation_id, key)
        with self._engine.begin() as connection:
            connection.execute(delete(WebAnswerRow).where(mine, WebAnswerRow.run == IN_THE_MAKING))

    @patient
    def has_answer(self, conversation_id: str, answer_id: str) -> bool:
        """Whether an answer was given in this conversation."""
        wanted = (
            select(AnswerRow.id)
            .join(MessageRow, MessageRow.id == AnswerRow.message_id)
            .join(ConversationRow, ConversationRow.id == MessageRow.conversation_id)
            .where(AnswerRow.id == answer_id, *_of(conversation_id))
        )
        with Session(self._engine) as session:
            return session.scalar(wanted) is not None

    @patient
    def export(self, conversation_id: str) -> dict[str, Any]:
        """Everything kept: what was said, oldest first, with verdicts; and the rest by table."""
        rest = personal_data.export(self._engine, TRANSPORT, conversation_id)
        also = {name: rows for name, rows in rest.items() if name not in _SHOWN_WITH_WORDS}
        return {
            "messages": self._said(conversation_id),
            "also_kept": {**also, **self._entry(conversation_id)},
        }

    def _entry(self, conversation_id: str) -> dict[str, list[dict[str, Any]]]:
        """What is kept so that its holder can come back, but for the hash of the token."""
        answers = select(WebAnswerRow).where(WebAnswerRow.conversation_id == conversation_id)
        with Session(self._engine) as session:
            row = session.get_one(WebConversationRow, conversation_id)
            sent_again = session.scalars(answers).all()
        entry = {
            "site": row.site,
            "asked": row.asked,
            "created_at": row.created_at.isoformat(),
            "expires_at": row.expires_at.isoformat(),
        }
        again = [{"at": each.created_at.isoformat(), "events": each.events} for each in sent_again]
        return {"web_conversations": [entry], "web_answers": again}

    def _said(self, conversation_id: str) -> list[dict[str, Any]]:
        wanted = (
            select(MessageRow, AnswerRow, FeedbackRow)
            .join(ConversationRow, ConversationRow.id == MessageRow.conversation_id)
            .outerjoin(AnswerRow, AnswerRow.message_id == MessageRow.id)
            .outerjoin(FeedbackRow, FeedbackRow.answer_id == AnswerRow.id)
            .where(*_of(conversation_id))
            .order_by(MessageRow.place)
        )
        with Session(self._engine) as session:
            return [_exported(*row) for row in session.execute(wanted)]

    def forget(self, conversation_id: str) -> int:
        """Delete a conversation with all that hangs on it; how many conversations went."""
        return personal_data.forget(self._engine, TRANSPORT, conversation_id)


def hashed(secret: str) -> str:
    """What is kept of a secret: 256 random bits need no slow hash.

    >>> len(hashed("token"))
    64
    """
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def answer_key(conversation_id: str, key: str) -> str:
    """The name of a kept answer: two conversations may use the same key."""
    return hashed(f"{conversation_id}\n{key}")


def _beginning(admission: Admission) -> Row:
    return _WEB_CONVERSATIONS, {
        "id": admission.id,
        "token_hash": hashed(admission.token),
        "site": admission.site,
        "asked": admission.asked,
        "created_at": admission.begun_at,
        "expires_at": admission.expires_at,
    }


def _talk(admission: Admission) -> Row:
    return _CONVERSATIONS, {
        "id": row_id(),
        "transport": TRANSPORT,
        "key": admission.id,
        "created_at": admission.begun_at,
    }


def _of(conversation_id: str) -> Sequence[Any]:
    return (ConversationRow.transport == TRANSPORT, ConversationRow.key == conversation_id)


def _exported(
    message: MessageRow, answer: AnswerRow | None, feedback: FeedbackRow | None
) -> dict[str, Any]:
    said: dict[str, Any] = {
        "role": message.role,
        "text": message.text,
        "at": message.created_at.isoformat(),
    }
    if answer is not None:
        said["answer"] = {
            "id": answer.id,
            "status": answer.status,
            "risk": answer.risk,
            "engine": answer.engine,
            "confidence": answer.confidence,
            "passages": answer.passages,
            "buttons": answer.actions,
        }
    if feedback is not None:
        at = feedback.created_at.isoformat()
        said["feedback"] = {"useful": feedback.useful, "reason": feedback.reason, "at": at}
    return said
