"""Event-loop lag of the Telegram bot while a slow model answers fifty chats.

    python -m bench.telegram_lag

The bot runs as a process of its own and samples its loop; the Bot API stand and the slow model run
in this one. A loop that does nothing is sampled beside it: on a busy machine its lag is the floor.
``of its own`` is the processor time that the bot itself spent while its loop was late, in all its
threads: what the lag would be at most on a machine that has nothing else to do. ``its loop`` is the
part of it that the loop's own thread spent: what the lag would be at least.
"""

import argparse
import asyncio
import json
import multiprocessing
import os
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import Route

from bot.app import build
from bot.operation.warm_up import warm_up
from bot.settings import read_settings
from bot.transports.telegram.bot import open_telegram, until_told_to_stop
from tests.stands.bot_api import TOKEN, BotApi, bot_api, labels_of
from tests.stands.ports import free_port, wait_until_listening

Lag = tuple[float, float, float, float]  # when, how late, of its own, of its loop: seconds
SAMPLE_SECONDS = 0.005
QUESTIONS = (
    "催收说今天上门怎么办",
    "微粒贷逾期了怎么和他们协商",
    "一天打几十个电话骚扰我",
    "收到法院传票怎么办",
    "利息太高能不能不还",
)
LINES = ("1. 先不开门，隔着门说话。[1]", "2. 录音录像，留好证据。[1]", "3. 打官方客服核实。[1]")


def main() -> None:
    """Print the lag of the bot's loop and of an idle one, in milliseconds."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--chats", type=int, default=50)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--bot", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.bot:
        asyncio.run(until_told_to_stop(sampled_bot(given.bot)))
        return
    with TemporaryDirectory() as folder, bot_api() as stand:
        bot, idle = measure(stand, Path(folder), given.chats, given.rounds)
    print(f"{given.chats} chats, {given.rounds} rounds, lag in ms")
    print(f"bot        {shown(late for _, late, _, _ in bot)}")
    print(f"of its own {shown(own for _, _, own, _ in bot)}")
    print(f"its loop   {shown(loop for _, _, _, loop in bot)}")
    print(f"idle loop  {shown(late for _, late, _, _ in idle)}")


def measure(
    stand: BotApi, folder: Path, chats: int, rounds: int
) -> tuple[Sequence[Lag], Sequence[Lag]]:
    """The lags of the bot's loop and of an idle one over the same time."""
    model = slow_model()
    samples = folder / "lags.json"
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.telegram_lag", "--bot", str(samples)],
        env=os.environ
        | {
            "BORROWER_AID_DATA_DIR": str(folder),
            "BORROWER_AID_TELEGRAM_TOKEN": TOKEN,
            "BORROWER_AID_TELEGRAM_API": stand.address,
            "BORROWER_AID_LLM_MODEL": "slow",
            "BORROWER_AID_LLM_BASE_URL": model,
        },
    )
    stand.say(QUESTIONS[0], chat=999)
    stand.wait_for(lambda stand: finished(stand, 999, 1), "the first answer", 120)
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        began = time.time()
        idle = pool.apply_async(idle_lags)
        for number in range(rounds):
            for chat in range(1, chats + 1):
                stand.say(QUESTIONS[(chat + number) % len(QUESTIONS)], chat=chat)
            stand.wait_for(
                lambda stand, n=number + 1: all(finished(stand, c, n) for c in range(1, chats + 1)),
                "every answer",
                300,
            )
        ended = time.time()
        process.terminate()
        process.wait()
        floor = idle.get()
    return [each for each in json.loads(samples.read_text()) if began <= each[0] <= ended], floor


async def sampled_bot(samples: Path) -> None:
    """The bot as shipped, its loop sampled until it is told to stop."""
    app = build(read_settings())
    await warm_up(app)
    lags: list[Lag] = []
    sampling = asyncio.create_task(sample(lags))
    try:
        await open_telegram(app.settings, app.respond, app.engine).run()
    finally:
        sampling.cancel()
        await asyncio.to_thread(samples.write_text, json.dumps(lags))


async def sample(lags: list[Lag]) -> None:
    """How much later than asked a sleep ends, and what the process did meanwhile, again and again."""
    while True:
        began, worked, looped = time.perf_counter(), time.process_time(), time.thread_time()
        await asyncio.sleep(SAMPLE_SECONDS)
        late = time.perf_counter() - began - SAMPLE_SECONDS
        own, loop = time.process_time() - worked, time.thread_time() - looped
        lags.append((time.time(), late, min(late, own), min(late, loop)))


def idle_lags() -> list[Lag]:
    """The lags of a loop that has nothing to do, for ten seconds."""
    lags: list[Lag] = []

    async def ten_seconds() -> None:
        sampling = asyncio.create_task(sample(lags))
        await asyncio.sleep(10)
        sampling.cancel()

    asyncio.run(ten_seconds())
    return lags


def finished(stand: BotApi, chat: int, count: int) -> bool:
    """Whether so many answers stand in a chat in full."""
    return sum(bool(labels_of(each)) for each in stand.told(chat)) >= count


def slow_model() -> str:
    """A model server that words one line in 0.4 s; its address."""
    port = free_port()
    web = Starlette(routes=[Route("/v1/chat/completions", completions, methods=["POST"])])
    server = uvicorn.Server(uvicorn.Config(web, port=port, log_level="error", ws="none"))
    threading.Thread(target=server.run, daemon=True).start()
    wait_until_listening(port)
    return f"http://127.0.0.1:{port}/v1"


async def completions(_request: Request) -> StreamingResponse:
    """Stream the lines in small pieces."""
    return StreamingResponse(pieces(), media_type="text/event-stream")


async def pieces() -> AsyncIterator[str]:
    """The lines, four characters at a time."""
    for line in LINES:
        for start in range(0, len(line), 4):
            await asyncio.sleep(0.2)
            yield chunk({"content": line[start : start + 4]})
        yield chunk({"content": "\n"})
    yield chunk({}, "stop")
    yield "data: [DONE]\n\n"


def chunk(delta: dict[str, str], end: str | None = None) -> str:
    """One event of a streamed completion."""
    choice = {"index": 0, "delta": {"role": "assistant"} | delta, "finish_reason": end}
    event = {
        "id": "1",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "slow",
        "choices": [choice],
    }
    return f"data: {json.dumps(event)}\n\n"


def shown(seconds: Iterable[float]) -> str:
    """Median, 99th percentile and longest, in milliseconds."""
    lags = sorted(seconds)
    p50, p99 = lags[len(lags) // 2], lags[int(len(lags) * 0.99)]
    return f"p50 {p50 * 1000:.1f}, p99 {p99 * 1000:.1f}, longest {lags[-1] * 1000:.0f}"


if __name__ == "__main__":
    main()
