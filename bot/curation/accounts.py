"""Letting people in: invitations, passwords, second factors; every step is in the audit log."""

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

from sqlalchemy import Engine

from bot.chinese.normalise import normalise
from bot.curation import passwords, second_factor
from bot.curation.people import (
    Account,
    Blocked,
    Invitation,
    NameUnfit,
    NoSuchAccount,
    NotInvited,
    Role,
    SignInRefused,
    WorkSession,
)
from bot.curation.provider import Vouched
from bot.store.accounts import Accounts
from bot.store.audit import Audit
from bot.store.work_sessions import SignInFailures, WorkSessions

INVITED_FOR = timedelta(days=3)
FREE_TRIES = 5
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class People:
    """Who may come in, and how."""

    accounts: Accounts
    sessions: WorkSessions
    failures: SignInFailures
    audit: Audit
    seconds: Callable[[], float] = time.time

    def invite(
        self, role: Role, note: str, by: str, account: Account | None = None, email: str = ""
    ) -> str:
        """The token of a new link, which is shown once and kept nowhere."""
        token = new_token()
        until = datetime.now(UTC) + INVITED_FOR
        of = account.id if account else None
        self.accounts.invite(hash_of(token), role, note, by, until, of, mail_hash(email))
        self.audit.record(by, "invited", account.name if account else note, role=role)
        return token

    def invitation(self, token: str) -> Invitation:
        """What a link is good for; InvitationSpent where it is not."""
        return self.accounts.invitation(hash_of(token))

    def accept(self, token: str, name: str, password: str) -> Account:
        """Come in by a link; the second factor is still to be set up."""
        invitation = self.invitation(token)
        if invitation.account is not None:
            name = self.accounts.get(invitation.account).account.name
        name = checked_name(name)
        passwords.check_strength(password, name)
        of = self.accounts.accept(invitation, name, key_of(name), passwords.hashed(password))
        self.sessions.end_all(of.id)
        self.failures.clear(hash_of(key_of(of.name)))
        self.audit.record(of.name, "accepted_invitation", of.name, role=of.role)
        return of

    def sign_in(self, name: str, password: str) -> Account:
        """The account of a name and password; SignInRefused or Blocked otherwise."""
        key = key_of(name)
        self._refuse_while_blocked(key)
        found = self.accounts.credentials(key)
        right = passwords.matches(password, found.password_hash if found else None)
        if found is None or not right or not found.account.active:
            self._count_failure(key, "wrong_password", found.account.name if found else "?")
            raise SignInRefused("name or password is wrong")
        return found.account

    def vouched_for(self, vouched: Vouched) -> Account:
        """The account of somebody a provider vouches for; NotInvited where nobody asked them in."""
        mail = mail_hash(vouched.email) or ""
        of = self.accounts.vouched_for(vouched.subject, mail)
        if of is None and (invitation := self.accounts.invited_by_mail(mail)) is not None:
            name = self._free_name(vouched.name)
            nobodys = passwords.hashed(new_token())  # there is no password until one is asked for
            self.accounts.accept(invitation, name, key_of(name), nobodys)
            self.audit.record(name, "accepted_invitation", name, role=invitation.role)
            of = self.accounts.vouched_for(vouched.subject, mail)
        if of is None or not of.active:
            self.audit.record(of.name if of else "?", "refused_by_mail", of.name if of else "?")
            raise NotInvited("no administrator asked this person in")
        return of

    def note_mail(self, account: str, email: str, by: str) -> None:
        """The mail address by which a provider can vouch for somebody, or none any more."""
        self.accounts.note_mail(account, mail_hash(email))
        self.audit.record(by, "noted_mail", self.accounts.get(account).account.name)

    def pass_by_provider(self, account: Account, token: str) -> str:
        """The new token of a session whose second factor the provider has seen to."""
        return self._passed(account, token)

    def _free_name(self, wished: str) -> str:
        """A name that nobody has, like the one the provider gave."""
        name = " ".join("".join(each for each in wished if each.isprintable()).split())[:36]
        name = name if len(key_of(name)) >= 2 else "volunteer"
        numbered = (name if n == 1 else f"{name} {n}" for n in count(1))
        return next(each for each in numbered if self.accounts.credentials(key_of(each)) is None)

    def begin_session(self, account: Account, device: str) -> str:
        """The token for the cookie of somebody whose password was right."""
        token = new_token()
        self.sessions.begin(hash_of(token), account, device)
        return token

    def session(self, token: str) -> WorkSession | None:
        """Who a cookie belongs to."""
        return self.sessions.find(hash_of(token)) if token else None

    def set_up_second_factor(self, account: Account) -> str:
        """The secret to put into the phone, the same until it is confirmed."""
        found = self.accounts.get(account.id)
        if found.totp_secret is not None:
            return found.totp_secret
        secret = second_factor.new_secret()
        self.accounts.set_secret(account.id, secret)
        return secret

    def confirm_second_factor(
        self, account: Account, code: str, token: str
    ) -> tuple[str, list[str]]:
        """The session's new token, and recovery codes, which are shown once."""
        self._check_code(account, code)
        codes = second_factor.new_recovery_codes()
        hashes = [second_factor.recovery_hash(each, account.id) for each in codes]
        self.accounts.confirm(account.id, hashes)
        self.audit.record(account.name, "set_up_second_factor", account.name)
        return self._passed(account, token), codes

    def pass_second_factor(self, account: Account, code: str, token: str) -> str:
        """The session's new token, where the code is right; SignInRefused or Blocked otherwise."""
        self._check_code(account, code)
        return self._passed(account, token)

    def change(self, account: str, role: Role, by: str, *, active: bool) -> None:
        """Give another role or shut out; whoever is shut out is signed out everywhere."""
        before = self.accounts.get(account).account
        after = self.accounts.change(account, role=role, active=active)
        if not active or role != before.role:
            self.sessions.end_all(account)
        what = {"role": f"{before.role} -> {after.role}", "active": str(after.active)}
        self.audit.record(by, "changed_account", after.name, **what)

    def change_password(self, of: WorkSession, old: str, new: str) -> None:
        """Another password; everywhere else the account is signed out."""
        found = self.accounts.get(of.account.id)
        key = key_of(of.account.name)
        self._refuse_while_blocked(key)
        if not passwords.matches(old, found.password_hash):
            self._count_failure(key, "wrong_password", of.account.name)
            raise SignInRefused("the old password is wrong")
        passwords.check_strength(new, of.account.name)
        self.accounts.set_password(of.account.id, passwords.hashed(new))
        self.sessions.end_all(of.account.id, but=of.id)
        self.audit.record(of.account.name, "changed_password", of.account.name)

    def named(self, name: str) -> Account:
        """An account by its name; NoSuchAccount where there is none."""
        found = self.accounts.credentials(key_of(name))
        if found is None:
            raise NoSuchAccount(f"there is no account {name}")
        return found.account

    def _check_code(self, account: Account, code: str) -> None:
        key = key_of(account.name)
        self._refuse_while_blocked(key)
        if not self._takes(account, "".join(code.split())):
            self._count_failure(key, "wrong_code", account.name)
            raise SignInRefused("the code is wrong")
        self.failures.clear(hash_of(key))

    def _takes(self, account: Account, code: str) -> bool:
        secret = self.accounts.get(account.id).totp_secret or ""
        if code.isascii() and code.isdigit() and len(code) == second_factor.DIGITS and secret:
            step = second_factor.step_of(secret, code, self.seconds())
            return step is not None and self.accounts.use_step(account.id, step)
        taken = second_factor.recovery_hash(code, account.id)
        used = account.ready and self.accounts.use_recovery_code(account.id, taken)
        if used:
            self.audit.record(account.name, "used_recovery_code", account.name)
        return used

    def _passed(self, account: Account, token: str) -> str:
        fresh = new_token()
        self.sessions.pass_second_factor(hash_of(token), hash_of(fresh))
        self.audit.record(account.name, "signed_in", account.name)
        return fresh

    def _refuse_while_blocked(self, key: str) -> None:
        until = self.failures.blocked_until(hash_of(key))
        if until is not None:
            raise Blocked(until)

    def _count_failure(self, key: str, act: str, name: str) -> None:
        tries = self.failures.count(hash_of(key))
        if tries >= FREE_TRIES:
            wait = min(FIRST_WAIT * 2 ** min(tries - FREE_TRIES, 16), LONGEST_WAIT)
            self.failures.block(hash_of(key), datetime.now(UTC) + wait)
        self.audit.record(name, act, name, tries=str(tries))


def people_of(engine: Engine) -> People:
    """The people of a database."""
    return People(Accounts(engine), WorkSessions(engine), SignInFailures(engine), Audit(engine))


def new_token() -> str:
    """256 random bits for a link or a cookie."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def mail_hash(email: str) -> str | None:
    """What is kept of a mail address; nothing of none."""
    plain = email.strip().casefold()
    return hash_of(f"mail {plain}") if "@" in plain else None


def key_of(name: str) -> str:
    """A name as it is compared: in one script, width and case."""
    return normalise(name).casefold().strip()[:40]


def checked_name(name: str) -> str:
    """The name without blanks around it; NameUnfit where it is too short or too long."""
    name = " ".join(name.split())
    if not 2 <= len(name) <= 40 or not name.isprintable() or len(key_of(name)) < 2:
        raise NameUnfit("a name has 2 to 40 characters")
    return name
