"""How fast answers leave the web server, beside an empty stream in the same run.

`python -m bench.web_load [SECONDS]`, or `memory REQUESTS` for what the server holds; server and load
generator share the machine. The questions are those of the evaluation set; an answer that was
worked out before need not be again, so the same is measured with questions that nobody asked before.
"""

import asyncio
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import accumulate, count, islice, repeat
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from fastapi.responses import StreamingResponse

from bench.web_streams import Asking, Figures, Questions, measure, stream, talk
from bot.app import build
from bot.operation.settle import settle
from bot.settings import ROOT, Settings
from bot.transports.web.app import web_app
from bot.transports.web.limits import Allowance, Limits
from tests.stands.ports import free_port, wait_until_listening

SECONDS = 8.0  # for each server and mix
PAIRS = 4
START_SECONDS = 240.0  # an index may have to be made first
FREE = Allowance(10**9, 10**9)
ASKED = ROOT / "tests" / "evaluation" / "questions.jsonl"
SEED = 20261130


def main() -> int:
    """Measure chat and empty stream in turn, so that whatever else the machine does meets both."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    often = [json.loads(line)["text"] for line in ASKED.read_text("utf-8").splitlines()]
    chance = random.Random(SEED)
    mixes: dict[str, tuple[Questions, Asking]] = {
        "often asked": (often_asked(often, chance), stream),
        "often asked, in talks": (often_asked(often, chance), talk),
        "half often, half new": (half_new(often, chance), stream),
        "all new": (all_new(often, chance), stream),
    }
    with server("empty") as empty, server("chat") as chat:
        asyncio.run(measure(chat.port, iter(often), 3600.0))  # each question once, to begin with
        before = chat.resident_mb()
        kept = [paired(name, empty, chat, *mix, seconds) for name, mix in mixes.items()]
        print(f"memory {before:.0f} -> {chat.resident_mb():.0f} MB")
    return int(not kept[0])


def paired(
    name: str, empty: "Server", chat: "Server", questions: Questions, ask: Asking, seconds: float
) -> bool:
    """Both servers, some seconds each, several times; whether the promise is kept."""
    nothing, answered = [], []
    for _ in range(PAIRS):
        nothing.append(empty.measured(repeat("上门"), stream, seconds / PAIRS))
        answered.append(chat.measured(questions, ask, seconds / PAIRS))
    shares = [
        one.per_second / other.per_second for one, other in zip(answered, nothing, strict=True)
    ]
    share, chats = statistics.median(shares), together(answered)
    print(f"{name + ':':24} {chats}; empty: {together(nothing)}; {share:.2f} of it, {told(shares)}")
    return share >= 1 / 3 and chats.p95_ms <= 150


def told(shares: Sequence[float]) -> str:
    """From the worst to the best pair."""
    return f"{min(shares):.2f}-{max(shares):.2f}"


def together(runs: Sequence[Figures]) -> Figures:
    """Several runs as one."""
    latencies = [each for run in runs for each in run.latencies]
    cpu_ms = sum(run.cpu_ms * len(run.latencies) for run in runs) / len(latencies)
    return Figures(latencies, sum(run.seconds for run in runs), cpu_ms)


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
    with server("chat") as chat:
        asyncio.run(measure(chat.port, islice(questions, requests // 10), 3600.0))  # caches fill
        held = [chat.resident_mb()]
        for _ in range(5):
            found = chat.measured(islice(questions, requests // 5), stream, 3600.0)
            held.append(chat.resident_mb())
            print(f"{len(found.latencies)} more: {held[-1]:.0f} MB, {found}")
    print(f"memory over {requests} requests: {held[0]:.0f} -> {held[-1]:.0f} MB")
    return int(held[-1] > 1.1 * held[0])


@dataclass(frozen=True)
class Server:
    """A server in a process of its own."""

    port: int
    process: int

    def measured(self, questions: Questions, ask: Asking, seconds: float) -> Figures:
        """What fifty streams of it came to, with its processor time."""
        before = self._cpu_seconds()
        found = asyncio.run(measure(self.port, questions, seconds, ask))
        cpu_ms = (self._cpu_seconds() - before) * 1000 / len(found.latencies)
        return replace(found, cpu_ms=cpu_ms)

    def resident_mb(self) -> float:
        """The memory that it holds."""
        pages = int(Path(f"/proc/{self.process}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20

    def _cpu_seconds(self) -> float:
        fields = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def server(kind: str) -> Iterator[Server]:
    """One of the two servers."""
    port = free_port()
    command = [sys.executable, "-m", "bench.web_load", "serve", kind, str(port)]
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}) as child:
        try:
            wait_until_listening(port, START_SECONDS)
            yield Server(port, child.pid)
        finally:
            child.terminate()


def serve(kind: str, port: int) -> None:
    """Run in the child: the whole assistant, or a stream that says nothing."""
    with tempfile.TemporaryDirectory() as folder:
        web = empty_app() if kind == "empty" else chat_app(Path(folder))
        settle()
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


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        serve(sys.argv[2], int(sys.argv[3]))
    elif sys.argv[1:2] == ["memory"]:
        raise SystemExit(memory(int(sys.argv[2])))
    else:
        raise SystemExit(main())
