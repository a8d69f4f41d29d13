"""Who is signed in to the workspace, and who typed the wrong password how often."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, delete, select, update
from sqlalchemy.orm import Session

from bot.curation.people import Account, WorkSession
from bot.store.accounts import account_of
from bot.store.ids import new_id
from bot.store.tables import AccountRow, SignInFailureRow, WorkSessionRow

IDLE = timedelta(hours=2)
LONGEST = timedelta(hours=12)
NOTED_EVERY = timedelta(minutes=1)
FORGOTTEN_AFTER = timedelta(days=1)


class WorkSessions:
    """The repository of sessions over one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin(self, token_hash: str, account: Account, device: str) -> None:
        """Somebody's password was right; those that have run out are swept away."""
        now = datetime.now(UTC)
        row = WorkSessionRow(
            id=new_id(),
            token_hash=token_hash,
            account_id=account.id,
            device=device[:80],
            has_passed=False,
            created_at=now,
            seen_at=now,
            expires_at=now + LONGEST,
        )
        with Session(self._engine) as session, session.begin():
            session.execute(delete(WorkSessionRow).where(WorkSessionRow.expires_at <= now))
            session.add(row)

    def find(self, token_hash: str) -> WorkSession | None:
        """The session of a token, unless it ran out or its account was shut."""
        now = datetime.now(UTC)
        wanted = (
            select(WorkSessionRow, AccountRow)
            .join(AccountRow, AccountRow.id == WorkSessionRow.account_id)
            .where(
                WorkSessionRow.token_hash == token_hash,
                WorkSessionRow.expires_at > now,
                WorkSessionRow.seen_at > now - IDLE,
                AccountRow.is_active.is_(True),
            )
        )
        with Session(self._engine) as session, session.begin():
            found = session.execute(wanted).first()
            if found is None:
                return None
            row, account = found
            if now - row.seen_at >= NOTED_EVERY:
                row.seen_at = now
            return _work_session(row, account)

    def pass_second_factor(self, token_hash: str, new_token_hash: str) -> None:
        """The code was right; the token is changed, so that one seen before is worth nothing."""
        with Session(self._engine) as session, session.begin():
            session.execute(
                update(WorkSessionRow)
                .where(WorkSessionRow.token_hash == token_hash)
                .values(has_passed=True, token_hash=new_token_hash)
            )

    def of(self, account: str) -> list[WorkSession]:
        """Where an account is signed in, the newest first."""
        wanted = (
            select(WorkSessionRow, AccountRow)
            .join(AccountRow, AccountRow.id == WorkSessionRow.account_id)
            .where(WorkSessionRow.account_id == account)
            .where(WorkSessionRow.seen_at > datetime.now(UTC) - IDLE)
            .order_by(WorkSessionRow.seen_at.desc())
        )
        with Session(self._engine) as session:
            return [_work_session(row, of) for row, of in session.execute(wanted)]

    def end(self, work_session: str) -> None:
        """Sign one session out."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(WorkSessionRow).where(WorkSessionRow.id == work_session))

    def end_all(self, account: str, but: str = "") -> None:
        """Sign an account out everywhere, or everywhere else."""
        everywhere = delete(WorkSessionRow).where(WorkSessionRow.account_id == account)
        with Session(self._engine) as session, session.begin():
            session.execute(everywhere.where(WorkSessionRow.id != but))


class SignInFailures:
    """Wrong tries in a row; a name that nobody has counts like any other."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def blocked_until(self, key_hash: str) -> datetime | None:
        """When the next try counts, if not now."""
        with Session(self._engine) as session:
            row = session.get(SignInFailureRow, key_hash)
            until = row.blocked_until if row else None
            return until if until is not None and until > datetime.now(UTC) else None

    def count(self, key_hash: str) -> int:
        """Note a wrong try; how many in a row there are now."""
        now = datetime.now(UTC)
        with Session(self._engine) as session, session.begin():
            row = session.get(SignInFailureRow, key_hash, with_for_update=True)
            if row is None or now - row.last_at > FORGOTTEN_AFTER:
                session.merge(SignInFailureRow(id=key_hash, failures=1, last_at=now))
                return 1
            row.failures, row.last_at = row.failures + 1, now
            return row.failures

    def block(self, key_hash: str, until: datetime) -> None:
        """Let no try count before then."""
        with Session(self._engine) as session, session.begin():
            session.execute(
                update(SignInFailureRow)
                .where(SignInFailureRow.id == key_hash)
                .values(blocked_until=until)
            )

    def clear(self, key_hash: str) -> None:
        """A try was right."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(SignInFailureRow).where(SignInFailureRow.id == key_hash))


def _work_session(row: WorkSessionRow, account: AccountRow) -> WorkSession:
    return WorkSession(
        row.id, account_of(account), row.device, row.has_passed, row.created_at, row.seen_at
    )
