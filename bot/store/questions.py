"""What people asked and how it went, for those who write the knowledge; masked, and by number only."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import ColumnElement, Engine, and_, func, or_, select
from sqlalchemy.orm import Session

from bot.answering.reply import Status
from bot.curation.records import AskedBadly, Day, Trouble
from bot.store.publications import begin_alone
from bot.store.tables import AnswerRow, CurationNoteRow, EntryUseRow, FeedbackRow, MessageRow

COUNTED = "answers_counted"  # the note that holds up to which moment answers were counted
SETTLING = timedelta(seconds=60)  # so much later every transaction of a moment has ended
CHUNK = 5000
MONTHS_OF_VOTES = 3


class Questions:
    """The repository of answers as curators see them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def asked_badly(self, since: datetime, weak: float, limit: int = 2000) -> list[AskedBadly]:
        """Questions with no answer, an unsure one, or one that was of no help; the newest first."""
        useless = FeedbackRow.useful.is_(False)
        answered = AnswerRow.status == Status.ANSWERED
        unsure = and_(answered, AnswerRow.confidence < weak)
        wanted = (
            select(AnswerRow, MessageRow, FeedbackRow)
            .join(MessageRow, MessageRow.id == AnswerRow.question_id)
            .outerjoin(FeedbackRow, FeedbackRow.answer_id == AnswerRow.id)
            .where(AnswerRow.created_at >= since)
            .where(or_(AnswerRow.status == Status.NO_SOURCE, unsure, useless))
            .order_by(AnswerRow.created_at.desc())
            .limit(limit)
        )
        with Session(self._engine) as session:
            return [_asked(*row) for row in session.execute(wanted)]

    def days(self, since: datetime) -> list[Day]:
        """How each day's answers ended, by the day in Shanghai."""
        day = self._shanghai_day()
        counted = (
            select(day.label("day"), AnswerRow.status, func.count())
            .where(AnswerRow.created_at >= since)
            .group_by(day, AnswerRow.status)
            .order_by(day)
        )
        by_day: dict[str, Counter[str]] = {}
        with Session(self._engine) as session:
            for written, status, count in session.execute(counted):
                by_day.setdefault(str(written), Counter())[status] += count
        return [Day(date.fromisoformat(name), dict(found)) for name, found in by_day.items()]

    def count_uses(self, now: datetime) -> int:
        """Count the answers since the last time into their entries' months; how many they were."""
        until, counted = now - SETTLING, 0
        with Session(self._engine) as session, session.begin():
            begin_alone(session)
            note = session.get(CurationNoteRow, COUNTED)
            since = datetime.fromisoformat(note.value) if note else datetime.min.replace(tzinfo=UTC)
            uses: Counter[tuple[str, str]] = Counter()
            wanted = select(AnswerRow.created_at, AnswerRow.passages).where(
                AnswerRow.created_at > since, AnswerRow.created_at <= until
            )
            for created_at, passages in session.execute(wanted.execution_options(yield_per=CHUNK)):
                counted += 1
                uses.update((entry, f"{created_at:%Y-%m}") for entry in _entries(passages))
            for (entry, month), answers in uses.items():
                _use(session, entry, month).answers += answers
            self._count_votes(session, now)
            session.merge(CurationNoteRow(name=COUNTED, value=until.isoformat()))
        return counted

    def _count_votes(self, session: Session, now: datetime) -> None:
        """Votes are few and can be changed, so those of the last months are counted afresh."""
        first = (now - timedelta(days=31 * MONTHS_OF_VOTES)).replace(day=1, hour=0, minute=0)
        useless = (
            select(AnswerRow.created_at, AnswerRow.passages)
            .join(FeedbackRow, FeedbackRow.answer_id == AnswerRow.id)
            .where(FeedbackRow.useful.is_(False), AnswerRow.created_at >= first)
        )
        votes: Counter[tuple[str, str]] = Counter()
        for created_at, passages in session.execute(useless):
            votes.update((entry, f"{created_at:%Y-%m}") for entry in _entries(passages))
        kept = select(EntryUseRow).where(EntryUseRow.month >= f"{first:%Y-%m}")
        for row in session.scalars(kept.where(EntryUseRow.unhelpful > 0)):
            row.unhelpful = 0
        for (entry, month), count in votes.items():
            _use(session, entry, month).unhelpful = count

    def _shanghai_day(self) -> ColumnElement[str]:
        if self._engine.dialect.name == "sqlite":
            return func.date(AnswerRow.created_at, "+8 hours")
        return func.to_char(func.timezone("Asia/Shanghai", AnswerRow.created_at), "YYYY-MM-DD")


def _asked(answer: AnswerRow, question: MessageRow, vote: FeedbackRow | None) -> AskedBadly:
    if vote is not None and not vote.useful:
        trouble = Trouble.NO_HELP
    elif answer.status == Status.NO_SOURCE:
        trouble = Trouble.NO_ANSWER
    else:
        trouble = Trouble.UNSURE
    return AskedBadly(
        question=question.text,
        trouble=trouble,
        entries=tuple(_entries(answer.passages)),
        confidence=answer.confidence,
        reason=vote.reason if vote is not None and not vote.useful else None,
        asked_at=answer.created_at,
    )


def _entries(passages: Sequence[str]) -> list[str]:
    """The entries among passages; a provision's id has its instrument and a colon before it."""
    return [each for each in dict.fromkeys(passages) if ":" not in each]


def _use(session: Session, entry: str, month: str) -> EntryUseRow:
    row = session.get(EntryUseRow, (entry, month))
    if row is None:
        row = EntryUseRow(entry_id=entry, month=month, answers=0, unhelpful=0)
        session.add(row)
    return row
