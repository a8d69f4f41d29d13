"""Whoever asks first waits for nothing that could have been loaded before."""

import asyncio
import gc
import subprocess
import sys

from bot.app import App
from bot.operation.settle import settle
from bot.operation.warm_up import warm_up
from bot.settings import ROOT

ASKED_FIRST = """
import asyncio, sys
from pathlib import Path
from bot.app import build
from bot.dialogue.message import Kind, Message
from bot.operation.warm_up import warm_up
from bot.settings import Settings

async def first(app):
    await warm_up(app)
    before = set(sys.modules)
    for text in ("收到法院传票怎么办", "對方說要告我", "How do I stop the calls?"):
        await app.respond(Message("telegram", "1", text, Kind.TEXT))
    print(sorted(set(sys.modules) - before))

asyncio.run(first(build(Settings(_env_file=None, data_dir=Path(sys.argv[1]), llm_model=None))))
"""


def test_the_first_question_loads_nothing(app: App) -> None:
    folder = str(app.settings.data_dir)
    shown = subprocess.run(
        [sys.executable, "-c", ASKED_FIRST, folder],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert shown.stdout.strip() == "[]"


def test_what_lives_long_is_out_of_the_collectors_way(app: App) -> None:
    try:
        asyncio.run(warm_up(app))
        assert gc.get_freeze_count() > 10_000
        assert len(gc.get_objects()) < gc.get_freeze_count() / 10
    finally:
        gc.unfreeze()


def test_settling_again_lets_go_of_what_is_no_longer_needed() -> None:
    class Old:
        def __init__(self, gone: list[str]) -> None:
            self.me, self.gone = self, gone

        def __del__(self) -> None:
            self.gone.append("gone")

    gone: list[str] = []
    try:
        old = Old(gone)
        settle()
        del old
        settle()
        assert gone == ["gone"]
    finally:
        gc.unfreeze()
