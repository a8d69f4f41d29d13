"""How quick the workspace is: lists and searches over 5,000 entries, the tries and publication of an entry.

python -m bench.curation; with a PostgreSQL URL as argument the lists are measured there too.
"""

import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from bot.app import build
from bot.clock import today
from bot.curation.exchange import read_files
from bot.curation.records import FileEntry, State, Wanted
from bot.curation.workspace import Workspace, open_workspace
from bot.settings import ROOT, Settings
from bot.store.database import open_database
from bot.store.entries import Entries
from bot.store.files import Files
from ingest.export import export

ENTRIES = 5000
TIMES = 20
ENTRY = "payment-order"
MEASURED = 2  # publications before which the labelled questions are tried
LISTS = {
    "all, newest first": Wanted(),
    "by title": Wanted(order="title"),
    "one topic": Wanted(topic="home-visits"),
    "published": Wanted(state=State.PUBLISHED),
    "review due": Wanted(due_by=today()),
    "weak verification": Wanted(weak=True),
    "unused": Wanted(unused=True),
    "voted down": Wanted(voted_down=True, order="unhelpful"),
    "words: 上门": Wanted(words="上门"),
    "words: 征信 逾期 五年": Wanted(words="征信 逾期 五年"),
    "words, Traditional": Wanted(words="催收員"),
    "words that nothing has": Wanted(words="不存在的词"),
}


def main() -> None:
    """Print p50 and p95 of each list, and the parts of a publication."""
    many = list(generated(ENTRIES))
    with TemporaryDirectory() as folder:
        lists(open_database(f"sqlite:///{folder}/aid.sqlite3"), many, "SQLite")
    for url in sys.argv[1:]:
        lists(open_database(url), many, "PostgreSQL")
    publication("the knowledge base as shipped", ROOT / "knowledge_base")
    with TemporaryDirectory() as folder:
        base = Path(folder) / "knowledge_base"
        base.mkdir()
        for part in (ROOT / "knowledge_base").iterdir():
            if part.name != "guidance":
                (base / part.name).symlink_to(part)
        export((each.entry for each in many), base)
        publication(f"{ENTRIES} entries", base)


def generated(count: int) -> Iterator[FileEntry]:
    """Entries like ours, again and again under other names."""
    chance = Random(0)
    ours = [each.entry for each in read_files(ROOT / "knowledge_base")]
    for number in range(count):
        entry = ours[number % len(ours)]
        again = number // len(ours)
        if again:
            forms = tuple("".join(chance.sample(form, len(form))) for form in entry.questions)
            name = {"id": f"{entry.id}-{again}", "title": f"{entry.title} {again}"}
            entry = entry.model_copy(update={**name, "questions": forms})
        yield FileEntry(entry, "", str(number))


def lists(engine: Engine, many: list[FileEntry], name: str) -> None:
    """Fill a database with entries and time each list on it."""
    Files(engine).take(many, "")
    entries = Entries(engine)
    print(f"{name}, {entries.page(Wanted()).total} entries, {TIMES} times each; ms (CPU ms)")
    for title, wanted in LISTS.items():
        took = [timed(partial(entries.page, wanted)) for _ in range(TIMES)]
        walls, cpus = (sorted(each) for each in zip(*took, strict=True))
        p50, p95 = TIMES // 2, int(TIMES * 0.95)
        print(
            f"  {title:24} p50 {walls[p50]:6.1f} ({cpus[p50]:5.1f})"
            f"  p95 {walls[p95]:6.1f} ({cpus[p95]:5.1f})  found {entries.page(wanted).total}"
        )


def publication(name: str, base: Path) -> None:
    """Time one entry's way through a running assistant."""
    with TemporaryDirectory() as folder:
        app = build(Settings(_env_file=None, data_dir=Path(folder), knowledge_dir=base))
        workspace = open_workspace(app)
        print(f"{name}: {len(app.library.entries)} entries, s (CPU s)")
        wall, cpu = time.perf_counter(), time.process_time()
        workspace.effect.learn()
        took = time.perf_counter() - wall, time.process_time() - cpu
        print("  what is found now, learnt ahead {:.1f} ({:.1f})".format(*took))
        for round_number in range(4):
            said, tried = f"试一试第{round_number}次。", round_number < MEASURED
            steps = journey(workspace, said, tried=tried)
            shown = "  ".join(f"{step} {wall:.2f} ({cpu:.2f})" for step, wall, cpu in steps)
            print(f"  {shown}")
        workspace.close()


def gained_and_lost(workspace: Workspace) -> None:
    """How long the labelled questions take before a publication, and how many were answered."""
    cpu = time.process_time()
    effect = workspace.effect({ENTRY: workspace.entries.version(ENTRY).fields})
    print(
        f"  gained and lost {effect.seconds:.1f} ({time.process_time() - cpu:.1f}): "
        f"looked at {effect.looked_at} of {effect.in_all}, {effect.asked} asked to the end"
    )


def journey(workspace: Workspace, said: str, *, tried: bool) -> list[tuple[str, float, float]]:
    """Check, publish and change over once."""
    flow, entries = workspace.workflow, workspace.entries
    entry = ENTRY
    old = entries.version(entry).fields
    found = entries.get(entry)
    saved = flow.save(entry, {**old, "short_answer": said}, found.revision, "anna")
    took: list[tuple[str, float, float]] = []

    def step(name: str, act: Callable[[], object]) -> None:
        wall, cpu = time.perf_counter(), time.process_time()
        act()
        took.append((name, time.perf_counter() - wall, time.process_time() - cpu))

    step("check", lambda: flow.submit(entry, saved.revision, "anna"))
    flow.approve(entry, saved.revision + 1, "ben")
    if tried:
        gained_and_lost(workspace)
    step("publish", lambda: flow.publish([(entry, saved.revision + 2)], "ben"))
    step("change over", workspace.follow.once)
    assert workspace.publications.page()[0].created_at <= datetime.now(UTC)
    return took


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds that something takes, by the clock and of this process."""
    wall, cpu = time.perf_counter(), time.process_time()
    act()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000


if __name__ == "__main__":
    main()
