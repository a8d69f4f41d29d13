"""An OpenAI-compatible server with scripted behaviour: llmock in its own process."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.stands.ports import free_port, wait_until_listening


class ModelServer:
    """Drives a running llmock."""

    def __init__(self, port: int) -> None:
        self._root = f"http://127.0.0.1:{port}"
        self.base_url = f"{self._root}/v1"

    def behave(self, *behaviours: dict[str, Any]) -> None:
        """What the next requests meet, in order."""
        httpx.post(f"{self._root}/_llmock/reset").raise_for_status()
        scenario = {"behaviors": list(behaviours)}
        httpx.post(f"{self._root}/_llmock/scenario", json=scenario).raise_for_status()

    def say(self, text: str) -> None:
        """Answer the next request with a text; llmock streams it word by word at the spaces."""
        self.behave({"type": "reply", "text": text})

    def asked(self) -> list[dict[str, Any]]:
        """The requests that came in."""
        found: list[dict[str, Any]] = httpx.get(f"{self._root}/_llmock/requests").json()["requests"]
        return found


@contextmanager
def model_server() -> Iterator[ModelServer]:
    """A running server, stopped at the end."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("llmock")), "serve", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_until_listening(port)
            yield ModelServer(port)
        finally:
            process.terminate()
