"""docker-compose.yml run without Docker: the same commands and environment, on this machine's ports.

Only what a container network would do is put in its place: each service's own address.
"""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import yaml

from bot.settings import ROOT
from tests.stands.chroma import ChromaServer
from tests.stands.ports import free_port, wait_until_listening
from tests.stands.postgres import PostgresServer

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
OURS = ("web", "telegram", "worker")
_VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")


def interpolated(values: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """Values with their variables filled in as Compose does; KeyError for one that must be set."""

    def fill(match: re.Match[str]) -> str:
        name, kind, rest = match.groups()
        if given.get(name):
            return given[name]
        if kind == "?":
            raise KeyError(f"{name}: {rest}")
        return rest or ""

    return {name: _VARIABLE.sub(fill, value) for name, value in values.items()}


class Service:
    """One of our services as a process."""

    def __init__(self, name: str, environment: Mapping[str, str]) -> None:
        self.name = name
        self.environment = environment
        self.log: list[str] = []
        self._process: subprocess.Popen[str] | None = None

    @property
    def port(self) -> int:
        """Where it can be asked for its health, and the web chat for everything."""
        name = "WEB_PORT" if self.name == "web" else "HEALTH_PORT"
        return int(self.environment[f"BORROWER_AID_{name}"])

    def start(self) -> None:
        """Run the command of the file until it listens."""
        _, *words = COMPOSE["services"][self.name]["command"]
        clean = {key: value for key, value in os.environ.items() if "BORROWER_AID" not in key}
        self._process = subprocess.Popen(
            [sys.executable, *words],
            env={**clean, **self.environment},
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        threading.Thread(target=self._listen, args=[self._process], daemon=True).start()
        wait_until_listening(self.port, seconds=120)

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stderr is not None
        with process.stderr as told:
            self.log.extend(told)

    def ready(self) -> bool:
        """Whether it says that borrowers get answers."""
        try:
            url = f"http://127.0.0.1:{self.port}/readyz"
            return httpx.get(url, timeout=5).status_code == 200
        except httpx.HTTPError:
            return False

    def kill(self) -> None:
        """End it at once."""
        assert self._process is not None
        self._process.kill()
        self._process.wait(30)


class Stack:
    """The services of the file, each where the others find it."""

    def __init__(
        self, postgres: PostgresServer, chroma: ChromaServer, folder: Path, env: Mapping[str, str]
    ) -> None:
        self._addresses = {
            "postgresql://aid:": "postgresql://aid:",
            "@postgres:5432/": f"@127.0.0.1:{postgres.port}/",
            "http://chroma:8000": chroma.url,
            "0.0.0.0": "127.0.0.1",  # noqa: S104 - taken away here
        }
        self._folder = folder
        self._env = {"POSTGRES_PASSWORD": "a-password", **env}

    def service(self, name: str) -> Service:
        """A service with the environment of the file, moved to ports that are free."""
        given = interpolated(COMPOSE["services"][name]["environment"], self._env)
        ours = {key: value for key, value in self._env.items() if key.startswith("BORROWER_AID_")}
        environment = {**ours, **{key: self._here(value) for key, value in given.items()}}
        environment["BORROWER_AID_DATA_DIR"] = str(self._folder)
        for port in ("BORROWER_AID_WEB_PORT", "BORROWER_AID_HEALTH_PORT"):
            if port in environment:
                environment[port] = str(free_port())
        return Service(name, environment)

    def _here(self, value: str) -> str:
        for there, here in self._addresses.items():
            value = value.replace(there, here)
        return value
