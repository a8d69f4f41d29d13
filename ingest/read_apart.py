"""Read one file from standard input and write its text, under limits that nothing in it can lift.

python -m ingest.read_apart .pdf < letter.pdf
"""

import resource
import sys

from ingest.attachment import LOCKED, MOST_CHARACTERS, SCAN
from ingest.intake import Source, Unreadable
from ingest.load.load import READERS

MOST_MEMORY = 1_000_000_000
MOST_SECONDS = 20  # of the processor
DAMAGED = 1


def main() -> None:
    """Write the text; the exit status says why there is none."""
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes no file
    kind, content = sys.argv[1], sys.stdin.buffer.read()
    try:
        text = READERS[kind](Source(f"letter{kind}", content)).text
    except Unreadable as fault:
        sys.exit(ending_of(fault))
    except Exception:  # noqa: BLE001 - a reader of others breaks in many ways
        sys.exit(DAMAGED)
    sys.stdout.buffer.write(text[:MOST_CHARACTERS].encode("utf-8", "replace"))


def ending_of(fault: Unreadable) -> int:
    """The exit status for a reader's reason."""
    if "password" in fault.reason:
        return LOCKED
    return SCAN if "scan" in fault.reason or "holds no text" in fault.reason else DAMAGED


if __name__ == "__main__":
    main()
