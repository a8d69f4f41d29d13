"""A bot as a process that can be killed and started again."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bot.settings import ROOT
from tests.stands.bot_api import TOKEN, BotApi

SCRIPTED = ("-m", "tests.transports.telegram.scripted_bot")
STOP_SECONDS = 15


class BotProcess:
    """Starts, kills and starts again, always over the same data."""

    def __init__(self, stand: BotApi, data: Path, command: Sequence[str], **more: str) -> None:
        self._command = [sys.executable, *command]
        self._environment = os.environ | {
            "BORROWER_AID_DATA_DIR": str(data),
            "BORROWER_AID_TELEGRAM_TOKEN": TOKEN,
            "BORROWER_AID_TELEGRAM_API": stand.address,
            **{f"BORROWER_AID_{name.upper()}": value for name, value in more.items()},
        }
        self.process = self._start()

    def kill_and_restart(self) -> None:
        """SIGKILL, then a new process."""
        self.process.kill()
        self.process.communicate()
        self.process = self._start()

    def stop(self) -> int:
        """SIGTERM; the exit code."""
        self.process.terminate()
        self.process.communicate(timeout=STOP_SECONDS)
        return self.process.returncode

    def _start(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            self._command, env=self._environment, cwd=ROOT, stderr=subprocess.PIPE
        )


@contextmanager
def bot_process(
    stand: BotApi, data: Path, command: Sequence[str] = SCRIPTED, **more: str
) -> Iterator[BotProcess]:
    """A running process, ended at the end whatever happens."""
    bot = BotProcess(stand, data, command, **more)
    try:
        yield bot
    finally:
        bot.process.kill()
        bot.process.communicate()
