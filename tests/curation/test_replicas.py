"""Several processes on one store: all on the newest publication, whatever happens to one of them."""

import asyncio
import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from multiprocessing.synchronize import Event
from pathlib import Path
from threading import Thread

import httpx
import pytest

from bot.app import build
from bot.curation.follow import LOOK_EVERY_SECONDS, Follow, following
from bot.curation.workspace import Workspace, open_workspace
from bot.settings import ROOT, Settings
from tests.curation.workspaces import ENTER, opened, publish, settings_for, write_base
from tests.stands.ports import free_port, wait_until_listening

KILLS = 20
FOLLOWED_WITHIN_SECONDS = 5.0


def publish_on_and_on(folder: Path, begun: Event) -> None:
    with opened(folder) as (_app, workspace):
        for number in range(1000):
            publish(workspace, ENTER, short_answer=f"第{number}次写的结论。")
            begun.set()


def test_a_publisher_killed_at_any_moment_leaves_one_whole_version_that_equals_the_store(
    tmp_path: Path,
) -> None:
    write_base(tmp_path)
    with opened(tmp_path):
        pass  # the first index is there
    forks = multiprocessing.get_context("forkserver")  # a process each, what they import but once
    forks.set_forkserver_preload(["tests.curation.workspaces", "chromadb"])
    seen = set()
    for kill in range(KILLS):
        begun = forks.Event()
        publisher = forks.Process(target=publish_on_and_on, args=(tmp_path, begun))
        publisher.start()
        assert begun.wait(timeout=120)
        time.sleep(0.05 * kill)  # the moment of the kill is the point of the test
        publisher.kill()
        publisher.join()
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


class Looks:
    """Counts the looks of a follower, and what each changing over took of its thread's CPU time."""

    def __init__(self, follow: Follow) -> None:
        self._once = follow.once
        self.begun = 0
        self.changes: list[tuple[int, float]] = []

    def __call__(self) -> bool:
        self.begun += 1
        look, began = self.begun, time.thread_time()
        if changed := self._once():
            self.changes.append((look, time.thread_time() - began))
        return changed


def test_a_follower_changes_over_at_its_next_look_and_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In seconds of its own: how long a busy machine makes it wait is no fault of ours."""
    write_base(tmp_path)

    async def journey(workspace: Workspace, other: Workspace, looks: Looks) -> None:
        async with following(other.follow):
            for act in (
                partial(publish, workspace, ENTER, short_answer="不用开门。"),
                partial(workspace.workflow.roll_back, ENTER, 1, "ben", ""),
            ):
                known = len(looks.changes)
                await asyncio.to_thread(act)
                after, began = looks.begun, time.monotonic()
                while len(looks.changes) == known:
                    assert time.monotonic() - began < 60
                    await asyncio.sleep(0.02)
                look, took = looks.changes[-1]
                assert look <= after + 1  # the look under way, or the first one after it
                assert 2 * LOOK_EVERY_SECONDS + took < FOLLOWED_WITHIN_SECONDS

    with opened(tmp_path) as (_publishing, workspace), opened(tmp_path) as (app, other):
        looks = Looks(other.follow)
        monkeypatch.setattr(other.follow, "once", looks)
        asyncio.run(journey(workspace, other, looks))
        assert app.library.entry[ENTER].short_answer.startswith("你可以不开门")


def test_a_running_server_says_what_another_process_published_and_took_back(
    tmp_path: Path,
) -> None:
    write_base(tmp_path)
    port = free_port()
    environment = os.environ | {
        "BORROWER_AID_DATA_DIR": str(tmp_path / "data"),
        "BORROWER_AID_KNOWLEDGE_DIR": str(tmp_path / "knowledge_base"),
        "BORROWER_AID_WEB_PORT": str(port),
    }
    command = [sys.executable, "-m", "bot", "serve"]
    with subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL) as server:
        try:
            wait_until_listening(port, seconds=60)
            assert "你可以不开门" in ask_server(port)
            with opened(tmp_path) as (_app, workspace):
                busy = slowed_down(
                    partial(publish, workspace, ENTER, short_answer="门一直关着就好。")
                )
                assert said_after(port, "门一直关着就好。") < FOLLOWED_WITHIN_SECONDS * busy
                busy = slowed_down(partial(workspace.workflow.roll_back, ENTER, 1, "ben", ""))
                assert said_after(port, "你可以不开门") < FOLLOWED_WITHIN_SECONDS * busy
        finally:
            server.terminate()


def slowed_down(act: Callable[[], object]) -> float:
    """How many times as long as its CPU time something takes: one on a machine that is not busy."""
    wall, cpu = time.monotonic(), time.process_time()
    act()
    return max(1.0, (time.monotonic() - wall) / (time.process_time() - cpu))


def said_after(port: int, words: str) -> float:
    """The seconds until a server's answer has these words."""
    began = time.monotonic()
    while words not in ask_server(port):
        assert time.monotonic() - began < 60
        time.sleep(0.1)
    return time.monotonic() - began


def ask_server(port: int) -> str:
    asked = {"text": "不开门行不行"}
    return httpx.post(f"http://127.0.0.1:{port}/api/v1/chat", json=asked, timeout=60).text
