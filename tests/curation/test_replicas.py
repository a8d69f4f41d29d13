"""Several processes on one store: all on the newest publication, whatever happens to one of them."""

import asyncio
import multiprocessing
import os
import subprocess
import sys
import time
from multiprocessing.synchronize import Event
from pathlib import Path
from threading import Thread

import httpx

from bot.app import build
from bot.curation.follow import following
from bot.curation.workspace import open_workspace
from bot.settings import ROOT, Settings
from tests.curation.workspaces import ENTER, opened, publish, settings_for, write_base
from tests.stands.ports import free_port, wait_until_listening

KILLS = 20


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


def test_a_follower_notices_by_itself(tmp_path: Path) -> None:
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


def test_a_running_server_says_what_another_process_published(tmp_path: Path) -> None:
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
            wait_until_listening(port)
            assert "你可以不开门" in ask_server(port)
            with opened(tmp_path) as (_app, workspace):
                publish(workspace, ENTER, short_answer="门一直关着就好。")
            began = time.monotonic()
            while "门一直关着就好。" not in ask_server(port):
                assert time.monotonic() - began < 60  # two seconds where the machine is not busy
        finally:
            server.terminate()


def ask_server(port: int) -> str:
    asked = {"text": "不开门行不行"}
    return httpx.post(f"http://127.0.0.1:{port}/api/v1/chat", json=asked, timeout=60).text
