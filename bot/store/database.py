"""Open the database and bring its schema up to date."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import DatabaseUnavailable, DataFolderUnwritable
from bot.store.tables import SCHEMA_VERSION

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"


def open_database(url: str) -> Engine:
    """An engine whose schema is the newest; raises a fault that names what to do."""
    make_folder(url)
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    try:
        if schema_version(engine) != SCHEMA_VERSION:
            migrate(engine)
    except SQLAlchemyError as fault:
        reason = str(getattr(fault, "orig", None) or fault).splitlines()[0]
        raise DatabaseUnavailable(
            f"The database {engine.url.render_as_string(hide_password=True)} cannot be used: "
            f"{reason}. Check BORROWER_AID_DATABASE_URL and the data folder's permissions."
        ) from fault
    return engine


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

    with engine.begin() as connection:
        command.upgrade(_alembic(connection), target)


def downgrade(engine: Engine, target: str) -> None:
    """Take the schema back to a migration."""
    from alembic import command

    with engine.begin() as connection:
        command.downgrade(_alembic(connection), target)


def _alembic(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _prepare_sqlite(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA busy_timeout=5000")
    cursor.close()
