"""Requests a second of one and of two web processes over one PostgreSQL server.

`python -m bench.replicas [SECONDS]`; servers, database and load generator share the machine, so two
processes can only gain what cores are left.
"""

import asyncio
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import uvicorn

from bench.web_load import ASKED, FREE, SECONDS, SEED, all_new, often_asked
from bench.web_streams import Figures, measure
from bot.app import build
from bot.settings import ROOT, Settings
from bot.store.keys import new_key
from bot.transports.web.app import web_app
from bot.transports.web.limits import Limits
from tests.stands.ports import free_port, wait_until_listening
from tests.stands.postgres import PostgresServer, postgres_programs


def main() -> int:
    """Measure both."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    programs = postgres_programs()
    assert programs is not None, "make postgres"
    database = PostgresServer(programs)
    database.start()
    try:
        for count in (1, 2):
            run(database.create(f"with_{count}"), count, seconds)
    finally:
        database.remove()
    return 0


def run(url: str, count: int, seconds: float) -> None:
    """Ask some processes over one database, as people ask and with questions never asked before."""
    often = [json.loads(line)["text"] for line in ASKED.read_text("utf-8").splitlines()]
    key = new_key()
    with ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
        ports = [stack.enter_context(process(url, key, Path(folder))) for _ in range(count)]
        asyncio.run(all_of(ports, [iter(often) for _ in ports], 3600.0))
        for name, asked in (("often asked", often_asked), ("all new", all_new)):
            questions = [asked(often, random.Random(SEED + port)) for port in ports]
            figures = asyncio.run(all_of(ports, questions, seconds))
            print(f"{count} web process(es), {name + ':':13} {figures}", flush=True)


async def all_of(
    ports: Sequence[int], questions: Sequence[Iterator[str]], seconds: float
) -> Figures:
    """Fifty streams for each process; what all of them came to."""
    parts = await asyncio.gather(*map(measure, ports, questions, [seconds] * len(ports)))
    return Figures([took for part in parts for took in part.latencies], parts[0].seconds)


@contextmanager
def process(url: str, key: str, folder: Path) -> Iterator[int]:
    """A web process over the database; its port."""
    port = free_port()
    environment = {
        **os.environ,
        "BORROWER_AID_DATABASE_URL": url,
        "BORROWER_AID_ENCRYPTION_KEYS": key,
        "BORROWER_AID_DATA_DIR": str(folder),
    }
    command = [sys.executable, "-m", "bench.replicas", "serve", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=environment) as child:
        try:
            wait_until_listening(port, seconds=120)
            yield port
        finally:
            child.terminate()


def serve(port: int) -> None:
    """Run in the child: the web chat without limits for one address."""
    web = web_app(build(Settings(_env_file=None)), Limits(FREE, FREE))  # type: ignore[call-arg]
    uvicorn.run(web, port=port, log_level="error", ws="none")


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        serve(int(sys.argv[2]))
    else:
        raise SystemExit(main())
