"""Seal again with the writing key what is in clear, or sealed with another key."""

from base64 import b64encode
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    LargeBinary,
    Text,
    func,
    select,
    type_coerce,
    update,
)

from bot.store.encryption import MARK, MARK_BYTES, SealedBytes, SealedJson, SealedText, keys_of
from bot.store.tables import Table

BATCH = 500


def reseal(engine: Engine) -> int:
    """Every sealed column of every table, a short transaction at a time; how many values moved."""
    moved = 0
    for table in Table.metadata.sorted_tables:
        key = tuple(table.primary_key.columns)
        for column in table.columns:
            if isinstance(column.type, SealedText | SealedJson | SealedBytes):
                moved += _reseal_column(engine, key, column)
    return moved


def reseal_batch(connection: Connection, key: Sequence[Any], column: Any) -> int:
    """Some values of a column; nought when all are sealed with the writing key."""
    raw: ColumnElement[Any] = type_coerce(column, _stored(column))
    found = select(raw, column, *key).where(raw.is_not(None), ~_sealed_now(connection, column))
    rows = connection.execute(found.limit(BATCH)).all()
    # a value that another process changed in between is left to it
    for old, opened, *row in rows:
        same = (part == value for part, value in zip(key, row, strict=True))
        again = update(column.table).where(*same, raw == old)
        connection.execute(again.values({column.name: opened}))
    return len(rows)


def _reseal_column(engine: Engine, key: Sequence[Any], column: Column[Any]) -> int:
    moved = 0
    while True:
        with engine.begin() as connection:
            batch = reseal_batch(connection, key, column)
        if not batch:
            return moved
        moved += batch


def _sealed_now(connection: Connection, column: Any) -> ColumnElement[bool]:
    """Whether a value begins with the mark and the name of the writing key."""
    writer = keys_of(connection.dialect).writer
    if isinstance(column.type, SealedBytes):
        start = MARK_BYTES + writer
        return type_coerce(func.substr(column, 1, len(start)), LargeBinary) == start
    begin = MARK + b64encode(writer).decode("ascii")
    return type_coerce(column, Text).startswith(begin, autoescape=True)


def _stored(column: Any) -> Any:
    return LargeBinary() if isinstance(column.type, SealedBytes) else Text()
