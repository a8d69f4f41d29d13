"""Back up the data folder while everything runs, and restore it into an empty place."""

import os
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import make_url

from bot.errors import BackupImpossible
from bot.settings import Settings
from bot.store.keys import key_file

DATABASE = "database.sqlite3"
DATA = "data"
REBUILT = ("index",)  # made again from the store and the knowledge base at the first start


def back_up(settings: Settings, archive: Path, *, with_keys: bool) -> None:
    """Write the database as it is at one moment, and the files beside it, into one archive."""
    database = _sqlite_file(settings)
    try:
        handle = os.open(archive, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as fault:
        raise BackupImpossible(f"{archive} cannot be written ({fault.strerror}).") from fault
    with (
        os.fdopen(handle, "wb") as file,
        tarfile.open(fileobj=file, mode="w:gz") as tar,
        tempfile.TemporaryDirectory(dir=archive.resolve().parent) as folder,
    ):
        if database is not None:
            copy = Path(folder) / DATABASE
            _copy(database, copy)
            tar.add(copy, DATABASE)
        for path in _files(settings, database, with_keys):
            tar.add(path, f"{DATA}/{path.relative_to(settings.data_dir)}")


def restore(settings: Settings, archive: Path) -> None:
    """Put a backup where the settings point; what is there already is never overwritten."""
    database = _sqlite_file(settings)
    if database is not None and database.exists():
        raise BackupImpossible(f"{database} is there already; restore into an empty place.")
    try:
        with tarfile.open(archive, "r:gz") as tar:
            for member in tar.getmembers():
                _put(tar, member, settings, database)
    except (OSError, tarfile.TarError) as fault:
        raise BackupImpossible(f"{archive} is no backup that can be read ({fault}).") from fault


def _put(
    tar: tarfile.TarFile, member: tarfile.TarInfo, settings: Settings, database: Path | None
) -> None:
    if member.name == DATABASE:
        if database is None:
            raise BackupImpossible(
                "This backup holds a SQLite file; see BORROWER_AID_DATABASE_URL."
            )
        member.name = database.name
        database.parent.mkdir(parents=True, exist_ok=True)
        tar.extract(member, database.parent, filter="data")
    elif member.name.startswith(f"{DATA}/"):
        member.name = member.name.removeprefix(f"{DATA}/")
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        tar.extract(member, settings.data_dir, filter="data")


def _copy(database: Path, copy: Path) -> None:
    """SQLite's own online copy: writers go on, the copy is of one moment."""
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)


def _files(settings: Settings, database: Path | None, with_keys: bool) -> Iterator[Path]:
    """The files of the data folder that cannot be made again."""
    keys = key_file(settings.key_folder)
    for path in sorted(settings.data_dir.rglob("*")):
        inside = path.relative_to(settings.data_dir)
        of_database = database is not None and path.name.startswith(database.name)
        wanted = with_keys or path != keys
        if path.is_file() and inside.parts[0] not in REBUILT and not of_database and wanted:
            yield path


def _sqlite_file(settings: Settings) -> Path | None:
    """The file of the database; none for a server, which has its own tools."""
    url = make_url(settings.store_url)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None
