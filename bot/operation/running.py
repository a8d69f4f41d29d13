"""Work that runs beside other work, and ends when it is told to."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from signal import SIGINT, SIGTERM
from typing import Any


async def until_told_to_stop(work: Coroutine[Any, Any, None]) -> None:
    """Do the work until it ends or a signal asks for a stop; steps under way are ended."""
    loop, task = asyncio.get_running_loop(), asyncio.ensure_future(work)
    for signal in (SIGINT, SIGTERM):
        loop.add_signal_handler(signal, task.cancel)
    with suppress(asyncio.CancelledError):
        await task


@asynccontextmanager
async def beside(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Work that runs for as long as the block does."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
