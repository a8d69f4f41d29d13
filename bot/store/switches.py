"""What an operator has switched off, by whom and why; every process sees it within a second."""

import asyncio
import logging
import time
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.store.tables import SwitchRow

MODEL = "model"
SWITCHES = ("web", "telegram", MODEL)
LOOK_SECONDS = 1.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Turned:
    """One turn of a switch."""

    name: str
    on: bool
    who: str
    note: str
    at: datetime


class Switches:
    """The switches over one database; what was turned stays there to be read."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._off: frozenset[str] = frozenset()
        self._looked_at: float | None = None

    async def off(self, name: str) -> bool:
        """Whether something is switched off; while the database is away, as it was last seen."""
        now = time.monotonic()
        if self._looked_at is None or now - self._looked_at >= LOOK_SECONDS:
            self._looked_at = now  # the others need not look too
            self._off = await asyncio.to_thread(self._look)
        return name in self._off

    def turn(self, name: str, *, on: bool, who: str, note: str) -> Turned:
        """Switch something on or off."""
        turned = Turned(name, on, who, note, datetime.now(UTC))
        row = SwitchRow(name=name, is_on=on, who=who, note=note, turned_at=turned.at)
        with Session(self._engine) as session, session.begin():
            session.add(row)
        log.warning("switched", extra={"switch": name, "on": on})
        return turned

    def states(self) -> list[Turned]:
        """The last turn of each switch that was ever turned."""
        last = select(func.max(SwitchRow.id)).group_by(SwitchRow.name)
        wanted = select(SwitchRow).where(SwitchRow.id.in_(last)).order_by(SwitchRow.name)
        with Session(self._engine) as session:
            return [
                Turned(row.name, row.is_on, row.who, row.note, row.turned_at)
                for row in session.scalars(wanted)
            ]

    def _look(self) -> frozenset[str]:
        try:
            return frozenset(each.name for each in self.states() if not each.on)
        except SQLAlchemyError:
            log.warning("the switches cannot be read; they stay as they were")
            return self._off
