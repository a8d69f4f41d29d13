import subprocess
import sys
from pathlib import Path

from tests.ingest.tiny_base import ENTRY, TOMORROW, TinyBase


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ingest.check", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_says_nothing_about_a_faultless_base(base: TinyBase) -> None:
    done = run(base.folder, "--law-texts", base.law_texts)
    assert (done.returncode, done.stdout) == (0, "")


def test_prints_file_line_code_and_message(base: TinyBase) -> None:
    line = base.plant(ENTRY, "对方硬闯，打 110", "对方硬闯，打 12387")
    done = run(base.folder)
    assert done.returncode == 1
    assert done.stdout == f"{base.folder / ENTRY}:{line} unknown-contact 12387 is in no registry\n"


def test_reports_on_chosen_files_only(base: TinyBase) -> None:
    base.plant(ENTRY, "对方硬闯，打 110", "对方硬闯，打 12387")
    assert run(base.folder, "--only", base.folder / TOMORROW).returncode == 0
    assert run(base.folder, "--only", base.folder / "guidance").returncode == 1
