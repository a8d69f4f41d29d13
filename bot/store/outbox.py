"""What Telegram sent, what is to be said, and who works on which chat.

An update is stored before it is worked on, and its answers are stored together with the mark that
it is done, so a process can stop between any two steps and another one goes on from there.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any

from sqlalchemy import Engine, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.store.patience import patient
from bot.store.tables import TelegramChatRow, TelegramOutboxRow, TelegramUpdateRow

LEASE = timedelta(seconds=15)
NOBODYS_CHAT = 0


@dataclass(frozen=True, slots=True)
class Incoming:
    """An update as it came, and the message that already shows the first words of its answer."""

    update_id: int
    chat_id: int
    body: str
    draft_id: int | None = None
    received_at: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def fingerprint(self) -> str:
        """What tells this update from another one with the same number."""
        return blake2b(self.body.encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Something to say in a chat."""

    chat_id: int
    kind: str
    body: Mapping[str, Any]
    content: bytes | None = None
    id: int = 0
    created_at: datetime = field(default_factory=lambda: datetime.now(UTC))


class Outbox:
    """The queue of one bot over one database; ``owner`` names this process in it."""

    def __init__(
        self,
        engine: Engine,
        owner: str,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._engine = engine
        self._now = now
        self.owner = owner

    @patient
    def store(self, updates: Sequence[Incoming]) -> None:
        """Keep updates; a repeat of one that is known is left alone."""
        numbered = {each.update_id: each for each in updates}
        with Session(self._engine) as session:
            known = {
                row.update_id: row.fingerprint
                for row in session.execute(
                    select(TelegramUpdateRow.update_id, TelegramUpdateRow.fingerprint).where(
                        TelegramUpdateRow.update_id.in_(numbered)
                    )
                )
            }
        for each in numbered.values():
            if known.get(each.update_id, each.fingerprint) != each.fingerprint:
                self._replace(each)
        new = [each for each in numbered.values() if each.update_id not in known]
        try:
            self._insert(new)
        except IntegrityError:  # another process stored some of them in between
            for each in new:
                self._insert_unless_known(each)

    @patient
    def waiting_chats(self) -> list[int]:
        """The chats that need work and that no living process works on."""
        taken = select(TelegramChatRow.chat_id).where(TelegramChatRow.leased_until > self._now())
        asked = select(TelegramUpdateRow.chat_id).where(TelegramUpdateRow.waiting)
        owed = select(TelegramOutboxRow.chat_id)
        with Session(self._engine) as session:
            found = set(session.scalars(asked)) | set(session.scalars(owed))
            return sorted(found - set(session.scalars(taken)))

    @patient
    def claim(self, chat_id: int) -> bool:
        """Take a chat for this process; False while another one has it."""
        lease = {"owner": self.owner, "leased_until": self._now() + LEASE}
        free = or_(TelegramChatRow.owner == self.owner, TelegramChatRow.leased_until <= self._now())
        take = update(TelegramChatRow).where(TelegramChatRow.chat_id == chat_id, free)
        try:
            with Session(self._engine) as session, session.begin():
                if _changed(session, take.values(**lease)):
                    return True
                if session.get(TelegramChatRow, chat_id) is None:
                    session.execute(insert(TelegramChatRow).values(chat_id=chat_id, **lease))
                    return True
        except IntegrityError:  # another process was a moment faster
            pass
        return False

    @patient
    def release(self, chat_id: int) -> None:
        """Give a chat back."""
        self._write(
            update(TelegramChatRow)
            .where(TelegramChatRow.chat_id == chat_id, TelegramChatRow.owner == self.owner)
            .values(owner=None, leased_until=self._now())
        )

    @patient
    def renew(self) -> None:
        """Say that this process is alive and keeps its chats."""
        self._write(
            update(TelegramChatRow)
            .where(TelegramChatRow.owner == self.owner)
            .values(leased_until=self._now() + LEASE)
        )

    @patient
    def owners(self) -> list[str]:
        """The processes that have taken chats."""
        taken = select(TelegramChatRow.owner).where(TelegramChatRow.owner.is_not(None)).distinct()
        with Session(self._engine) as session:
            return [each for each in session.scalars(taken) if each]

    @patient
    def release_all_of(self, owner: str) -> None:
        """Give back the chats of a process that is known to be gone."""
        self._write(
            update(TelegramChatRow)
            .where(TelegramChatRow.owner == owner)
            .values(owner=None, leased_until=self._now())
        )

    @patient
    def next_update(self, chat_id: int) -> Incoming | None:
        """The oldest update of a chat that is not done."""
        oldest = (
            select(TelegramUpdateRow)
            .where(TelegramUpdateRow.chat_id == chat_id, TelegramUpdateRow.waiting)
            .order_by(TelegramUpdateRow.update_id)
            .limit(1)
        )
        with Session(self._engine) as session:
            row = session.scalar(oldest)
        if row is None:
            return None
        return Incoming(row.update_id, chat_id, row.body or "", row.draft_id, row.received_at)

    @patient
    def began(self, update_id: int, message_id: int) -> None:
        """Remember the message that shows the first words of an update's answer."""
        self._write(
            update(TelegramUpdateRow)
            .where(TelegramUpdateRow.update_id == update_id)
            .values(draft_id=message_id)
        )

    @patient
    def finish(self, update_id: int, answers: Iterable[Outgoing]) -> None:
        """Mark an update as done and keep its answers, both or neither."""
        done = (
            update(TelegramUpdateRow)
            .where(TelegramUpdateRow.update_id == update_id, TelegramUpdateRow.waiting)
            .values(waiting=False, body=None)
        )
        with Session(self._engine) as session, session.begin():
            if _changed(session, done):
                session.add_all(_row(each) for each in answers)

    @patient
    def put(self, parcels: Iterable[Outgoing], claim: Any) -> bool:
        """Keep parcels together with a statement that claims them; False if it changed nothing."""
        with Session(self._engine) as session, session.begin():
            if not _changed(session, claim):
                return False
            session.add_all(_row(each) for each in parcels)
            return True

    @patient
    def next_outgoing(self, chat_id: int) -> Outgoing | None:
        """The oldest thing to say in a chat."""
        oldest = (
            select(TelegramOutboxRow)
            .where(TelegramOutboxRow.chat_id == chat_id)
            .order_by(TelegramOutboxRow.id)
            .limit(1)
        )
        with Session(self._engine) as session:
            row = session.scalar(oldest)
        if row is None:
            return None
        return Outgoing(chat_id, row.kind, row.body, row.content, row.id, row.created_at)

    @patient
    def delivered(self, outgoing_id: int) -> None:
        """Forget what Telegram has taken."""
        self._write(delete(TelegramOutboxRow).where(TelegramOutboxRow.id == outgoing_id))

    @patient
    def keep_silent(self, chat_id: int, until: datetime) -> None:
        """Remember how long Telegram wants a chat to be left alone."""
        self._write(
            update(TelegramChatRow)
            .where(TelegramChatRow.chat_id == chat_id)
            .values(silent_until=until)
        )

    @patient
    def silent_until(self, chat_id: int) -> datetime | None:
        """Until when Telegram wants a chat to be left alone."""
        with Session(self._engine) as session:
            return session.scalar(
                select(TelegramChatRow.silent_until).where(TelegramChatRow.chat_id == chat_id)
            )

    @patient
    def ahead(self, incoming: Incoming, within: timedelta) -> int:
        """How many updates of the same chat came shortly before this one."""
        before = (
            select(func.count())
            .select_from(TelegramUpdateRow)
            .where(
                TelegramUpdateRow.chat_id == incoming.chat_id,
                TelegramUpdateRow.update_id < incoming.update_id,
                TelegramUpdateRow.received_at > incoming.received_at - within,
            )
        )
        with Session(self._engine) as session:
            return session.scalar(before) or 0

    @patient
    def abandon(self, chat_id: int) -> None:
        """Drop everything for a chat that can no longer be reached, and whose chat it was."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(TelegramOutboxRow).where(TelegramOutboxRow.chat_id == chat_id))
            session.execute(
                update(TelegramUpdateRow)
                .where(TelegramUpdateRow.chat_id == chat_id)
                .values(waiting=False, body=None, chat_id=NOBODYS_CHAT)
            )

    @patient
    def forget(self, chat_id: int) -> None:
        """No longer know whose the finished updates were; their numbers still stop repeats."""
        self._write(
            update(TelegramUpdateRow)
            .where(TelegramUpdateRow.chat_id == chat_id, ~TelegramUpdateRow.waiting)
            .values(chat_id=NOBODYS_CHAT)
        )

    @patient
    def prune(self, named_for: timedelta, kept_for: timedelta) -> None:
        """Forget whose old updates were, then the updates, and chats nobody works on."""
        done, received = ~TelegramUpdateRow.waiting, TelegramUpdateRow.received_at
        now = self._now()
        with Session(self._engine) as session, session.begin():
            session.execute(
                update(TelegramUpdateRow)
                .where(done, received < now - named_for)
                .values(chat_id=NOBODYS_CHAT)
            )
            session.execute(delete(TelegramUpdateRow).where(done, received < now - kept_for))
            session.execute(
                delete(TelegramChatRow).where(
                    TelegramChatRow.owner.is_(None),
                    TelegramChatRow.leased_until < now - named_for,
                )
            )

    def _replace(self, incoming: Incoming) -> None:
        """Telegram began to count anew: the number of a finished update is another one's now."""
        self._write(
            update(TelegramUpdateRow)
            .where(
                TelegramUpdateRow.update_id == incoming.update_id,
                TelegramUpdateRow.fingerprint != incoming.fingerprint,
                ~TelegramUpdateRow.waiting,
            )
            .values(**_fresh(incoming))
        )

    def _insert(self, updates: Iterable[Incoming]) -> None:
        with Session(self._engine) as session, session.begin():
            session.add_all(TelegramUpdateRow(**_fresh(each)) for each in updates)

    def _insert_unless_known(self, incoming: Incoming) -> None:
        try:
            self._insert([incoming])
        except IntegrityError:
            return

    def _write(self, statement: Any) -> None:
        with Session(self._engine) as session, session.begin():
            session.execute(statement)


def _changed(session: Session, statement: Any) -> bool:
    """Whether a statement changed a row; the database, not we, decides who was first."""
    result: Any = session.execute(statement, execution_options={"synchronize_session": False})
    return bool(result.rowcount)


def _fresh(incoming: Incoming) -> dict[str, Any]:
    """The columns of an update that has just come."""
    return {
        "update_id": incoming.update_id,
        "chat_id": incoming.chat_id,
        "fingerprint": incoming.fingerprint,
        "body": incoming.body,
        "draft_id": None,
        "waiting": True,
        "received_at": incoming.received_at,
    }


def _row(each: Outgoing) -> TelegramOutboxRow:
    return TelegramOutboxRow(
        chat_id=each.chat_id,
        kind=each.kind,
        body=dict(each.body),
        content=each.content,
        created_at=each.created_at,
    )
