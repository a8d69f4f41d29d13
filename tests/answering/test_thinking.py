"""Many turns at once leave the event loop free: what costs processor time is done off it, in turn."""

import asyncio
import time

from bot.answering.pipeline import run
from bot.answering.thinking import think
from bot.answering.turn import Turn
from bot.app import App
from bot.clock import today

TURNS = 50
STEP_SECONDS = 0.02
# Of the processor time of the loop's own thread, which a busy machine does not lengthen much.
LONGEST_PASS_SECONDS = 0.05
LONG_STORY = (
    "我在分期乐借了3万2，逾期两个月，催收每天打电话，说要上门，还给我爸妈打电话。"
    "微粒贷1.5万，月还1200，年利率24%，我月入6500，房租1800。能不能协商？"
)


class Heartbeat:
    """Counts the passes of the loop, and the longest time its thread computed in one."""

    def __init__(self) -> None:
        self.beats = 0
        self.longest = 0.0

    async def beat(self) -> None:
        while True:
            began = time.thread_time()
            await asyncio.sleep(0)
            self.longest = max(self.longest, time.thread_time() - began)
            self.beats += 1


async def test_the_loop_goes_round_while_fifty_turns_think() -> None:
    heart = Heartbeat()
    seen: list[int] = []
    under_way: list[int] = []

    def step(number: int) -> int:
        under_way.append(number)
        seen.append(heart.beats)
        compute(STEP_SECONDS)
        assert under_way == [number], "one thinks at a time"
        under_way.remove(number)
        return number

    beating = asyncio.create_task(heart.beat())
    in_order = await asyncio.gather(*(think(step, number) for number in range(TURNS)))
    beating.cancel()

    assert in_order == list(range(TURNS))
    starved = max(seen.count(beats) for beats in seen)
    assert starved <= 10, f"{starved} of {TURNS} steps in one pass of the loop"


async def test_a_fault_while_thinking_is_the_turns_own() -> None:
    def divide() -> float:
        return 1 / 0

    done = await asyncio.gather(think(divide), think(abs, -1), return_exceptions=True)

    assert isinstance(done[0], ZeroDivisionError)
    assert done[1] == 1


async def test_no_step_of_an_answer_holds_the_loop(app: App) -> None:
    texts = [f"{LONG_STORY * (1 + 8 * (number % 2))}第{number}次问" for number in range(10)]
    await run(Turn("first", texts[0], today()), app.steps)
    heart = Heartbeat()
    beating = asyncio.create_task(heart.beat())

    done = await asyncio.gather(*(run(Turn("turn", each, today()), app.steps) for each in texts))
    beating.cancel()

    assert all(turn.reply is not None for turn in done)
    assert heart.longest < LONGEST_PASS_SECONDS


def compute(seconds: float) -> None:
    """Use the processor for so long, whoever else wants it."""
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass
