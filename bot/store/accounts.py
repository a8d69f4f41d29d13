"""The people of the workspace, their recovery codes, and the links that let new ones in."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.curation.people import (
    Account,
    Credentials,
    Invitation,
    InvitationSpent,
    LastAdministrator,
    NameInUse,
    NoSuchAccount,
    Role,
)
from bot.store.ids import new_id
from bot.store.tables import AccountRow, InvitationRow, RecoveryCodeRow


class Accounts:
    """The repository of accounts and invitations over one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def any(self) -> bool:
        """Whether anybody was ever let in or invited."""
        with Session(self._engine) as session:
            return any(
                session.scalar(select(table.id).limit(1)) is not None
                for table in (AccountRow, InvitationRow)
            )

    def all(self) -> list[Account]:
        """Everybody, by name."""
        with Session(self._engine) as session:
            return [account_of(row) for row in session.scalars(select(AccountRow).order_by("key"))]

    def credentials(self, key: str) -> Credentials | None:
        """What the account of a name is checked against."""
        with Session(self._engine) as session:
            row = session.scalar(select(AccountRow).where(AccountRow.key == key))
            return _credentials(row) if row else None

    def get(self, account: str) -> Credentials:
        """The same by id; NoSuchAccount where there is none."""
        with Session(self._engine) as session:
            return _credentials(_row(session, account))

    def change(self, account: str, *, role: Role, active: bool) -> Account:
        """Another role, or shut out; LastAdministrator where nobody else could let people in."""
        with Session(self._engine) as session, session.begin():
            row = _row(session, account)
            row.role, row.is_active = role, active
            session.flush()
            ready = (AccountRow.is_active.is_(True), AccountRow.role == Role.ADMINISTRATOR)
            counted = select(func.count()).select_from(AccountRow).where(*ready)
            if not session.scalar(counted):
                raise LastAdministrator("the last administrator stays one")
            return account_of(row)

    def set_password(self, account: str, password_hash: str) -> None:
        """Another password."""
        self._update(account, password_hash=password_hash)

    def set_secret(self, account: str, secret: str) -> None:
        """A second factor that has yet to be confirmed."""
        self._update(account, totp_secret=secret, totp_step=0, is_ready=False)

    def confirm(self, account: str, recovery_hashes: Iterable[str]) -> None:
        """The second factor works; these codes stand in for it from now on."""
        with Session(self._engine) as session, session.begin():
            _row(session, account).is_ready = True
            session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.account_id == account))
            session.add_all(RecoveryCodeRow(id=h, account_id=account) for h in recovery_hashes)

    def use_step(self, account: str, step: int) -> bool:
        """Take a time step for a code; False if it, or a later one, was taken before."""
        taken = update(AccountRow).where(AccountRow.id == account, AccountRow.totp_step < step)
        with Session(self._engine) as session, session.begin():
            done: Any = session.execute(taken.values(totp_step=step))
            return bool(done.rowcount)

    def use_recovery_code(self, account: str, code_hash: str) -> bool:
        """Take a recovery code; False if there is none such any more."""
        taken = delete(RecoveryCodeRow).where(
            RecoveryCodeRow.id == code_hash, RecoveryCodeRow.account_id == account
        )
        with Session(self._engine) as session, session.begin():
            done: Any = session.execute(taken)
            return bool(done.rowcount)

    def recovery_codes_left(self, account: str) -> int:
        """How many recovery codes are left."""
        counted = select(func.count()).where(RecoveryCodeRow.account_id == account)
        with Session(self._engine) as session:
            return session.scalar(counted) or 0

    def invite(
        self,
        token_hash: str,
        role: Role,
        note: str,
        by: str,
        expires_at: datetime,
        account: str | None = None,
        email_hash: str | None = None,
    ) -> Invitation:
        """Keep an invitation."""
        row = InvitationRow(
            id=new_id(),
            token_hash=token_hash,
            role=role,
            note=note,
            invited_by=by,
            account_id=account,
            email_hash=email_hash,
            created_at=datetime.now(UTC),
            expires_at=expires_at,
            is_open=True,
        )
        with Session(self._engine) as session, session.begin():
            session.add(row)
            return _invitation(row)

    def invitation(self, token_hash: str) -> Invitation:
        """An invitation that can still be used; InvitationSpent otherwise."""
        with Session(self._engine) as session:
            row = session.scalar(
                select(InvitationRow).where(InvitationRow.token_hash == token_hash)
            )
            if row is None or not row.is_open or row.expires_at <= datetime.now(UTC):
                raise InvitationSpent("this link cannot be used any more; ask for a new one")
            return _invitation(row)

    def invited_by_mail(self, email_hash: str) -> Invitation | None:
        """The newest invitation of somebody new by a mail address that can still be used."""
        wanted = (
            select(InvitationRow)
            .where(InvitationRow.email_hash == email_hash, InvitationRow.account_id.is_(None))
            .where(InvitationRow.is_open.is_(True), InvitationRow.expires_at > datetime.now(UTC))
            .order_by(InvitationRow.created_at.desc())
        )
        with Session(self._engine) as session:
            row = session.scalars(wanted).first()
            return _invitation(row) if row else None

    def vouched_for(self, subject_hash: str, email_hash: str) -> Account | None:
        """Whom a provider knows: as it called them before, or the first time by mail address."""
        with Session(self._engine) as session, session.begin():
            row = session.scalar(select(AccountRow).where(AccountRow.subject_hash == subject_hash))
            if row is None:
                by_mail = select(AccountRow).where(AccountRow.email_hash == email_hash)
                row = session.scalar(by_mail.where(AccountRow.subject_hash.is_(None)))
            if row is None:
                return None
            row.subject_hash = subject_hash
            return account_of(row)

    def note_mail(self, account: str, email_hash: str | None) -> None:
        """Another mail address, or none; what a provider called the person before is forgotten."""
        try:
            self._update(account, email_hash=email_hash, subject_hash=None)
        except IntegrityError as fault:
            raise NameInUse("somebody else has this mail address") from fault

    def invitations(self) -> list[Invitation]:
        """Those that can still be used, the newest first."""
        usable = (InvitationRow.is_open.is_(True), InvitationRow.expires_at > datetime.now(UTC))
        wanted = select(InvitationRow).where(*usable).order_by(InvitationRow.created_at.desc())
        with Session(self._engine) as session:
            return [_invitation(row) for row in session.scalars(wanted)]

    def withdraw(self, invitation: str) -> None:
        """Make a link useless."""
        with Session(self._engine) as session, session.begin():
            _spend(session, invitation)

    def accept(self, invitation: Invitation, name: str, key: str, password_hash: str) -> Account:
        """Spend an invitation: a new account, or its account with another password and factor."""
        with Session(self._engine) as session, session.begin():
            if not _spend(session, invitation.id):
                raise InvitationSpent("this link was used a moment ago")
            if invitation.account is not None:
                row = _row(session, invitation.account)
            else:
                row = AccountRow(id=new_id(), name=name, key=key, role=invitation.role)
                row.is_active, row.created_at = True, datetime.now(UTC)
                row.email_hash = _free_mail(session, invitation.id)
                session.add(row)
            row.password_hash = password_hash
            row.totp_secret, row.totp_step, row.is_ready = None, 0, False
            try:
                session.flush()
            except IntegrityError as fault:
                raise NameInUse(f"there is somebody called {name} already") from fault
            return account_of(row)

    def _update(self, account: str, **values: object) -> None:
        with Session(self._engine) as session, session.begin():
            session.execute(update(AccountRow).where(AccountRow.id == account).values(**values))


def _free_mail(session: Session, invitation: str) -> str | None:
    """The mail address an invitation was for, unless an account has it already."""
    mail = session.get_one(InvitationRow, invitation).email_hash
    taken = session.scalar(select(AccountRow.id).where(AccountRow.email_hash == mail))
    return None if taken else mail


def _spend(session: Session, invitation: str) -> bool:
    spent = update(InvitationRow).where(InvitationRow.id == invitation, InvitationRow.is_open)
    done: Any = session.execute(spent.values(is_open=False))
    return bool(done.rowcount)


def _row(session: Session, account: str) -> AccountRow:
    row = session.get(AccountRow, account)
    if row is None:
        raise NoSuchAccount("there is no such account")
    return row


def account_of(row: AccountRow) -> Account:
    """The account of a row."""
    return Account(
        row.id,
        row.name,
        Role(row.role),
        row.is_active,
        row.is_ready,
        row.created_at,
        by_provider=row.email_hash is not None,
    )


def _credentials(row: AccountRow) -> Credentials:
    return Credentials(account_of(row), row.password_hash, row.totp_secret)


def _invitation(row: InvitationRow) -> Invitation:
    return Invitation(
        id=row.id,
        role=Role(row.role),
        note=row.note,
        invited_by=row.invited_by,
        account=row.account_id,
        created_at=row.created_at,
        expires_at=row.expires_at,
    )
