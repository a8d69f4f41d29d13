"""The flow of an answer as one list; each name is a file."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from time import perf_counter

from bot.answering.turn import Turn

Step = Callable[[Turn], Awaitable[Turn]]


async def run(turn: Turn, steps: Sequence[Step]) -> Turn:
    """Take a turn through the steps until one of them has replied, and time each."""
    for step in steps:
        began = perf_counter()
        turn = await step(turn)
        took = (type(step).__name__, round((perf_counter() - began) * 1000, 2))
        turn = replace(turn, timings_ms=(*turn.timings_ms, took))
        if turn.reply is not None:
            return turn
    raise AssertionError("the last step always replies")
