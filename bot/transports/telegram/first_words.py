"""The first words of an answer while the rest is still being worded: one message that grows."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from types import TracebackType
from typing import Self

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import RetryAfter, TelegramError

from bot.transports.telegram.pace import Pace
from bot.transports.telegram.render import pieces
from bot.transports.telegram.send import html_or_plain

FIRST_LOOK_SECONDS = 0.6  # an answer that is ready by then comes whole, in one message
FIRST_WORDS_SECONDS = 1.1
EDIT_SECONDS = 1.2  # Telegram allows about one message a second in a chat
TYPING_SECONDS = 4.0  # the dots stay five
LAST_CALL_SECONDS = 3.0


class FirstWords:
    """Shows typing, then the sentences heard so far; ``message_id`` is where they stand."""

    def __init__(
        self,
        bot: Bot,
        pace: Pace,
        chat: int,
        holding: str,
        message_id: int | None,
        began: Callable[[int], Awaitable[None]],
        silence: Callable[[float], Awaitable[None]],
    ) -> None:
        self.message_id = message_id
        self._bot = bot
        self._pace = pace
        self._chat = chat
        self._holding = holding
        self._began = began
        self._silence = silence
        self._sentences: list[str] = []
        self._done = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        self._tasks = [asyncio.create_task(self._type()), asyncio.create_task(self._show())]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let a call under way end: an answer cut off halfway could stand twice."""
        self._done.set()
        _, late = await asyncio.wait(self._tasks, timeout=LAST_CALL_SECONDS)
        for task in late:
            task.cancel()

    async def hear(self, sentence: str) -> None:
        """A finished sentence of the answer."""
        self._sentences.append(sentence)

    async def _type(self) -> None:
        with suppress(TelegramError):  # the dots are a courtesy
            await self._typing()
            while not await self._pause(TYPING_SECONDS):
                await self._typing()

    async def _typing(self) -> None:
        async with self._pace.typing:
            await self._bot.send_chat_action(self._chat, ChatAction.TYPING)

    async def _show(self) -> None:
        await self._pause(FIRST_LOOK_SECONDS)
        if not self._sentences:
            await self._pause(FIRST_WORDS_SECONDS - FIRST_LOOK_SECONDS)
        with suppress(TelegramError):  # the whole answer follows by way of the outbox
            await self._grow()

    async def _grow(self) -> None:
        shown = ""
        try:
            while not self._done.is_set():
                text = "\n".join(self._sentences) or self._holding
                if text != shown and self._pace.messages.has_capacity():
                    async with self._pace.messages:
                        await html_or_plain(self._write, pieces(text)[0].html)
                    shown = text
                await self._pause(EDIT_SECONDS)
        except RetryAfter as fault:  # the answer keeps to it as well
            await self._silence(seconds_to_wait(fault))

    async def _write(self, text: str, mode: str | None) -> None:
        if self.message_id is None:
            sent = await self._bot.send_message(self._chat, text, parse_mode=mode)
            self.message_id = sent.message_id
            await self._began(sent.message_id)
        else:
            await self._bot.edit_message_text(text, self._chat, self.message_id, parse_mode=mode)

    async def _pause(self, seconds: float) -> bool:
        """Wait; True if the answer was done before the time was over."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._done.wait(), seconds)
        return self._done.is_set()


def seconds_to_wait(fault: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    asked = fault.retry_after
    return float(asked) if isinstance(asked, int) else asked.total_seconds()
