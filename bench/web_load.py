"""How fast answers leave the web server, beside an empty stream in the same run.

`python -m bench.web_load [SECONDS]`, or `memory REQUESTS` for what the server holds; server and load
generator share the machine. The questions are those of the evaluation set; an answer that was
worked out before need not be again, so the same is measured with questions that nobody asked before.
"""

import asyncio
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import accumulate, count, islice
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from fastapi.responses import StreamingResponse

from bot.app import build
from bot.settings import ROOT, Settings
from bot.transports.web.app import web_app
from bot.transports.web.limits import Allowance, Limits
from tests.stands.ports import free_port, wait_until_listening

STREAMS = 50
SECONDS = 8.0
FREE = Allowance(10**9, 10**9)
ASKED = ROOT / "tests" / "evaluation" / "questions.jsonl"
SEED = 20261130
Questions = Iterator[str]


def main() -> int:
    """Measure both servers one after the other; 1 when the promise is not kept."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    often = [json.loads(line)["text"] for line in ASKED.read_text("utf-8").splitlines()]
    chance = random.Random(SEED)
    with server("empty") as (port, _):
        empty = asyncio.run(measure(port, often_asked(often, chance), seconds))
    print(f"empty stream:              {empty}")
    with server("chat") as (port, process):
        asyncio.run(measure(port, iter(often), 3600.0))  # each question once, to begin with
        before = resident_mb(process)
        mixes = {
            "often asked": often_asked(often, chance),
            "half often, half new": half_new(often, chance),
            "all new": all_new(often, chance),
        }
        kept = []
        for name, questions in mixes.items():
            chat = asyncio.run(measure(port, questions, seconds))
            share = chat.per_second / empty.per_second
            kept.append(share >= 1 / 3 and chat.p95_ms <= 150)
            print(f"{name + ':':26} {chat}; {share:.2f} of the empty stream")
        print(f"memory {before:.0f} -> {resident_mb(process):.0f} MB")
    return int(not kept[0])


def often_asked(often: Sequence[str], chance: random.Random) -> Questions:
    """Questions as people ask them: the n-th most frequent comes with a weight of 1/n."""
    weights = list(accumulate(1 / n for n in range(1, len(often) + 1)))
    while True:
        yield from chance.choices(often, cum_weights=weights, k=100)


def half_new(often: Sequence[str], chance: random.Random) -> Questions:
    """Every second question was never asked before."""
    for known, new in zip(often_asked(often, chance), all_new(often, chance), strict=False):
        yield known
        yield new


def all_new(often: Sequence[str], chance: random.Random) -> Questions:
    """Questions that differ in the sum that is owed."""
    for number in count(1):
        yield f"{chance.choice(often)}，我一共欠{number * 37 + 1000}元"


def memory(requests: int) -> int:
    """What the server holds after each fifth of many requests; 1 when it grows by a tenth."""
    often = [json.loads(line)["text"] for line in ASKED.read_text("utf-8").splitlines()]
    questions = often_asked(often, random.Random(SEED))
    with server("chat") as (port, process):
        asyncio.run(measure(port, islice(questions, requests // 10), 3600.0))  # caches fill
        held = [resident_mb(process)]
        for _ in range(5):
            chat = asyncio.run(measure(port, islice(questions, requests // 5), 3600.0))
            held.append(resident_mb(process))
            print(f"{len(chat.latencies)} more: {held[-1]:.0f} MB, {chat}")
    print(f"memory over {requests} requests: {held[0]:.0f} -> {held[-1]:.0f} MB")
    return int(held[-1] > 1.1 * held[0])


@dataclass(frozen=True)
class Figures:
    """What one run came to."""

    latencies: list[float]
    seconds: float

    @property
    def per_second(self) -> float:
        """Requests answered each second."""
        return len(self.latencies) / self.seconds

    @property
    def p95_ms(self) -> float:
        """The time within which nineteen of twenty were answered."""
        return sorted(self.latencies)[int(len(self.latencies) * 0.95)] * 1000

    def __str__(self) -> str:
        middle = sorted(self.latencies)[len(self.latencies) // 2] * 1000
        return f"{self.per_second:.0f} requests/s, p50 {middle:.0f} ms, p95 {self.p95_ms:.0f} ms"


async def measure(port: int, questions: Questions, seconds: float) -> Figures:
    """Keep fifty streams open for some seconds, or until there is nothing more to ask."""
    latencies: list[float] = []
    began = time.perf_counter()
    end = began + seconds
    await asyncio.gather(*(stream(port, questions, end, latencies) for _ in range(STREAMS)))
    return Figures(latencies, time.perf_counter() - began)


async def stream(port: int, questions: Questions, end: float, latencies: list[float]) -> None:
    """Ask one question after the other over one connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for question in questions:
        if (began := time.perf_counter()) > end:
            break
        body = json.dumps({"text": question}).encode()
        head = (
            f"POST /api/v1/chat HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        writer.write(head.encode() + body)
        reply = await whole_reply(reader)
        assert reply.startswith(b"HTTP/1.1 200"), reply[:200]
        assert b"event: done" in reply
        latencies.append(time.perf_counter() - began)
    writer.close()


async def whole_reply(reader: asyncio.StreamReader) -> bytes:
    """A reply with its body, in pieces or of a told length."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head)
    if length is not None:
        return head + await reader.readexactly(int(length[1]))
    return head + await reader.readuntil(b"0\r\n\r\n")


@contextmanager
def server(kind: str) -> Iterator[tuple[int, int]]:
    """One of the two servers in a process of its own: its port and process id."""
    port = free_port()
    command = [sys.executable, "-m", "bench.web_load", "serve", kind, str(port)]
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}) as child:
        try:
            wait_until_listening(port)
            yield port, child.pid
        finally:
            child.terminate()


def serve(kind: str, port: int) -> None:
    """Run in the child: the whole assistant, or a stream that says nothing."""
    with tempfile.TemporaryDirectory() as folder:
        web = empty_app() if kind == "empty" else chat_app(Path(folder))
        uvicorn.run(web, port=port, log_level="error", ws="none")


def chat_app(folder: Path) -> FastAPI:
    """The whole assistant, without limits for one address."""
    app = build(Settings(_env_file=None, data_dir=folder))  # type: ignore[call-arg]
    return web_app(app, Limits(FREE, FREE))


def empty_app() -> FastAPI:
    """What the framework alone can do."""
    web = FastAPI()

    async def nothing() -> AsyncIterator[str]:
        yield "event: done\ndata: {}\n\n"

    @web.post("/api/v1/chat")
    async def chat() -> StreamingResponse:
        return StreamingResponse(nothing(), media_type="text/event-stream")

    return web


def resident_mb(process: int) -> float:
    """The memory a process holds."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        serve(sys.argv[2], int(sys.argv[3]))
    elif sys.argv[1:2] == ["memory"]:
        raise SystemExit(memory(int(sys.argv[2])))
    else:
        raise SystemExit(main())
