"""The values of accounts: who works here, what they may be, and why a door stays shut."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.errors import BorrowerAidError


class Role(StrEnum):
    """What somebody does here; each may do what the route table says."""

    EDITOR = "editor"
    REVIEWER = "reviewer"
    SITE_MANAGER = "site_manager"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Account:
    """A person of the workspace; ``ready`` once the second factor is set up.

    ``by_provider`` where a mail address is noted by which a provider can vouch for them.
    """

    id: str
    name: str
    role: Role
    active: bool
    ready: bool
    created_at: datetime
    by_provider: bool = False


@dataclass(frozen=True, slots=True)
class Credentials:
    """What an account is checked against."""

    account: Account
    password_hash: str
    totp_secret: str | None


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that lets one person in once; with an account it lets its owner in anew."""

    id: str
    role: Role
    note: str
    invited_by: str
    account: str | None
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class WorkSession:
    """Somebody signed in on a device; ``passed`` once the second factor was right."""

    id: str
    account: Account
    device: str
    passed: bool
    created_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the audit log."""

    number: int
    at: datetime
    who: str
    act: str
    about: str
    details: dict[str, str]
    hash: str


class AccountError(BorrowerAidError):
    """Something about an account that a person can mend."""


class InvitationSpent(AccountError):
    """The link was used, withdrawn, has expired, or never was one."""


class NameInUse(AccountError):
    """Somebody else has this name."""


class NameUnfit(AccountError):
    """A name has 2 to 40 characters."""


class PasswordWeak(AccountError):
    """The password is too short or too easy."""


class SignInRefused(AccountError):
    """Name, password or code is wrong."""


class ProviderAway(AccountError):
    """The provider that vouches for people cannot be asked, or is not set up as it says."""


class ProviderRefused(AccountError):
    """The provider vouches for nobody: it was left, or what came back proves nothing."""


class NotInvited(AccountError):
    """The provider vouches for somebody whom no administrator asked in."""


class NoSuchAccount(AccountError):
    """There is no account of this name."""


class LastAdministrator(AccountError):
    """Somebody has to be able to let others in."""


class Blocked(AccountError):
    """Too many wrong tries; the next one counts after ``until``."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"too many wrong tries; try again after {until:%H:%M} UTC")
        self.until = until


class AuditBroken(AccountError):
    """The audit log does not hold together: a line was changed, added or taken out."""
