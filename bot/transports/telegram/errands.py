"""What is to be said without anybody having just written: hand-off lines and reminders."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from bot.clock import SHANGHAI
from bot.dialogue.hand_off import Side
from bot.dialogue.reminders import is_quiet
from bot.store.hand_offs import Carried, HandOffs
from bot.store.outbox import Outbox, Outgoing
from bot.store.reminders import Due, Reminders
from bot.store.switches import Switches
from bot.transports.telegram import parcels
from bot.transports.telegram.people import TRANSPORT
from bot.transports.telegram.render import pieces
from bot.transports.telegram.volunteers import Volunteers
from bot.wording import Wording

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0


class Errands:
    """Puts into the outbox what is due, once, whichever process sees it first."""

    def __init__(
        self,
        outbox: Outbox,
        hand_offs: HandOffs,
        volunteers: Volunteers,
        reminders: Reminders,
        words: Wording,
        switches: Switches,
        see_to: Callable[[Iterable[int]], None],
    ) -> None:
        self._outbox = outbox
        self._hand_offs = hand_offs
        self._volunteers = volunteers
        self._reminders = reminders
        self._words = words
        self._switches = switches
        self._see_to = see_to

    async def watch(self) -> None:
        """Look for what is due until cancelled."""
        while True:
            try:
                if not await self._switches.off(TRANSPORT):
                    self._see_to(await asyncio.to_thread(self.run, datetime.now(UTC)))
            except Exception:
                log.exception("what is due could not be read; trying again")
            await asyncio.sleep(LOOK_SECONDS)

    def run(self, now: datetime) -> set[int]:
        """Put what is due by now into the outbox; the chats that it is for."""
        chats: set[int] = set()
        for line in self._hand_offs.to_carry(Side.BORROWER, TRANSPORT):
            chats |= self._carry(line, self._to_borrower(line))
        if self._volunteers.chat is not None:
            for line in self._hand_offs.to_carry(Side.VOLUNTEERS):
                put = self._volunteers.for_volunteers(line.hand_off, line.line)
                chats |= self._carry(line, put)
        if not is_quiet(now):
            for due in self._reminders.due(TRANSPORT, now):
                chats |= self._remind(due, now)
        return chats

    def _to_borrower(self, line: Carried) -> Iterable[Outgoing]:
        return self._volunteers.for_borrower(int(line.key), line.hand_off, line.line)

    def _carry(self, line: Carried, parcels: Iterable[Outgoing]) -> set[int]:
        put = list(parcels)
        done = self._outbox.put(put, self._hand_offs.carrying(line.line.id))
        return {each.chat_id for each in put} if done else set()

    def _remind(self, due: Due, now: datetime) -> set[int]:
        """Once, whichever process it is; what is past when the bot comes back is left out."""
        put = list(self._reminder(due, now))
        done = self._outbox.put(put, self._reminders.advancing(due))
        return {each.chat_id for each in put} if done else set()

    def _reminder(self, due: Due, now: datetime) -> Iterable[Outgoing]:
        plan, today = due.instalments, now.astimezone(SHANGHAI).date()
        day = plan.due(due.number)
        if day < today:
            return
        phrase = "reminder_today" if day == today else "reminder_tomorrow"
        text = self._words.say(phrase, due.language).format(
            due=day, number=due.number, count=plan.count, lines=plan.lines(due.number, due.language)
        )
        buttons = self._buttons(due)
        yield from (parcels.message(int(due.key), each.html, buttons) for each in pieces(text))

    def _buttons(self, due: Due) -> Sequence[Sequence[tuple[str, str]]]:
        names = ("cannot_pay", "stop_reminders")
        return [[(self._words.say(name, due.language), f"say:{name}")] for name in names]
