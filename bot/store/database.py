"""Open the database and bring its schema up to date."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, create_engine, event, inspect, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import DatabaseUnavailable, DataFolderUnwritable, KeyMissing
from bot.store.encryption import use_keys
from bot.store.keys import Keyring, key_file, keyring_of, random_keyring
from bot.store.patience import wait_for_server
from bot.store.tables import SCHEMA_VERSION, MessageRow

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
MIGRATION_LOCK = 7_241_603  # any number, the same in every process
MIGRATION_WAIT_MS = 120_000
POSTGRES_DRIVER = "postgresql+psycopg"
CONNECTIONS = 8  # kept; as many again where all are busy
CONNECT_SECONDS = 3


def open_database(url: str, keyring: Keyring | None = None) -> Engine:
    """An engine whose schema is the newest; raises a fault that names what to do.

    Without a keyring the key file beside a SQLite file is used.
    """
    make_folder(url)
    engine = _engine(url)
    use_keys(engine, keyring or _keys_beside(engine))
    try:
        if schema_version(engine) != SCHEMA_VERSION:
            migrate(engine)
        _open_one_value(engine)
    except KeyMissing:
        engine.dispose()
        raise
    except SQLAlchemyError as fault:
        engine.dispose()
        reason = str(getattr(fault, "orig", None) or fault).splitlines()[0]
        raise DatabaseUnavailable(
            f"The database {engine.url.render_as_string(hide_password=True)} cannot be used: "
            f"{reason}. Check BORROWER_AID_DATABASE_URL and the data folder's permissions."
        ) from fault
    if engine.dialect.name != "sqlite":
        wait_for_server(engine)
    return engine


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(parsed, hide_parameters=True)  # a fault quotes nobody
        event.listen(engine, "connect", _prepare_sqlite)
        return engine
    if parsed.get_backend_name() == "postgresql":
        parsed = parsed.set(drivername=POSTGRES_DRIVER)
    return create_engine(
        parsed,
        hide_parameters=True,
        pool_size=CONNECTIONS,
        max_overflow=CONNECTIONS,
        pool_pre_ping=True,  # a connection from before the server's restart is replaced, not handed out
        connect_args={"connect_timeout": CONNECT_SECONDS} | parsed.query,
    )


def _keys_beside(engine: Engine) -> Keyring:
    if engine.dialect.name != "sqlite":
        raise KeyMissing("A database server needs keys: set BORROWER_AID_ENCRYPTION_KEYS.")
    file = engine.url.database
    return keyring_of(key_file(Path(file).parent)) if file else random_keyring()


def _open_one_value(engine: Engine) -> None:
    """Find out at the start, not at a borrower's question, whether these are the right keys."""
    with engine.connect() as connection:
        connection.execute(select(MessageRow.text).limit(1)).scalar()


def make_folder(url: str) -> None:
    """Make the folder of a SQLite file; its path must be writable."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        return
    folder = Path(parsed.database).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise DataFolderUnwritable(
            f"The data folder {folder} cannot be made ({fault.strerror}). "
            "Set BORROWER_AID_DATA_DIR to a folder this user may write."
        ) from fault


def schema_version(engine: Engine) -> str | None:
    """The migration the database stands at; none for an empty database."""
    if not inspect(engine).has_table("alembic_version"):
        return None
    with engine.connect() as connection:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def migrate(engine: Engine, target: str = "head") -> None:
    """Bring the schema up to a migration."""
    from alembic import command  # a second start needs no migration and no Alembic

    with _alone(engine) as connection:
        command.upgrade(_alembic(connection), target)


def downgrade(engine: Engine, target: str) -> None:
    """Take the schema back to a migration."""
    from alembic import command

    with _alone(engine) as connection:
        command.downgrade(_alembic(connection), target)


def leave_no_trace(engine: Engine) -> None:
    """After a deletion: SQLite overwrites what was deleted, but its log keeps pages as they were."""
    if engine.dialect.name == "sqlite":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """A transaction that no other process migrates beside.

    SQLite rebuilds a table to change it: with foreign keys held, that would delete what hangs on it.
    """
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        if sqlite:
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql(f"PRAGMA busy_timeout={MIGRATION_WAIT_MS}")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")
        yield connection
        connection.commit()
        if sqlite:  # nothing that was changed stays readable in free pages
            connection.exec_driver_sql("VACUUM")
        connection.invalidate()  # the next one from the pool holds foreign keys again
    leave_no_trace(engine)


def _alembic(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _prepare_sqlite(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA busy_timeout=5000")  # first: the next line may have to wait
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()
