"""How long one question takes from the terminal, beside an empty Python doing the same imports.

The second run is what counts: the first builds the index. Times are ratios, machines differ.
"""

import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

QUESTION = "催收说今天上门，我该怎么办"
RUNS = 5


def main() -> None:
    """Print seconds (median of five) and peak memory of ask, of answering in process, of imports."""
    with TemporaryDirectory() as folder:
        os.environ["BORROWER_AID_DATA_DIR"] = folder
        ask = [sys.executable, "-m", "bot", "ask", QUESTION]
        first = seconds(ask)
        again = statistics.median(seconds(ask) for _ in range(RUNS))
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        floor = statistics.median(
            seconds([sys.executable, "-c", "import chromadb"]) for _ in range(RUNS)
        )
        print(f"ask, first run (builds the index)  {first:6.2f} s")
        print(f"ask, second run                    {again:6.2f} s   {memory} MB peak")
        print(f"import chromadb alone              {floor:6.2f} s   ratio {again / floor:.1f}")
        in_process(Path(folder))


def seconds(command: list[str]) -> float:
    """Wall time of a finished command."""
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began


def in_process(folder: Path) -> None:
    """Print how long the steps take once everything is open."""
    import asyncio

    from bot.answering.pipeline import run
    from bot.answering.turn import Turn
    from bot.app import build
    from bot.clock import today
    from bot.settings import Settings

    app = build(Settings(_env_file=None, data_dir=folder))
    questions = [form for entry in app.library.entries for form in entry.questions[:1]]

    async def all_of_them() -> list[float]:
        took = []
        for text in questions:
            began = time.perf_counter()
            await run(Turn(id="bench", text=text, today=today()), app.steps)
            took.append((time.perf_counter() - began) * 1000)
        return sorted(took)

    took = asyncio.run(all_of_them())
    p50, p95 = took[len(took) // 2], took[int(len(took) * 0.95)]
    print(f"assembled answer in process        p50 {p50:.1f} ms, p95 {p95:.1f} ms, n {len(took)}")


if __name__ == "__main__":
    main()
