"""A fresh stand for every case."""

from collections.abc import Iterator

import pytest

from tests.stands.bot_api import BotApi, bot_api


@pytest.fixture
def stand() -> Iterator[BotApi]:
    with bot_api() as running:
        yield running
