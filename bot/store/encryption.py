"""Column types that seal what people wrote: the database, its files and its backups hold no word.

A value from before sealing is read as it is, so old and new processes can share a database.
"""

import base64
import json
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Dialect, Engine, LargeBinary, Text
from sqlalchemy.types import TypeDecorator

from bot.store.keys import Keyring

MARK = "sealed1:"
MARK_BYTES = MARK.encode("ascii")

_keyrings: "WeakKeyDictionary[Dialect, Keyring]" = WeakKeyDictionary()


def use_keys(engine: Engine, keyring: Keyring) -> None:
    """Seal and open an engine's columns with these keys."""
    _keyrings[engine.dialect] = keyring


def keys_of(dialect: Dialect) -> Keyring:
    """The keys of an engine, by its dialect."""
    return _keyrings[dialect]


class SealedText(TypeDecorator[str]):
    """Text, sealed for one place, which is named ``table.column``."""

    impl = Text
    cache_ok = True

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Seal on the way in."""
        if value is None:
            return None
        sealed = keys_of(dialect).seal(value.encode("utf-8", "surrogatepass"), self.place)
        return MARK + base64.b64encode(sealed).decode("ascii")

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Open on the way out."""
        if value is None or not value.startswith(MARK):
            return value
        sealed = base64.b64decode(value[len(MARK) :])
        return keys_of(dialect).open(sealed, self.place).decode("utf-8", "surrogatepass")


class SealedJson(TypeDecorator[Any]):
    """A value of lists and mappings, sealed for one place."""

    impl = SealedText
    cache_ok = True

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str | None:
        """Write it as JSON, which the column seals."""
        return None if value is None else json.dumps(value, ensure_ascii=False)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Any:
        """Read the JSON again."""
        return None if value is None else json.loads(value)


class SealedBytes(TypeDecorator[bytes]):
    """A file's bytes, sealed for one place."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Seal on the way in."""
        if value is None:
            return None
        return MARK_BYTES + keys_of(dialect).seal(value, self.place)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Open on the way out."""
        if value is None or not value.startswith(MARK_BYTES):
            return value
        return keys_of(dialect).open(value[len(MARK_BYTES) :], self.place)
