"""The schema is brought up to date by named migrations, and bad places are named."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from bot.errors import DatabaseUnavailable, DataFolderUnwritable, KeyMissing
from bot.settings import ROOT
from bot.store.conversations import Conversations
from bot.store.database import downgrade, migrate, open_database, schema_version
from bot.store.keys import Keyring, random_keyring
from bot.store.tables import SCHEMA_VERSION, Table
from tests.store.conftest import Opening
from tests.store.seeds import seed

TABLES = {"conversations", "messages", "answers", "feedback"}
OPEN_AT_ONCE = """
import sys
from pathlib import Path
from bot.store.database import open_database, schema_version
from bot.store.keys import keyring_of
print(schema_version(open_database(sys.argv[1], keyring_of(Path(sys.argv[2])))))
"""


def test_an_empty_place_gets_the_whole_schema(
    empty_url: str, keyring: Keyring, opening: Opening
) -> None:
    engine = opening(empty_url, keyring)
    assert set(inspect(engine).get_table_names()) >= TABLES
    assert schema_version(engine) == SCHEMA_VERSION


def test_models_and_migrations_agree(engine: Engine) -> None:
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Table.metadata)
    assert differences == []


def test_the_schema_goes_down_and_up_again_with_rows_in_every_table(engine: Engine) -> None:
    kept = seed(engine)
    downgrade(engine, "0004")
    migrate(engine)
    assert kept.word in Conversations(engine).history(kept.conversation)[0].text
    downgrade(engine, "base")
    assert TABLES.isdisjoint(inspect(engine).get_table_names())
    migrate(engine)
    seed(engine)


def test_processes_that_start_together_migrate_once(
    empty_url: str, keyring: Keyring, tmp_path: Path
) -> None:
    command = [sys.executable, "-c", OPEN_AT_ONCE, empty_url, str(tmp_path / "keys")]
    started = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    ended = [each.communicate(timeout=120) for each in started]
    assert [(out.decode().strip(), err.decode()) for out, err in ended] == [
        (SCHEMA_VERSION, "")
    ] * len(started)


def test_sqlite_writes_ahead_and_holds_foreign_keys(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/aid.sqlite3")
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
        assert connection.execute(text("PRAGMA secure_delete")).scalar() == 1


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where a folder should be")
    with pytest.raises(DataFolderUnwritable, match="BORROWER_AID_DATA_DIR"):
        open_database(f"sqlite:///{tmp_path}/data/aid.sqlite3")


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    place = tmp_path / "aid.sqlite3"
    place.write_bytes(b"this is no database at all" * 100)
    with pytest.raises(DatabaseUnavailable, match="cannot be used"):
        open_database(f"sqlite:///{place}")


def test_a_password_is_not_repeated_in_the_fault() -> None:
    with pytest.raises(DatabaseUnavailable) as fault:
        open_database("postgresql://someone:secret@127.0.0.1:1/aid", random_keyring())
    assert "secret" not in str(fault.value)


def test_a_server_is_not_opened_without_keys() -> None:
    with pytest.raises(KeyMissing, match="BORROWER_AID_ENCRYPTION_KEYS"):
        open_database("postgresql://127.0.0.1:1/aid")


def test_a_second_start_needs_no_migration(
    url: str, keyring: Keyring, opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening(url, keyring)
    monkeypatch.setattr("bot.store.database.migrate", lambda _engine: pytest.fail("migrated again"))
    assert schema_version(opening(url, keyring)) == SCHEMA_VERSION
