"""Insert many rows of one table with few statements.

SQLite's driver lets go of the interpreter for each row that a statement inserts by itself, and must wait
for it again; rows that share a statement wait once. Servers get rows in a pipeline from their driver.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Dialect, Table, insert

AT_ONCE = (32, 8, 2, 1)  # few sizes, so that the statements stay prepared
Values = Mapping[str, Any]
Bind = Callable[[Any], Any]


class RowsAtOnce:
    """Inserts rows; remembers how each table's columns are written."""

    def __init__(self) -> None:
        self._columns: dict[tuple[str, ...], list[tuple[str, Bind | None]]] = {}

    def insert(self, connection: Connection, table: Table, rows: Sequence[Values]) -> None:
        """Insert rows that name the same columns in the same order."""
        if connection.dialect.name != "sqlite":
            connection.execute(insert(table), [dict(row) for row in rows])
            return
        names = tuple(rows[0])
        bound = self._bound(table, names, rows, connection.dialect)
        for some in _in_pieces(bound):
            statement = _statement(table.name, names, len(some))
            connection.exec_driver_sql(statement, tuple(chain.from_iterable(some)))

    def _bound(
        self, table: Table, names: tuple[str, ...], rows: Sequence[Values], dialect: Dialect
    ) -> list[tuple[Any, ...]]:
        """The rows as the driver takes them."""
        key = (table.name, *names)
        if key not in self._columns:
            self._columns[key] = [(name, _bind(table, name, dialect)) for name in names]
        columns = []
        for name, bind in self._columns[key]:
            values = map(itemgetter(name), rows)
            columns.append(values if bind is None else map(bind, values))
        return list(zip(*columns, strict=True))


def _bind(table: Table, name: str, dialect: Dialect) -> Bind | None:
    """How SQLAlchemy hands a column's value to the driver."""
    return table.c[name].type.dialect_impl(dialect).bind_processor(dialect)


def _in_pieces(rows: Sequence[tuple[Any, ...]]) -> Iterator[Sequence[tuple[Any, ...]]]:
    place = 0
    for size in AT_ONCE:
        while len(rows) - place >= size:
            yield rows[place : place + size]
            place += size


def _statement(table: str, names: Sequence[str], rows: int) -> str:
    """All names are our own, never a person's."""
    row = f"({', '.join('?' * len(names))})"
    columns = ", ".join(f'"{name}"' for name in names)
    return f'INSERT INTO "{table}" ({columns}) VALUES {", ".join([row] * rows)}'  # noqa: S608
