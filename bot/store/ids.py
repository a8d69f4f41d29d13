"""Identifiers and tokens that nobody can guess."""

import os
import time
from base64 import urlsafe_b64encode

BYTES = 32
_AT_ONCE = 1024  # the system is asked once for many: each asking lets go of the interpreter
_random: list[bytes] = []


def new_id() -> str:
    """256 random bits as 43 letters, digits, hyphens and underscores."""
    return urlsafe_b64encode(random_bytes())[:-1].decode("ascii")


def row_id() -> str:
    """An id as long, of the millisecond and 192 random bits, for rows that come by the thousand.

    What is written together lies together in every index, so few pages change with each turn.
    """
    drawn = urlsafe_b64encode(random_bytes()[:24]).decode("ascii")
    return f"{time.time_ns() // 1_000_000:011x}{drawn}"


def random_bytes() -> bytes:
    """256 random bits."""
    while True:
        try:
            return _random.pop()
        except IndexError:
            drawn = os.urandom(BYTES * _AT_ONCE)
            _random.extend(drawn[place : place + BYTES] for place in range(0, len(drawn), BYTES))


os.register_at_fork(after_in_child=_random.clear)  # two processes must never tell the same
