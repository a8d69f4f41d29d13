"""The tables, as SQLAlchemy models."""

from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from bot.store.encryption import SealedBytes, SealedJson, SealedText

SCHEMA_VERSION = "0017"
COUNTED = BigInteger().with_variant(Integer(), "sqlite")  # SQLite numbers INTEGER keys only


class Moment(TypeDecorator[datetime]):
    """An aware instant, kept in UTC; SQLite forgets the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Turn any aware time into UTC; a naive one is a fault of ours."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class Table(DeclarativeBase):
    """The base of all tables."""


def tables_of(*rows: type[Table]) -> tuple[sa.Table, ...]:
    """The tables behind models, for statements that need no object."""
    tables = Table.metadata.tables
    return tuple(tables[each.__tablename__] for each in rows)


class ConversationRow(Table):
    """One person's talk over one transport; ``key`` is the transport's own name for it."""

    __tablename__ = "conversations"
    __table_args__ = (UniqueConstraint("transport", "key", name="uq_conversations_transport_key"),)

    id: Mapped[str] = mapped_column(String(43), primary_key=True)
    transport: Mapped[str] = mapped_column(String(16))
    key: Mapped[str] = mapped_column(String(128))
    language: Mapped[str | None] = mapped_column(String(16))
    created_at: Mapped[datetime] = mapped_column(Moment)
    forget_asked_at: Mapped[datetime | None] = mapped_column(Moment)


class MessageRow(Table):
    """One message of a conversation, personal data masked."""

    __tablename__ = "messages"

    id: Mapped[str] = mapped_column(String(43), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE", name="fk_messages_conversation"),
        index=True,
    )
    place: Mapped[int]
    role: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(SealedText("messages.text"))
    created_at: Mapped[datetime] = mapped_column(Moment)


class AnswerRow(Table):
    """How a reply came about: what it used, how sure it was, how long each step took.

    ``actions`` are the messages behind its buttons, in order.
    """

    __tablename__ = "answers"

    id: Mapped[str] = mapped_column(String(43), primary_key=True)
    question_id: Mapped[str] = mapped_column(
        ForeignKey("messages.id", ondelete="CASCADE", name="fk_answers_question"), index=True
    )
    message_id: Mapped[str] = mapped_column(
        ForeignKey("messages.id", ondelete="CASCADE", name="fk_answers_message"), index=True
    )
    status: Mapped[str] = mapped_column(String(16))
    risk: Mapped[str] = mapped_column(String(16))
    engine: Mapped[str] = mapped_column(String(24))
    confidence: Mapped[float] = mapped_column(Float)
    passages: Mapped[list[str]] = mapped_column(JSON)
    actions: Mapped[list[str]] = mapped_column(SealedJson("answers.actions"))
    timings_ms: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(Moment, index=True)


class InterviewRow(Table):
    """A conversation's interview, its state as JSON."""

    __tablename__ = "interviews"

    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE", name="fk_interviews_conversation"),
        primary_key=True,
    )
    state: Mapped[str] = mapped_column(SealedText("interviews.state"))
    changed_at: Mapped[datetime] = mapped_column(Moment)


class FeedbackRow(Table):
    """Whether an answer helped, in the reader's word."""

    __tablename__ = "feedback"

    id: Mapped[str] = mapped_column(String(43), primary_key=True)
    answer_id: Mapped[str] = mapped_column(
        ForeignKey("answers.id", ondelete="CASCADE", name="fk_feedback_answer"), unique=True
    )
    useful: Mapped[bool]
    reason: Mapped[str | None] = mapped_column(SealedText("feedback.reason"))
    created_at: Mapped[datetime] = mapped_column(Moment)


class WebConversationRow(Table):
    """Who may speak in a web conversation; its id is the key of the conversation itself."""

    __tablename__ = "web_conversations"

    id: Mapped[str] = mapped_column(String(43), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64))
    site: Mapped[str | None] = mapped_column(String(64))
    asked: Mapped[int] = mapped_column(server_default="0")
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)


class WebAnswerRow(Table):
    """The events of a finished answer, to be sent again to whoever lost the connection."""

    __tablename__ = "web_answers"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("web_conversations.id", ondelete="CASCADE", name="fk_web_answers_conversation"),
        index=True,
    )
    run: Mapped[str] = mapped_column(String(16))
    request: Mapped[str] = mapped_column(String(64))
    events: Mapped[list[str]] = mapped_column(SealedJson("web_answers.events"))
    created_at: Mapped[datetime] = mapped_column(Moment)


class SiteRow(Table):
    """One association's pages."""

    __tablename__ = "sites"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    origins: Mapped[list[str]] = mapped_column(JSON)
    accent: Mapped[str | None] = mapped_column(String(7))
    theme: Mapped[str | None] = mapped_column(String(8))
    label: Mapped[str | None] = mapped_column(String(20))
    hotline: Mapped[str | None] = mapped_column(String(60))
    hours: Mapped[str | None] = mapped_column(String(60))
    volunteer_hours: Mapped[str | None] = mapped_column(String(120))
    session_minutes: Mapped[int]
    session_messages: Mapped[int | None]
    daily_messages: Mapped[int | None]
    logo_type: Mapped[str | None] = mapped_column(String(16))
    logo: Mapped[bytes | None] = mapped_column(LargeBinary)
    changed_at: Mapped[datetime] = mapped_column(Moment)


class SiteNoteRow(Table):
    """What an association tells its own visitors; ``questions`` are the forms people ask in."""

    __tablename__ = "site_notes"

    id: Mapped[str] = mapped_column(String(43), primary_key=True)
    site: Mapped[str] = mapped_column(
        ForeignKey("sites.key", ondelete="CASCADE", name="fk_site_notes_site"), index=True
    )
    title: Mapped[str] = mapped_column(String(200))
    questions: Mapped[list[str]] = mapped_column(JSON)
    text: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(Moment)


class SiteDayRow(Table):
    """What happened on a site's pages on one day, in numbers; they outlive the conversations."""

    __tablename__ = "site_days"

    site: Mapped[str] = mapped_column(String(64), primary_key=True)
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    conversations: Mapped[int]
    messages: Mapped[int]
    answered: Mapped[int]
    unanswered: Mapped[int]
    useful: Mapped[int]
    not_useful: Mapped[int]


class HandOffRow(Table):
    """A talk that a person asked to have with a volunteer; ``number`` is what volunteers call it."""

    __tablename__ = "hand_offs"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - a number is never used again

    number: Mapped[int] = mapped_column(COUNTED, primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE", name="fk_hand_offs_conversation"),
        index=True,
    )
    stage: Mapped[str] = mapped_column(String(16), index=True)
    language: Mapped[str] = mapped_column(String(16))
    volunteer: Mapped[str] = mapped_column(SealedText("hand_offs.volunteer"))
    site: Mapped[str | None] = mapped_column(String(64))
    since: Mapped[datetime] = mapped_column(Moment)


class HandOffLineRow(Table):
    """Something told to one side of a hand-off; ``carried`` once its transport has it in hand."""

    __tablename__ = "hand_off_lines"

    id: Mapped[int] = mapped_column(COUNTED, primary_key=True, autoincrement=True)
    number: Mapped[int] = mapped_column(
        ForeignKey("hand_offs.number", ondelete="CASCADE", name="fk_hand_off_lines_number"),
        index=True,
    )
    to: Mapped[str] = mapped_column(String(16))
    by: Mapped[str | None] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(SealedText("hand_off_lines.text"))
    carried: Mapped[bool] = mapped_column(index=True)
    created_at: Mapped[datetime] = mapped_column(Moment)


class ReminderRow(Table):
    """The instalments a person is reminded of; ``next_at`` is none after the last one."""

    __tablename__ = "reminders"

    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE", name="fk_reminders_conversation"),
        primary_key=True,
    )
    instalments: Mapped[str] = mapped_column(SealedText("reminders.instalments"))
    language: Mapped[str] = mapped_column(String(16))
    next_number: Mapped[int]
    next_at: Mapped[datetime | None] = mapped_column(Moment, index=True)


class TelegramUpdateRow(Table):
    """One update of Telegram; ``body`` is kept only until it has been worked on.

    ``draft_id`` is the message that already shows the first words of the answer; ``fingerprint``
    tells a repeat from another update that came to bear the same number.
    """

    __tablename__ = "telegram_updates"
    __table_args__ = (Index("ix_telegram_updates_chat", "chat_id", "update_id"),)

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    fingerprint: Mapped[str] = mapped_column(String(16))
    body: Mapped[str | None] = mapped_column(SealedText("telegram_updates.body"))
    draft_id: Mapped[int | None] = mapped_column(BigInteger)
    waiting: Mapped[bool] = mapped_column(index=True)
    received_at: Mapped[datetime] = mapped_column(Moment)


class TelegramOutboxRow(Table):
    """Something to say in a chat; the row goes when Telegram has taken it."""

    __tablename__ = "telegram_outbox"

    id: Mapped[int] = mapped_column(COUNTED, primary_key=True, autoincrement=True)
    chat_id: Mapped[int] = mapped_column(BigInteger, index=True)
    kind: Mapped[str] = mapped_column(String(16))
    body: Mapped[dict[str, Any]] = mapped_column(SealedJson("telegram_outbox.body"))
    content: Mapped[bytes | None] = mapped_column(SealedBytes("telegram_outbox.content"))
    created_at: Mapped[datetime] = mapped_column(Moment)


class TelegramChatRow(Table):
    """Which process works on a chat, until when, and how long Telegram asked it to wait."""

    __tablename__ = "telegram_chats"

    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    owner: Mapped[str | None] = mapped_column(String(128))
    leased_until: Mapped[datetime] = mapped_column(Moment)
    silent_until: Mapped[datetime | None] = mapped_column(Moment)


class SwitchRow(Table):
    """One turn of an operator's switch; the last one of a name counts."""

    __tablename__ = "switches"

    id: Mapped[int] = mapped_column(COUNTED, primary_key=True, autoincrement=True)
    name: Mapped[str] = mapped_column(String(32), index=True)
    is_on: Mapped[bool]
    who: Mapped[str] = mapped_column(String(128))
    note: Mapped[str] = mapped_column(Text)
    turned_at: Mapped[datetime] = mapped_column(Moment)


class EntryRow(Table):
    """An entry as the workspace lists it; its texts are its versions.

    ``state`` is that of the newest ``version``; ``live_version`` is what borrowers read.
    ``revision`` counts every change, so that of two people who change the same thing one is told.
    ``file_version`` is the version that the knowledge base's file holds, and ``file_text`` a newer
    text of that file which nobody has decided on yet.
    """

    __tablename__ = "entries"
    __table_args__ = (Index("ix_entries_topic", "topic", "id"),)

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    topic: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16), index=True)
    revision: Mapped[int]
    version: Mapped[int]
    live_version: Mapped[int | None]
    file_version: Mapped[int | None]
    file_hash: Mapped[str | None] = mapped_column(String(64))
    file_text: Mapped[str | None] = mapped_column(Text)
    review_due: Mapped[date | None] = mapped_column(index=True)
    weak: Mapped[bool]
    check_instrument: Mapped[str | None] = mapped_column(String(80), index=True)
    publish_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    author: Mapped[str] = mapped_column(String(80))
    searched: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment, index=True)


class EntryVersionRow(Table):
    """One version of an entry, whole: the fields of the exchange form, perhaps not all filled yet.

    A version that ``retires`` takes the entry away from borrowers.
    """

    __tablename__ = "entry_versions"

    entry_id: Mapped[str] = mapped_column(
        ForeignKey("entries.id", ondelete="CASCADE", name="fk_entry_versions_entry"),
        primary_key=True,
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    retires: Mapped[bool]
    author: Mapped[str] = mapped_column(String(80))
    note: Mapped[str] = mapped_column(Text)
    approved_by: Mapped[str | None] = mapped_column(String(80))
    approved_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment)


class EntryRemarkRow(Table):
    """What people said and decided about an entry, in order; nothing here is ever changed."""

    __tablename__ = "entry_remarks"

    id: Mapped[int] = mapped_column(COUNTED, primary_key=True, autoincrement=True)
    entry_id: Mapped[str] = mapped_column(
        ForeignKey("entries.id", ondelete="CASCADE", name="fk_entry_remarks_entry"), index=True
    )
    version: Mapped[int]
    kind: Mapped[str] = mapped_column(String(24))
    author: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment)


class PublicationRow(Table):
    """What went live together, when and by whom; the highest number is what borrowers read.

    ``key`` names this publication of this database and no other, so that an index made from
    another one is never taken for it.
    """

    __tablename__ = "publications"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(43))
    kind: Mapped[str] = mapped_column(String(16))
    author: Mapped[str] = mapped_column(String(80))
    note: Mapped[str] = mapped_column(Text)
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    answers: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON)
    evaluation: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(Moment)


class InstrumentMarkRow(Table):
    """What curators know of an instrument before its file says so: amended or repealed, since when."""

    __tablename__ = "instrument_marks"

    instrument: Mapped[str] = mapped_column(String(80), primary_key=True)
    status: Mapped[str] = mapped_column(String(16))
    since: Mapped[date]
    note: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(Moment)


class ExactAnswerRow(Table):
    """A question that one entry answers whatever the search says; ``key`` is its plain form.

    Each row is one version of what answers its question; at most one of them is published.
    """

    __tablename__ = "exact_answers"

    id: Mapped[str] = mapped_column(String(43), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), index=True)
    question: Mapped[str] = mapped_column(Text)
    entry_id: Mapped[str] = mapped_column(
        ForeignKey("entries.id", ondelete="CASCADE", name="fk_exact_answers_entry"), index=True
    )
    state: Mapped[str] = mapped_column(String(16), index=True)
    revision: Mapped[int]
    author: Mapped[str] = mapped_column(String(80))
    approved_by: Mapped[str | None] = mapped_column(String(80))
    note: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment)


class EntryUseRow(Table):
    """How many answers of a month an entry was in, and how many of those were of no help."""

    __tablename__ = "entry_uses"

    entry_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    answers: Mapped[int]
    unhelpful: Mapped[int]


class UploadRow(Table):
    """A source that was taken in for rewriting: its assessment and its parts, never published."""

    __tablename__ = "uploads"

    id: Mapped[str] = mapped_column(String(43), primary_key=True)
    source: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16), index=True)
    record: Mapped[dict[str, Any]] = mapped_column(JSON)
    author: Mapped[str] = mapped_column(String(80))
    taken_in: Mapped[datetime] = mapped_column(Moment)


class CurationNoteRow(Table):
    """A fact of the workspace as a whole, by name."""

    __tablename__ = "curation_notes"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class AccountRow(Table):
    """A person of the workspace; ``key`` is the name as it is compared.

    A mail address is kept as a hash, and so is what a sign-in provider calls the person.
    ``totp_step`` is the last time step whose code was used: no code works twice.
    """

    __tablename__ = "accounts"

    id: Mapped[str] = mapped_column(String(43), primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(40), unique=True)
    role: Mapped[str] = mapped_column(String(16))
    password_hash: Mapped[str] = mapped_column(Text)
    email_hash: Mapped[str | None] = mapped_column(String(64), index=True, unique=True)
    subject_hash: Mapped[str | None] = mapped_column(String(64), index=True, unique=True)
    totp_secret: Mapped[str | None] = mapped_column(SealedText("accounts.totp_secret"))
    totp_step: Mapped[int] = mapped_column(BigInteger)
    is_active: Mapped[bool]
    is_ready: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(Moment)


class RecoveryCodeRow(Table):
    """A code that stands in once for the second factor; the row goes when it is used."""

    __tablename__ = "recovery_codes"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE", name="fk_recovery_codes_account"), index=True
    )


class InvitationRow(Table):
    """A link that lets one person in once; the token itself is not kept."""

    __tablename__ = "invitations"

    id: Mapped[str] = mapped_column(String(43), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[str] = mapped_column(String(16))
    note: Mapped[str] = mapped_column(Text)
    invited_by: Mapped[str] = mapped_column(String(40))
    email_hash: Mapped[str | None] = mapped_column(String(64))
    account_id: Mapped[str | None] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE", name="fk_invitations_account")
    )
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    is_open: Mapped[bool]


class WorkSessionRow(Table):
    """Somebody signed in to the workspace on a device; the token itself is not kept."""

    __tablename__ = "work_sessions"

    id: Mapped[str] = mapped_column(String(43), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[str] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE", name="fk_work_sessions_account"), index=True
    )
    device: Mapped[str] = mapped_column(String(80))
    has_passed: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)


class SignInFailureRow(Table):
    """Wrong tries in a row under a name, whether there is such an account or not."""

    __tablename__ = "sign_in_failures"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(Moment)
    blocked_until: Mapped[datetime | None] = mapped_column(Moment)


class AuditRow(Table):
    """What somebody did in the workspace; triggers of the database refuse to change or delete it.

    ``hash`` covers the line and the hash before it, so that the log holds together or visibly not.
    """

    __tablename__ = "audit"

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Moment)
    who: Mapped[str] = mapped_column(String(40))
    act: Mapped[str] = mapped_column(String(40), index=True)
    about: Mapped[str] = mapped_column(String(120), index=True)
    details: Mapped[dict[str, str]] = mapped_column(JSON)
    hash: Mapped[str] = mapped_column(String(64))
