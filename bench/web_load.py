"""How fast answers leave the web server, beside an empty stream in the same run.

`python -m bench.web_load [SECONDS]`; server and load generator share the machine.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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
QUESTIONS = ("催收说今天上门，我该怎么办", "收到支付令怎么办", "他们打电话给我家人怎么办")
FREE = Allowance(10**9, 10**9)


def main() -> int:
    """Measure both servers one after the other; 1 when the promise is not kept."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    with server("empty") as (port, _):
        empty = asyncio.run(measure(port, seconds))
    with server("chat") as (port, process):
        asyncio.run(measure(port, 2.0))
        before = resident_mb(process)
        chat = asyncio.run(measure(port, seconds))
        after = resident_mb(process)
    share = chat.per_second / empty.per_second
    print(f"empty stream: {empty}")
    print(f"chat:         {chat}")
    print(f"chat reaches {share:.2f} of the empty stream; memory {before:.0f} -> {after:.0f} MB")
    return int(share < 1 / 3 or chat.p95_ms > 150)


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


async def measure(port: int, seconds: float) -> Figures:
    """Keep fifty streams open for some seconds."""
    latencies: list[float] = []
    end = time.perf_counter() + seconds
    await asyncio.gather(*(stream(port, place, end, latencies) for place in range(STREAMS)))
    return Figures(latencies, seconds)


async def stream(port: int, place: int, end: float, latencies: list[float]) -> None:
    """Ask one question after the other over one connection."""
    body = json.dumps({"text": QUESTIONS[place % len(QUESTIONS)]}).encode()
    head = (
        f"POST /api/v1/chat HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while (began := time.perf_counter()) < end:
        writer.write(head.encode() + body)
        reply = await reader.readuntil(b"0\r\n\r\n")
        assert reply.startswith(b"HTTP/1.1 200"), reply[:200]
        assert b"event: done" in reply
        latencies.append(time.perf_counter() - began)
    writer.close()


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
    else:
        raise SystemExit(main())
