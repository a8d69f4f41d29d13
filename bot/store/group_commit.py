"""Many turns' rows in one transaction: a commit costs as much for fifty turns as for one."""

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from threading import Lock
from typing import Any

from sqlalchemy import Engine, Insert

from bot.store.patience import patient
from bot.store.tables import Table

Row = tuple[Insert, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Work:
    """The rows of one turn, and who waits for them in which event loop."""

    rows: tuple[Row, ...]
    loop: asyncio.AbstractEventLoop
    done: asyncio.Future[None]


class GroupCommit:
    """Writes what waits in one transaction; each turn goes on when its own rows are committed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writer = ThreadPoolExecutor(1, "group-commit")
        self._lock = Lock()
        self._waiting: list[Work] = []
        self._writing = False

    async def add(self, *rows: Row) -> None:
        """Return when the rows are committed; a fault of these rows alone is raised here."""
        loop = asyncio.get_running_loop()
        work = Work(rows, loop, loop.create_future())
        with self._lock:
            self._waiting.append(work)
            begin, self._writing = not self._writing, True
        if begin:
            self._writer.submit(self._write_all)
        await work.done

    def _write_all(self) -> None:
        while works := self._taken():
            for work, fault in self._written(works):
                _tell(work, fault)

    def _taken(self) -> list[Work]:
        with self._lock:
            works, self._waiting = self._waiting, []
            self._writing = bool(works)
        return works

    def _written(self, works: Sequence[Work]) -> list[tuple[Work, Exception | None]]:
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
        by_table = sorted(rows, key=_place)
        with self._engine.begin() as connection:
            for _, group in groupby(by_table, key=_place):
                of_table = list(group)
                connection.execute(of_table[0][0], [dict(values) for _, values in of_table])


def _place(row: Row) -> tuple[int, int]:
    """Where the row's table stands, parents before children; the same statements together."""
    return _ORDER[row[0].table.name], id(row[0])


def _tell(work: Work, fault: Exception | None) -> None:
    with suppress(RuntimeError):  # the loop has ended, and with it whoever waited
        work.loop.call_soon_threadsafe(_settle, work.done, fault)


def _settle(done: asyncio.Future[None], fault: Exception | None) -> None:
    if done.done():  # its reader has gone away
        return
    if fault is None:
        done.set_result(None)
    else:
        done.set_exception(fault)


_ORDER = {table.name: place for place, table in enumerate(Table.metadata.sorted_tables)}
