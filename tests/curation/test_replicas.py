"""Several processes on one store: all on the newest publication, whatever happens to one of them."""

import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread

from bot.app import build
from bot.curation.workspace import open_workspace
from bot.settings import Settings
from tests.curation.workspaces import ENTER, opened, publish, settings_for, write_base

PUBLISH = """
import sys
from pathlib import Path
from tests.curation.workspaces import ENTER, opened, publish
with opened(Path(sys.argv[1])) as (_app, workspace):
    print("ready", flush=True)
    for number in range(1000):
        publish(workspace, ENTER, short_answer=f"第{number}次写的结论。")
"""
KILLS = 20


def test_a_publisher_killed_at_any_moment_leaves_one_whole_version_that_equals_the_store(
    tmp_path: Path,
) -> None:
    write_base(tmp_path)
    seen = set()
    for kill in range(KILLS):
        run = [sys.executable, "-c", PUBLISH, str(tmp_path)]
        with subprocess.Popen(run, stdout=subprocess.PIPE, text=True) as publisher:
            assert publisher.stdout is not None
            assert publisher.stdout.readline() == "ready\n"
            time.sleep(0.05 + kill * 0.11)  # the moment of the kill is the point of the test
            publisher.send_signal(signal.SIGKILL)
        with opened(tmp_path) as (app, workspace):
            shelf, key = workspace.publications.shelf()
            assert app.editions.current.key == key
            assert app.library.entries == shelf.entries
            said = app.library.entry[ENTER].short_answer
            (hit,) = app.retriever.search("不开门行不行", limit=1)
            assert hit.passage.text.startswith(said)
            seen.add(said)
    assert len(seen) > 1


def test_other_processes_change_over_within_seconds_and_back(tmp_path: Path) -> None:
    write_base(tmp_path)
    with opened(tmp_path) as (_publishing, workspace), opened(tmp_path) as (app, other):
        publish(workspace, ENTER, short_answer="不用开门。")
        assert other.follow.once()
        assert app.library.entry[ENTER].short_answer == "不用开门。"
        workspace.workflow.roll_back(ENTER, 1, "ben", "")
        assert other.follow.once()
        assert app.library.entry[ENTER].short_answer.startswith("你可以不开门")


def test_a_machine_with_no_disk_in_common_builds_from_the_store(tmp_path: Path) -> None:
    write_base(tmp_path)
    here = settings_for(tmp_path)
    url = f"sqlite:///{tmp_path}/data/borrower_aid.sqlite3"
    with opened(tmp_path) as (_app, workspace):
        there: Settings = here.model_copy(
            update={"data_dir": tmp_path / "elsewhere", "database_url": url}
        )
        app = build(there)
        other = open_workspace(app)
        publish(workspace, ENTER, short_answer="不用开门。")
        assert other.follow.once()
        assert app.library.entry[ENTER].short_answer == "不用开门。"
        assert app.retriever.search("不开门行不行", limit=1)[0].passage.id == ENTER
        app.retriever.close()


def test_two_publishers_at_once_lose_nothing(tmp_path: Path) -> None:
    write_base(tmp_path)
    with opened(tmp_path) as (app, one), opened(tmp_path) as (_other, two):
        entries = [each.id for each in app.library.entries]
        both = [
            Thread(target=publish, args=(place, entry), kwargs={"title": f"{entry} 的新标题"})
            for place, entry in zip((one, two), entries, strict=True)
        ]
        for each in both:
            each.start()
        for each in both:
            each.join()
        one.follow.once()
        assert {each.title for each in app.library.entries} == {f"{e} 的新标题" for e in entries}
        assert [each.number for each in one.publications.page()] == [3, 2, 1]


def test_a_follower_notices_by_itself(tmp_path: Path) -> None:
    import asyncio

    from bot.curation.follow import following

    write_base(tmp_path)

    async def journey() -> float:
        with opened(tmp_path) as (_publishing, workspace), opened(tmp_path) as (app, other):
            async with following(other.follow):
                await asyncio.to_thread(publish, workspace, ENTER, short_answer="不用开门。")
                began = time.monotonic()
                while app.library.entry[ENTER].short_answer != "不用开门。":
                    assert time.monotonic() - began < 60
                    await asyncio.sleep(0.05)
                return time.monotonic() - began

    assert asyncio.run(journey()) < 30  # within a second or two where the machine is not busy
