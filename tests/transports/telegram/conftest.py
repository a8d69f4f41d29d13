"""A fresh stand for every case, and a bot before it that says what the case scripted."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stands.bot_api import BotApi, bot_api
from tests.transports.telegram.running import running, settings_for
from tests.transports.telegram.scripted import Scripted


@pytest.fixture
def stand() -> Iterator[BotApi]:
    with bot_api() as running:
        yield running


@pytest.fixture
def dialogue() -> Scripted:
    return Scripted()


@pytest.fixture
def bot(stand: BotApi, dialogue: Scripted, tmp_path: Path) -> Iterator[BotApi]:
    with running(settings_for(stand, tmp_path), dialogue):
        yield stand
