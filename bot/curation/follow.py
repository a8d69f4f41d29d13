"""Keep a running process on the newest publication, whoever made it and on which machine."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Protocol

from bot.answering.retrieval.retriever import Retriever
from bot.editions import Edition, Editions
from bot.operation.settle import settle

log = logging.getLogger(__name__)
LOOK_EVERY_SECONDS = 1.0


class Published(Protocol):
    """What is live, as far as a follower asks."""

    def newest_key(self) -> str | None:
        """The key of the newest publication."""
        ...

    def open(self) -> tuple[str, Retriever]:
        """Its key and index, built on this machine where it is not there yet."""
        ...


class Follow:
    """Watches for publications, and gives new turns the edition made from the newest."""

    def __init__(
        self,
        live: Published,
        editions: Editions,
        make: Callable[[str, Retriever, Edition], Edition],
        chores: Callable[[datetime], object],
    ) -> None:
        self._live = live
        self._editions = editions
        self._make = make
        self._chores = chores

    async def __call__(self) -> None:
        """Watch until cancelled; whatever fails is tried again, answers go on as they were."""
        while True:
            try:
                await asyncio.to_thread(self.once)
            except Exception:
                log.warning("the newest publication could not be opened; again soon", exc_info=True)
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    def once(self) -> bool:
        """Do what is due, and change over to the newest publication; whether it was new."""
        self._chores(datetime.now(UTC))
        if self._live.newest_key() == self._editions.current.key:
            return False
        with self._editions.reading() as before:
            edition = self._make(*self._live.open(), before)
        self._editions.swap(edition)
        settle()
        log.info("changed over", extra={"publication": edition.key})
        return True


@asynccontextmanager
async def following(follow: Follow) -> AsyncIterator[None]:
    """Follow for as long as the block runs."""
    watching = asyncio.create_task(follow())
    try:
        yield
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
