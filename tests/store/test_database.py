"""The schema is brought up to date by named migrations, and bad places are named."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text

from bot.errors import DatabaseUnavailable, DataFolderUnwritable
from bot.store.database import downgrade, migrate, open_database, schema_version
from bot.store.keys import random_keyring
from bot.store.tables import SCHEMA_VERSION, Table

TABLES = {"conversations", "messages", "answers", "feedback"}


def test_an_empty_place_gets_the_whole_schema(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/new/folder/aid.sqlite3")
    assert set(inspect(engine).get_table_names()) >= TABLES
    assert schema_version(engine) == SCHEMA_VERSION


def test_models_and_migrations_agree(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/aid.sqlite3")
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Table.metadata)
    assert differences == []


def test_the_schema_goes_down_and_up_again(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/aid.sqlite3")
    downgrade(engine, "base")
    assert TABLES.isdisjoint(inspect(engine).get_table_names())
    migrate(engine)
    assert set(inspect(engine).get_table_names()) >= TABLES


def test_sqlite_writes_ahead_and_holds_foreign_keys(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/aid.sqlite3")
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1


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
        open_database(
            "postgresql+psycopg://someone:secret@127.0.0.1:1/aid?connect_timeout=1",
            random_keyring(),
        )
    assert "secret" not in str(fault.value)


def test_a_second_start_needs_no_migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path}/aid.sqlite3"
    open_database(url).dispose()
    before = create_engine(url)
    monkeypatch.setattr("bot.store.database.migrate", lambda _engine: pytest.fail("migrated again"))
    open_database(url)
    assert schema_version(before) == SCHEMA_VERSION
