"""What is to be said without anybody having just written: the lines of a hand-off."""

import asyncio
import logging
from collections.abc import Callable, Iterable

from bot.dialogue.hand_off import Side
from bot.store.hand_offs import Carried, HandOffs
from bot.store.outbox import Outbox, Outgoing
from bot.transports.telegram.people import TRANSPORT
from bot.transports.telegram.volunteers import Volunteers

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0


class Errands:
    """Puts into the outbox what is due, once, whichever process sees it first."""

    def __init__(
        self,
        hand_offs: HandOffs,
        outbox: Outbox,
        volunteers: Volunteers,
        see_to: Callable[[Iterable[int]], None],
    ) -> None:
        self._hand_offs = hand_offs
        self._outbox = outbox
        self._volunteers = volunteers
        self._see_to = see_to

    async def watch(self) -> None:
        """Look for what is due until cancelled."""
        while True:
            try:
                self._see_to(await asyncio.to_thread(self._run))
            except Exception:
                log.exception("what is due could not be read; trying again")
            await asyncio.sleep(LOOK_SECONDS)

    def _run(self) -> set[int]:
        """The chats that have something new to be told."""
        chats: set[int] = set()
        for each in self._hand_offs.to_carry(Side.BORROWER, TRANSPORT):
            chats |= self._carry(
                each, self._volunteers.for_borrower(int(each.key), each.hand_off, each.line)
            )
        if self._volunteers.chat is not None:
            for each in self._hand_offs.to_carry(Side.VOLUNTEERS):
                chats |= self._carry(
                    each, self._volunteers.for_volunteers(each.hand_off, each.line)
                )
        return chats

    def _carry(self, carried: Carried, parcels: Iterable[Outgoing]) -> set[int]:
        put = list(parcels)
        done = self._outbox.put(put, self._hand_offs.carrying(carried.line.id))
        return {each.chat_id for each in put} if done else set()
