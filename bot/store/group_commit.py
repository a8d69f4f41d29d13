"""Many turns' rows in one transaction: a commit costs as much for fifty turns as for one."""

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Engine, Insert

from bot.store.patience import patient
from bot.store.rows_at_once import RowsAtOnce
from bot.store.tables import Table

Row = tuple[sa.Table | Insert, Mapping[str, Any]]  # a table stands for a plain insert


@dataclass(frozen=True, slots=True)
class Work:
    """The rows of one turn, and who waits for them."""

    rows: tuple[Row, ...]
    done: asyncio.Future[None]


Outcome = tuple[Work, Exception | None]


class GroupCommit:
    """Writes what waits in one transaction; each turn goes on when its own rows are committed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._rows = RowsAtOnce()
        self._writer = ThreadPoolExecutor(1, "group-commit")
        self._lock = Lock()
        self._waiting: list[Work] = []
        self._writing = False

    async def add(self, *rows: Row) -> None:
        """Return when the rows are committed; a fault of these rows alone is raised here."""
        await self.put(*rows)

    def put(self, *rows: Row) -> asyncio.Future[None]:
        """What is done when the rows are committed, not later than any rows put afterwards."""
        loop = asyncio.get_running_loop()
        work = Work(rows, loop.create_future())
        with self._lock:
            self._waiting.append(work)
            begin, self._writing = not self._writing, True
        if begin:  # when all that the loop has in hand has put its rows too
            loop.call_soon(self._writer.submit, self._write_all)
        return work.done

    def _write_all(self) -> None:
        while works := self._taken():
            _tell(self._written(works))

    def _taken(self) -> list[Work]:
        with self._lock:
            works, self._waiting = self._waiting, []
            self._writing = bool(works)
        return works

    def _written(self, works: Sequence[Work]) -> list[Outcome]:
        """Each work with the fault it met; where the whole fails, each is tried alone."""
        try:
            self._write([row for work in works for row in work.rows])
        except Exception as fault:  # noqa: BLE001 - told to the turn that waits for it
            if len(works) == 1:
                return [(works[0], fault)]
            return [alone for work in works for alone in self._written([work])]
        return [(work, None) for work in works]

    @patient
    def _write(self, rows: Sequence[Row]) -> None:
        with self._engine.begin() as connection:
            for target, values in _by_table(rows):
                if isinstance(target, sa.Table):
                    self._rows.insert(connection, target, values)
                else:
                    connection.execute(target, [dict(each) for each in values])


def _by_table(rows: Sequence[Row]) -> list[tuple[sa.Table | Insert, list[Mapping[str, Any]]]]:
    """The rows of each statement together, parents before children."""
    together: dict[int, tuple[sa.Table | Insert, list[Mapping[str, Any]]]] = {}
    for target, values in rows:
        together.setdefault(id(target), (target, []))[1].append(values)
    return sorted(together.values(), key=lambda each: _place(each[0]))


def _place(target: sa.Table | Insert) -> int:
    table = target if isinstance(target, sa.Table) else target.table
    return _ORDER[table.name]


def _tell(outcomes: Sequence[Outcome]) -> None:
    """Wake each event loop once."""
    by_loop: dict[asyncio.AbstractEventLoop, list[Outcome]] = {}
    for outcome in outcomes:
        by_loop.setdefault(outcome[0].done.get_loop(), []).append(outcome)
    for loop, told in by_loop.items():
        with suppress(RuntimeError):  # the loop has ended, and with it whoever waited
            loop.call_soon_threadsafe(_settle, told)


def _settle(outcomes: Sequence[Outcome]) -> None:
    for work, fault in outcomes:
        if work.done.done():  # its reader has gone away
            continue
        if fault is None:
            work.done.set_result(None)
        else:
            work.done.set_exception(fault)


_ORDER = {table.name: place for place, table in enumerate(Table.metadata.sorted_tables)}
