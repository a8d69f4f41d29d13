"""Seal again with the writing key what is in clear, or sealed with another key."""

from base64 import b64encode
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    LargeBinary,
    Text,
    bindparam,
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
        for column in table.columns:
            if isinstance(column.type, SealedText | SealedJson | SealedBytes):
                (identity,) = table.primary_key.columns
                moved += _reseal_column(engine, identity, column)
    return moved


def reseal_batch(connection: Connection, identity: Any, column: Any) -> int:
    """Some values of a column; nought when all are sealed with the writing key."""
    raw: ColumnElement[Any] = type_coerce(column, _stored(column))
    found = select(identity, raw, column).where(raw.is_not(None), ~_sealed_now(connection, column))
    rows = connection.execute(found.limit(BATCH)).all()
    # a value that another process changed in between is left to it
    again = update(column.table).where(identity == bindparam("key"), raw == bindparam("old"))
    for key, old, opened in rows:
        connection.execute(again.values({column.name: opened}), {"key": key, "old": old})
    return len(rows)


def _reseal_column(engine: Engine, identity: Column[Any], column: Column[Any]) -> int:
    moved = 0
    while True:
        with engine.begin() as connection:
            batch = reseal_batch(connection, identity, column)
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
