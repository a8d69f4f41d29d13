"""Where turns think: work of more than a millisecond, off the event loop, one piece at a time.

Threads share one interpreter: two that think finish no sooner than one, and each that is busy makes
the event loop wait longer for its turn. So fifty questions at once keep one thread busy for a
while, in the order in which they came, and the loop serves everybody else in between.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar, TypeVarTuple

_Given = TypeVarTuple("_Given")
_Made = TypeVar("_Made")
_THREAD = ThreadPoolExecutor(1, "thinking")


async def think(work: Callable[[*_Given], _Made], *given: *_Given) -> _Made:
    """What the work makes of what it is given, when its turn has come."""
    return await asyncio.get_running_loop().run_in_executor(_THREAD, work, *given)
