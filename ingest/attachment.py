"""A file that a person sends in a talk -> its text; it is read in a process of its own.

What is sent by strangers may be made to hurt its reader. So a file is looked at by what it is, not
by what it is called, and read where a limit of time and memory holds whatever it does.
"""

import asyncio
import sys
from contextlib import suppress
from enum import StrEnum
from pathlib import PurePosixPath

LARGEST_FILE = 5_000_000
MOST_CHARACTERS = 20_000  # of its text; a letter has two thousand
DEADLINE_SECONDS = 30.0
READ, LOCKED, SCAN = 0, 3, 4  # how the reading process ends; anything else is damage
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1")


class Reason(StrEnum):
    """Why a file is not read."""

    TOO_LARGE = "too_large"
    PICTURE = "picture"
    OTHER_KIND = "other_kind"
    DISGUISED = "disguised"
    LOCKED = "locked"
    SCAN = "scan"
    DAMAGED = "damaged"


class NotRead(ValueError):
    """A file is not read; ``reason`` is why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


async def read_attachment(name: str, content: bytes) -> str:
    """The text of a PDF, Word or text file; raises NotRead."""
    if len(content) > LARGEST_FILE:
        raise NotRead(Reason.TOO_LARGE)
    kind = kind_of(content)
    if kind is None:
        raise NotRead(Reason.PICTURE if is_picture(content) else Reason.OTHER_KIND)
    named = PurePosixPath(name).suffix.lower()
    if named not in ("", kind):
        raise NotRead(Reason.DISGUISED)
    return await _read_apart(kind, content)


def kind_of(content: bytes) -> str | None:
    """The ending that a file should have by its first bytes, where it can be read.

    >>> kind_of(b"%PDF-1.7"), kind_of("传票".encode()), kind_of(b"MZ\\x90\\x00")
    ('.pdf', '.txt', None)
    """
    if content.startswith(b"%PDF-"):
        return ".pdf"
    if content.startswith(b"PK\x03\x04"):
        return ".docx" if b"word/document.xml" in content else None
    return ".txt" if content and b"\0" not in content and not is_picture(content) else None


def is_picture(content: bytes) -> bool:
    """Whether a file begins as pictures do."""
    return (
        content.startswith(PICTURES)
        or content[4:12] in _HEIC
        or (content.startswith(b"RIFF") and content[8:12] == b"WEBP")
    )


async def _read_apart(kind: str, content: bytes) -> str:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "ingest.read_apart", kind,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={},  # no key and no token is within its reach
    )  # fmt: skip
    try:
        async with asyncio.timeout(DEADLINE_SECONDS):
            text, _ = await process.communicate(content)
    except TimeoutError as fault:
        raise NotRead(Reason.DAMAGED) from fault
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if process.returncode != READ:
        reasons = {LOCKED: Reason.LOCKED, SCAN: Reason.SCAN}
        raise NotRead(reasons.get(process.returncode or 0, Reason.DAMAGED))
    return text.decode()
