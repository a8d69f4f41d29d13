"""A real PostgreSQL server of a test's own, from the binaries of the system."""

import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.stands.ports import WAIT_SECONDS, free_port, wait_until_listening

INSTALLED = "/usr/lib/postgresql"
ACCOUNT = "postgres"  # a server refuses to run as root


class PostgresServer:
    """One cluster in a folder of its own; it can be killed and started again on its port."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._account = {"user": ACCOUNT, "group": ACCOUNT} if os.geteuid() == 0 else {}
        self.folder = Path(tempfile.mkdtemp(prefix="aid-postgres-"))
        self.port = free_port()
        if self._account:
            shutil.chown(self.folder, ACCOUNT, ACCOUNT)
        made = ("--auth=trust", f"--username={ACCOUNT}", "--encoding=UTF8", "--no-sync")
        subprocess.run(
            [programs / "initdb", *made, "--locale=C.UTF-8", self.folder / "data"],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=self.folder,
            **self._account,  # type: ignore[call-overload]
        )
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Serve; what a killed server left is recovered."""
        place = ("-D", self.folder / "data", "-k", self.folder, "-p", str(self.port))
        speed = ("-F", "-c", "max_connections=200", "-c", "listen_addresses=127.0.0.1")
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._programs / "postgres", *place, *speed],
                stdout=log,
                stderr=log,
                cwd=self.folder,
                **self._account,  # type: ignore[call-overload]
            )
        self._wait_until_it_answers()

    def kill(self) -> None:
        """End at once, as by a fault: nobody is told, nothing is written."""
        assert self._process is not None
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait(30)

    def remove(self) -> None:
        """End, and leave nothing behind."""
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str = "postgres") -> str:
        """How a database of it is reached."""
        return f"postgresql://{ACCOUNT}@127.0.0.1:{self.port}/{database}"

    @contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """A database for one test, by its address."""
        name = f"test_{secrets.token_hex(6)}"
        yield self.create(name, template)
        self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def create(self, name: str, template: str = "template1") -> str:
        """Make a database; its address."""
        self.run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return self.url(name)

    def _wait_until_it_answers(self) -> None:
        """It listens before it is ready: a crashed one recovers first."""
        wait_until_listening(self.port)
        deadline = time.monotonic() + WAIT_SECONDS
        while True:
            try:
                self.run("SELECT 1")
            except psycopg.OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
            else:
                return

    def run(self, statement: str) -> None:
        """One statement of the server's owner, outside any transaction."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]


def postgres_programs() -> Path | None:
    """The folder of the newest server that is installed."""
    folders = sorted(Path(INSTALLED).glob("*/bin/postgres"), key=lambda each: float(each.parts[4]))
    return folders[-1].parent if folders else None
