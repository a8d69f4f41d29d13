"""The data of the release before words were sealed is taken over whole."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.store.conversations import Conversations
from bot.store.database import open_database, schema_version
from bot.store.interviews import Interviews
from bot.store.outbox import Outbox
from bot.store.personal_data import export
from bot.store.retention import delete_outdated
from bot.store.tables import SCHEMA_VERSION

OLD = Path(__file__).with_name("release_0004.sql")
WORDS = (
    "催收说今天上门",
    "怕他们找家人",
    "看不懂",
    "还在等回答的话",
    "方案在附件里",
    "附件内容",
    "先不开门",
)


def in_clear(place: Path) -> list[str]:
    """The words that can be read in a file, in plain or as JSON escapes."""
    content = place.read_bytes()
    forms = {word: (word.encode(), json.dumps(word)[1:-1].encode()) for word in WORDS}
    return [word for word, either in forms.items() if any(each in content for each in either)]


@pytest.fixture
def upgraded(tmp_path: Path) -> Engine:
    """A database as the old release left it, opened by this one."""
    place = tmp_path / "aid.sqlite3"
    with closing(sqlite3.connect(place)) as old:
        old.executescript(OLD.read_text("utf-8"))
    assert in_clear(place) == list(WORDS), "the search must be able to find"
    return open_database(f"sqlite:///{place}")


def test_every_word_is_there_and_none_in_clear(upgraded: Engine, tmp_path: Path) -> None:
    assert schema_version(upgraded) == SCHEMA_VERSION
    talks = Conversations(upgraded)
    talk = talks.open("telegram", "7")
    said = [each.text for each in talks.history(talk.id)]
    assert said[0] == "催收说今天上门，我该怎么办"
    assert len(said) == 4
    assert Interviews(upgraded).load(talk.id) == '{"kind": "plan", "income": "6500"}'
    kept = export(upgraded, "telegram", "7")
    assert kept["feedback"][0]["reason"] == "看不懂"
    assert kept["answers"][0]["actions"] == ["他们在砸门怎么办"]
    upgraded.dispose()
    for path in tmp_path.iterdir():
        assert in_clear(path) == [], path


def test_what_was_waiting_is_worked_on(upgraded: Engine) -> None:
    outbox = Outbox(upgraded, "new:1")
    waiting, owed = outbox.next_update(7), outbox.next_outgoing(8)
    assert waiting is not None
    assert waiting.body == '{"text": "还在等回答的话"}'
    assert owed is not None
    assert (owed.body, owed.content) == ({"html": "方案在附件里"}, "附件内容".encode())


def test_it_is_deleted_on_time_too(upgraded: Engine) -> None:
    later = datetime.now(UTC) + timedelta(days=3650)
    assert delete_outdated(upgraded, timedelta(days=90), later)["conversations"] == 2
