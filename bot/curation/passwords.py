"""Passwords: how strong they must be, and their argon2 hash."""

from functools import cache
from typing import TYPE_CHECKING

from bot.curation.people import PasswordWeak

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST = 10
LONGEST = 200
TOO_COMMON = (
    "password", "passw0rd", "1234567", "7654321", "qwerty", "asdfgh", "woaini", "iloveyou",
    "abc123", "letmein", "88888888", "66666666", "admin", "jiekuan", "borrower",
)  # fmt: skip


def check_strength(password: str, name: str) -> None:
    """Raises PasswordWeak for what is guessed first."""
    low = password.casefold()
    if not SHORTEST <= len(password) <= LONGEST:
        raise PasswordWeak(f"a password has {SHORTEST} characters or more")
    if len(set(low)) < 5 or name.casefold() in low:
        raise PasswordWeak("the password is too easy to guess")
    rest = low
    for common in TOO_COMMON:
        rest = rest.replace(common, "")
    if len(rest) < 5:
        raise PasswordWeak("the password is too easy to guess")


def hashed(password: str) -> str:
    """The argon2id hash, with its salt and costs."""
    return _hasher().hash(password)


def matches(password: str, password_hash: str | None) -> bool:
    """Whether it is the password; where there is no account the wait is the same."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(password_hash or _nobodys_hash(), password) and bool(password_hash)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobodys_hash() -> str:
    return hashed("nobody has this password")
