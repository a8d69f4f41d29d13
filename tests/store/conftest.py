"""Every test of the store runs on both databases, each on a server that is real."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from bot.store.database import open_database
from bot.store.keys import Keyring, keyring_of
from tests.stands.postgres import PostgresServer

TEMPLATE = "with_schema"
KINDS = ("sqlite", "postgresql")


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    """The keys of one test."""
    return keyring_of(tmp_path / "keys")


@pytest.fixture(scope="session")
def template(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with its schema, to be copied: a copy takes a tenth of the migrations' time."""
    keys = keyring_of(tmp_path_factory.mktemp("template") / "keys")
    open_database(postgres.create(TEMPLATE), keys).dispose()
    return TEMPLATE


@pytest.fixture(params=KINDS)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without a table, on each kind of server."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/aid.sqlite3"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.database() as url:
        yield url


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with its schema, on each kind of server."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/aid.sqlite3"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.database(request.getfixturevalue("template")) as url:
        yield url


class Files:
    """All that lies on the disk for one test's database: its files, its log, its free pages."""

    def __init__(self, folder: Path, engine: Engine) -> None:
        self._folder = folder
        self._engine = engine

    def with_word(self, word: str) -> list[str]:
        """The files that hold a word, in plain or as JSON escapes."""
        if self._engine.dialect.name == "postgresql":
            with self._engine.connect() as connection:
                connection.execute(text("CHECKPOINT"))
        needles = (word.encode(), json.dumps(word).strip('"').encode())
        return [
            str(path.relative_to(self._folder))
            for path in self._folder.rglob("*")
            if path.is_file() and any(each in path.read_bytes() for each in needles)
        ]


@pytest.fixture
def files(request: pytest.FixtureRequest, engine: Engine, tmp_path: Path) -> Files:
    """What an intruder with the disk in his hands could read."""
    on_server = engine.dialect.name == "postgresql"
    server = request.getfixturevalue("postgres") if on_server else None
    return Files(server.folder if server else tmp_path, engine)


Opening = Callable[[str, Keyring], Engine]


@pytest.fixture
def opening() -> Iterator[Opening]:
    """Opens databases that are closed when the test ends."""
    opened: list[Engine] = []

    def opens(url: str, keyring: Keyring) -> Engine:
        opened.append(open_database(url, keyring))
        return opened[-1]

    yield opens
    for each in opened:
        each.dispose()


@pytest.fixture
def engine(url: str, keyring: Keyring, opening: Opening) -> Engine:
    """An open database, on each kind of server."""
    return opening(url, keyring)
