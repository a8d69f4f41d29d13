"""A real Chroma server of a test's own."""

import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.stands.ports import free_port, wait_until_listening

COMMAND = ("run", "--host", "0.0.0.0", "--port", "8000", "--path", "/data")  # noqa: S104 - moved here


class ChromaServer:
    """One server over a folder; it can be killed, hung, and started again on its port."""

    def __init__(self, folder: Path, command: Sequence[str] = COMMAND) -> None:
        self.port = free_port()
        program = str(Path(sys.executable).parent / "chroma")
        here = {"0.0.0.0": "127.0.0.1", "8000": str(self.port), "/data": str(folder)}  # noqa: S104
        self._command = [program, *(here.get(word, word) for word in command)]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Serve."""
        self._process = subprocess.Popen(
            self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_until_listening(self.port)

    def kill(self) -> None:
        """End at once."""
        assert self._process is not None
        self._process.kill()
        self._process.wait(30)

    def hang(self) -> None:
        """Take requests and never answer them."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
