"""A backup taken while people talk, restored into an empty place, gives the same answers."""

import asyncio
import tarfile
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.answering.reply import Reply, Status
from bot.app import build
from bot.dialogue.message import Message
from bot.errors import BackupImpossible, KeyMissing
from bot.operation.backup import back_up, restore
from bot.settings import Settings
from bot.store.conversations import Conversations
from bot.store.database import open_database
from bot.store.keys import key_file

QUESTION = "收到支付令怎么办"
REPLY = Reply(Status.ANSWERED, "先不开门。")


def settings_of(folder: Path, **more: object) -> Settings:
    return Settings(_env_file=None, data_dir=folder, **more)  # type: ignore[arg-type]


def test_a_restored_place_knows_the_talks_and_answers_the_same(tmp_path: Path) -> None:
    here, there = settings_of(tmp_path / "here"), settings_of(tmp_path / "there")
    first = build(here)
    told = asyncio.run(first.respond(Message("web", "somebody", QUESTION))).reply
    stop = threading.Event()

    def talk_on() -> None:
        talk = first.respond._conversations.open("web", "another")  # type: ignore[attr-defined]
        while not stop.is_set():
            asyncio.run(first.respond._conversations.record(talk, "还在说", REPLY, {}))  # type: ignore[arg-type]

    talking = threading.Thread(target=talk_on)
    talking.start()
    try:
        back_up(here, tmp_path / "backup.tar.gz", with_keys=True)
    finally:
        stop.set()
        talking.join()
    first.engine.dispose()
    restore(there, tmp_path / "backup.tar.gz")
    second = build(there)
    with second.engine.connect() as connection:
        assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    talks = Conversations(second.engine)
    assert [each.text for each in talks.history(talks.open("web", "somebody").id)] == [
        QUESTION,
        told.text,
    ]
    again = asyncio.run(second.respond(Message("web", "a third", QUESTION))).reply
    assert (again.text, again.sources) == (told.text, told.sources)
    second.engine.dispose()


def test_keys_stay_behind_unless_asked_for(tmp_path: Path) -> None:
    here, there = settings_of(tmp_path / "here"), settings_of(tmp_path / "there")
    engine = open_database(here.store_url)
    talks = Conversations(engine)
    asyncio.run(talks.record(talks.open("web", "a"), QUESTION, REPLY, {}))
    (here.data_dir / "index").mkdir()
    (here.data_dir / "index" / "big").write_text("made again")
    (here.data_dir / "sites.yaml").write_text("[]")
    back_up(here, tmp_path / "backup.tar.gz", with_keys=False)
    engine.dispose()
    with tarfile.open(tmp_path / "backup.tar.gz") as tar:
        assert sorted(tar.getnames()) == ["data/sites.yaml", "database.sqlite3"]
    assert (tmp_path / "backup.tar.gz").stat().st_mode & 0o777 == 0o600
    restore(there, tmp_path / "backup.tar.gz")
    with pytest.raises(KeyMissing):
        open_database(there.store_url)
    key_file(there.key_folder).write_text(key_file(here.key_folder).read_text())
    open_database(there.store_url).dispose()


def test_nothing_that_is_there_is_overwritten(tmp_path: Path) -> None:
    here = settings_of(tmp_path / "here")
    open_database(here.store_url).dispose()
    back_up(here, tmp_path / "backup.tar.gz", with_keys=False)
    with pytest.raises(BackupImpossible, match="empty place"):
        restore(here, tmp_path / "backup.tar.gz")
    with pytest.raises(BackupImpossible, match="cannot be written"):
        back_up(here, tmp_path / "backup.tar.gz", with_keys=False)


def test_what_is_no_backup_is_named(tmp_path: Path) -> None:
    (tmp_path / "backup.tar.gz").write_text("nothing of the kind")
    with pytest.raises(BackupImpossible, match="no backup"):
        restore(settings_of(tmp_path / "there"), tmp_path / "backup.tar.gz")
