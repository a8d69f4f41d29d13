"""Associations' sites, their local notes and their counts, for the web, the CLI and the workspace."""

from datetime import UTC, date, datetime
from enum import StrEnum

from sqlalchemy import Engine, bindparam, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.errors import SiteUnknown
from bot.knowledge.site import DayCount, LocalNote, Logo, Site
from bot.store.group_commit import Row
from bot.store.ids import new_id
from bot.store.tables import FeedbackRow, SiteDayRow, SiteNoteRow, SiteRow, WebConversationRow

_COUNTS = tuple(name for name in DayCount.model_fields if name != "day")
_ASKED = (
    update(WebConversationRow)
    .where(WebConversationRow.id == bindparam("talk"))
    .values(asked=WebConversationRow.asked + 1)
    .returning(WebConversationRow.asked)
)


class Reached(StrEnum):
    """Which of a site's limits is reached."""

    DAY = "site_day_limit"
    SESSION = "site_session_limit"


class SiteStore:
    """The repository of sites over one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        insert = postgresql.insert if engine.dialect.name == "postgresql" else sqlite.insert
        fresh = insert(SiteDayRow)
        more = {name: SiteDayRow.__table__.c[name] + fresh.excluded[name] for name in _COUNTS}
        self._count = fresh.on_conflict_do_update(index_elements=["site", "day"], set_=more)

    def state(self) -> tuple[int, datetime | None]:
        """What differs whenever a site or a note of one has changed."""
        wanted = select(func.count(), func.max(SiteRow.changed_at)).select_from(SiteRow)
        with Session(self._engine) as session:
            count, newest = session.execute(wanted).one()
        return count, newest

    def sites(self) -> list[Site]:
        """All sites by key."""
        with Session(self._engine) as session:
            return [_site(row) for row in session.scalars(select(SiteRow).order_by(SiteRow.key))]

    def site(self, key: str) -> Site:
        """One site; SiteUnknown where there is none."""
        with Session(self._engine) as session:
            return _site(_row(session, key))

    def put(self, site: Site) -> None:
        """Keep a site, in place of the one that had its key."""
        with Session(self._engine) as session, session.begin():
            row = session.get(SiteRow, site.key) or SiteRow(key=site.key)
            for name, value in site.model_dump(mode="json").items():
                setattr(row, name, value)
            row.changed_at = datetime.now(UTC)
            session.add(row)

    def remove(self, key: str) -> None:
        """Delete a site with its notes; its visitors' tokens open nothing any more."""
        with Session(self._engine) as session, session.begin():
            session.delete(_row(session, key))
            session.execute(delete(WebConversationRow).where(WebConversationRow.site == key))

    def logo(self, key: str) -> Logo | None:
        """A site's picture."""
        with Session(self._engine) as session:
            row = session.get(SiteRow, key)
            if row is None or row.logo is None:
                return None
            return Logo.model_validate({"media_type": row.logo_type, "content": row.logo})

    def put_logo(self, key: str, logo: Logo | None) -> None:
        """Keep a picture, or none."""
        with Session(self._engine) as session, session.begin():
            row = _row(session, key)
            row.logo_type = logo.media_type if logo else None
            row.logo = logo.content if logo else None
            row.changed_at = datetime.now(UTC)

    def notes(self, key: str | None = None) -> list[LocalNote]:
        """The notes of a site, or of all."""
        wanted = select(SiteNoteRow).order_by(SiteNoteRow.site, SiteNoteRow.title, SiteNoteRow.id)
        if key is not None:
            wanted = wanted.where(SiteNoteRow.site == key)
        with Session(self._engine) as session:
            return [_note(row) for row in session.scalars(wanted)]

    def put_note(self, note: LocalNote) -> str:
        """Keep a note of a site, a new one where it has no id; its id."""
        now, note_id = datetime.now(UTC), note.id or new_id()
        with Session(self._engine) as session, session.begin():
            _row(session, note.site).changed_at = now
            row = SiteNoteRow(id=note_id, site=note.site, title=note.title, text=note.text)
            row.questions, row.changed_at = list(note.questions), now
            session.merge(row)
        return note_id

    def remove_note(self, key: str, note_id: str) -> bool:
        """Delete a note of a site; False where that site has no such note."""
        mine = delete(SiteNoteRow).where(SiteNoteRow.site == key, SiteNoteRow.id == note_id)
        with Session(self._engine) as session, session.begin():
            _row(session, key).changed_at = datetime.now(UTC)
            return session.scalar(mine.returning(SiteNoteRow.id)) is not None

    def days(self, key: str, since: date) -> list[DayCount]:
        """What happened on a site's pages, the newest day first."""
        wanted = (
            select(SiteDayRow)
            .where(SiteDayRow.site == key, SiteDayRow.day >= since.isoformat())
            .order_by(SiteDayRow.day.desc())
        )
        with Session(self._engine) as session:
            rows = session.scalars(wanted).all()
        names = DayCount.model_fields
        return [DayCount(**{name: getattr(row, name) for name in names}) for row in rows]

    def counting(self, key: str, day: date, **more: int) -> Row:
        """The row that adds to a day's counts."""
        return self._count, {
            "site": key,
            "day": day.isoformat(),
            **dict.fromkeys(_COUNTS, 0),
            **more,
        }

    def verdict(self, answer_id: str) -> tuple[bool, datetime] | None:
        """Whether an answer helped, as last said, and when that was."""
        said = select(FeedbackRow.useful, FeedbackRow.created_at)
        with Session(self._engine) as session:
            found = session.execute(said.where(FeedbackRow.answer_id == answer_id)).first()
        return (found.useful, found.created_at) if found else None

    def admit_message(self, site: Site, conversation: str | None, today: date) -> Reached | None:
        """Count one message of a site's visitor; or the limit that stands in its way.

        All processes count in the database. ``conversation`` is none for a message that begins one.
        """
        begun = int(conversation is None)
        _, values = self.counting(site.key, today, messages=1, conversations=begun)
        with Session(self._engine) as session, session.begin() as transaction:
            today_so_far = session.execute(
                self._count.returning(SiteDayRow.messages), dict(values)
            ).scalar_one()
            asked = session.execute(_ASKED, {"talk": conversation}).scalar() or 0
            if site.session_messages is not None and asked > site.session_messages:
                transaction.rollback()
                return Reached.SESSION
            if site.daily_messages is not None and today_so_far > site.daily_messages:
                transaction.rollback()
                return Reached.DAY
        return None


def _row(session: Session, key: str) -> SiteRow:
    row = session.get(SiteRow, key)
    if row is None:
        raise SiteUnknown(f"There is no site {key}; borrower-aid site list shows all.")
    return row


def _site(row: SiteRow) -> Site:
    return Site.model_validate({name: getattr(row, name) for name in Site.model_fields})


def _note(row: SiteNoteRow) -> LocalNote:
    fields = {name: getattr(row, name) for name in LocalNote.model_fields}
    return LocalNote.model_validate(fields)
