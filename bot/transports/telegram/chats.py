"""Works through the chats: each in its own order, all beside each other.

A chat is worked on by one process at a time. Its loop says what is still to be said, then takes the
next update, so order holds by construction and a wait that Telegram asks for stops this chat alone.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from telegram.error import Forbidden, RetryAfter, TelegramError

from bot.store.outbox import Incoming, Outbox, Outgoing
from bot.transports.telegram.first_words import seconds_to_wait

log = logging.getLogger(__name__)

SENDS_AT_ONCE = 4  # a kill leaves at most so many sends of which nobody knows whether they arrived
LOOK_SECONDS = 1.0  # how often work is looked for that another process left behind
FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 0.3, 30.0
LAST_STEP_SECONDS = 5.0
DOUBTFUL_SEND_SECONDS = 5.0
NAMED_FOR, KEPT_FOR = timedelta(hours=1), timedelta(days=7)
PRUNE_SECONDS = 3600.0


class Chats:
    """The loops of this process, one for each chat that has work."""

    def __init__(
        self,
        outbox: Outbox,
        handle: Callable[[Incoming], Awaitable[Sequence[Outgoing]]],
        send: Callable[[Outgoing], Awaitable[None]],
        gone: Callable[[int], Awaitable[None]],
    ) -> None:
        self._outbox = outbox
        self._handle = handle
        self._send = send
        self._gone = gone
        self._loops: dict[int, asyncio.Task[None]] = {}
        self._again: set[int] = set()
        self._lines = asyncio.Semaphore(SENDS_AT_ONCE)
        self._marking = ThreadPoolExecutor(1)  # its own thread: the mark must not wait in a queue
        self._recovered = asyncio.Event()
        self._stopping = asyncio.Event()

    async def take(self, updates: Sequence[Incoming]) -> None:
        """Store updates, then see to their chats; when this returns nothing can be lost."""
        if updates:
            await asyncio.to_thread(self._outbox.store, updates)
            self.see_to({each.chat_id for each in updates})

    def see_to(self, chats: Iterable[int]) -> None:
        """Work on chats, each once at a time."""
        for chat in chats:
            if chat in self._loops:
                self._again.add(chat)
            elif not self._stopping.is_set():
                self._loops[chat] = asyncio.create_task(self._work_through(chat))

    async def watch(self) -> None:
        """Keep this process's chats, and pick up what was left behind, until cancelled."""
        await self._recover()
        pruned = -PRUNE_SECONDS
        while True:
            try:
                await asyncio.to_thread(self._outbox.renew)
                self.see_to(await asyncio.to_thread(self._outbox.waiting_chats))
                if (now := asyncio.get_running_loop().time()) - pruned >= PRUNE_SECONDS:
                    await asyncio.to_thread(self._outbox.prune, NAMED_FOR, KEPT_FOR)
                    pruned = now
            except Exception:
                log.exception("the outbox could not be read; trying again")
            await asyncio.sleep(LOOK_SECONDS)

    async def settle(self) -> None:
        """Wait until no chat has work."""
        while self._loops:
            await asyncio.wait(set(self._loops.values()))
            await asyncio.sleep(0)

    async def stop(self) -> None:
        """Let each loop end its present step; what is left waits in the store."""
        self._stopping.set()
        loops = set(self._loops.values())
        if loops:
            _, late = await asyncio.wait(loops, timeout=LAST_STEP_SECONDS)
            for loop in late:
                loop.cancel()
        self._marking.shutdown()

    async def _recover(self) -> None:
        """Send again, one by one, what may have been under way when a process was killed.

        One at a time, because a second kill then leaves only one of them in doubt again.
        """
        try:
            for chat in await asyncio.to_thread(self._outbox.waiting_chats):
                outgoing = await asyncio.to_thread(self._outbox.next_outgoing, chat)
                if outgoing is not None and await asyncio.to_thread(self._outbox.claim, chat):
                    await self._send_doubtful(outgoing)
                    await asyncio.to_thread(self._outbox.release, chat)
        except Exception:
            log.exception("recovery was cut short; the rest is sent in its turn")
        self._recovered.set()

    async def _send_doubtful(self, outgoing: Outgoing) -> None:
        until = await asyncio.to_thread(self._outbox.silent_until, outgoing.chat_id)
        if until is not None and until > datetime.now(UTC):
            return
        with suppress(TelegramError, TimeoutError):
            await asyncio.wait_for(self._send_and_mark(outgoing), DOUBTFUL_SEND_SECONDS)

    async def _work_through(self, chat: int) -> None:
        try:
            await self._recovered.wait()
            if await asyncio.to_thread(self._outbox.claim, chat):
                try:
                    await self._until_done(chat)
                finally:
                    await asyncio.to_thread(self._outbox.release, chat)
        except Exception:
            log.exception("a chat could not be worked on; it is taken up again")
        finally:
            del self._loops[chat]
            if chat in self._again:
                self._again.discard(chat)
                self.see_to([chat])

    async def _until_done(self, chat: int) -> None:
        while not self._stopping.is_set():
            self._again.discard(chat)
            outgoing = await asyncio.to_thread(self._outbox.next_outgoing, chat)
            if outgoing is not None:
                await self._deliver(outgoing)
                continue
            incoming = await asyncio.to_thread(self._outbox.next_update, chat)
            if incoming is None:
                return
            answers = await self._handle(incoming)
            await asyncio.to_thread(self._outbox.finish, incoming.update_id, answers)

    async def _deliver(self, outgoing: Outgoing) -> None:
        """Send until Telegram has taken it; a stop leaves it for the next start."""
        await self._keep_silence(outgoing.chat_id)
        wait = FIRST_WAIT_SECONDS
        while not self._stopping.is_set():
            try:
                async with self._lines:
                    await self._send_and_mark(outgoing)
                return
            except RetryAfter as fault:
                until = datetime.now(UTC) + timedelta(seconds=seconds_to_wait(fault))
                await asyncio.to_thread(self._outbox.keep_silent, outgoing.chat_id, until)
                await self._keep_silence(outgoing.chat_id)
            except Forbidden:  # blocked, left or deactivated
                await self._gone(outgoing.chat_id)
                return
            except TelegramError as fault:
                log.warning("a send failed; trying again", extra={"why": type(fault).__name__})
                await self._pause(wait)
                wait = min(wait * 2, LONGEST_WAIT_SECONDS)

    async def _send_and_mark(self, outgoing: Outgoing) -> None:
        await self._send(outgoing)
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._marking, self._outbox.delivered, outgoing.id)

    async def _keep_silence(self, chat: int) -> None:
        until = await asyncio.to_thread(self._outbox.silent_until, chat)
        if until is not None:
            await self._pause((until - datetime.now(UTC)).total_seconds())

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), max(seconds, 0))
