"""So many answers at once; who has to wait a while is told how many are before him."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace

from telegram import Bot
from telegram.error import TelegramError

from bot.store.outbox import Incoming, Outbox, Outgoing
from bot.transports.telegram import parcels
from bot.transports.telegram.hear import heard_in
from bot.transports.telegram.pace import Pace
from bot.transports.telegram.render import pieces
from bot.wording import Wording

ANSWERS_AT_ONCE = 64
LONGEST_QUEUE = 1000
TOLD_AFTER_SECONDS = 3.0


class Queue:
    """Lets updates through to the handler; what is told while waiting grows into the answer."""

    def __init__(
        self,
        handle: Callable[[Incoming], Awaitable[Sequence[Outgoing]]],
        bot: Bot,
        pace: Pace,
        words: Wording,
        outbox: Outbox,
    ) -> None:
        self._handle = handle
        self._bot = bot
        self._pace = pace
        self._words = words
        self._outbox = outbox
        self._places = asyncio.Semaphore(ANSWERS_AT_ONCE)
        self._waiting = 0

    async def __call__(self, incoming: Incoming) -> Sequence[Outgoing]:
        """The handler's parcels; where too many wait already, a kind word."""
        if self._waiting >= LONGEST_QUEUE:
            return self._too_many(incoming)
        incoming = await self._until_its_turn(incoming)
        try:
            return await self._handle(incoming)
        finally:
            self._places.release()

    async def _until_its_turn(self, incoming: Incoming) -> Incoming:
        ahead = self._waiting
        self._waiting += 1
        try:
            try:
                await asyncio.wait_for(self._places.acquire(), TOLD_AFTER_SECONDS)
            except TimeoutError:
                incoming = await self._told(incoming, ahead)
                await self._places.acquire()
        finally:
            self._waiting -= 1
        return incoming

    async def _told(self, incoming: Incoming, ahead: int) -> Incoming:
        """Say how many are before him, if that does not keep an answer from being sent."""
        heard = heard_in(incoming.body, self._bot)
        if heard is None or not heard.private or incoming.draft_id or heard.press is not None:
            return incoming
        if not self._pace.messages.has_capacity():
            return incoming
        text = self._words.say("your_place", heard.language).format(ahead=ahead)
        with suppress(TelegramError):
            async with self._pace.messages:
                sent = await self._bot.send_message(incoming.chat_id, text)
            await asyncio.to_thread(self._outbox.began, incoming.update_id, sent.message_id)
            return replace(incoming, draft_id=sent.message_id)
        return incoming

    def _too_many(self, incoming: Incoming) -> Sequence[Outgoing]:
        heard = heard_in(incoming.body, self._bot)
        if heard is None or not heard.addressed or heard.blocked:
            return []
        text = pieces(self._words.say("too_many", heard.language))[0].html
        return [parcels.message(incoming.chat_id, text, reply_to=heard.reply_to)]
