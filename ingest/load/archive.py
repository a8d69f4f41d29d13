"""ZIP archives -> the files inside, read with every limit that a bomb would break."""

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from ingest.intake import Source, Unreadable

MOST_FILES = 2000
LARGEST_INSIDE = 50_000_000
LARGEST_TOTAL = 200_000_000
HIGHEST_RATIO = 200  # plain text shrinks to a tenth; a bomb to a thousandth
SMALL = 1_000_000  # below this no ratio is suspicious
ARCHIVES = frozenset({".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".jar"})
ARCHIVE_STARTS = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
ENCRYPTED = 0x1
UTF8_NAME = 0x800


def read_archive(source: Source) -> Iterator[Source]:
    """The files of an archive; the whole archive is refused where one of them is a trap."""
    with _opened(source) as archive:
        members = [each for each in archive.infolist() if not each.is_dir()]
        _refuse_traps(members)
        left = LARGEST_TOTAL
        for member in members:
            name = file_name(member)
            if _is_hidden(name):
                continue
            content = _read(archive, member, min(left, LARGEST_INSIDE))
            left -= len(content)
            inside = Source(f"{source.name}!/{name}", content)
            if content.startswith(ARCHIVE_STARTS) and inside.suffix != ".docx":
                raise Unreadable(f"holds another archive: {name}")
            yield inside


def refuse_bomb(source: Source) -> None:
    """Raise Unreadable where a file that is a ZIP inside, as Word's are, would burst."""
    with _opened(source) as archive:
        _refuse_bombs(archive.infolist())
        for member in archive.infolist():
            _read(archive, member, LARGEST_INSIDE)  # a damaged part is named here, not later


def file_name(member: zipfile.ZipInfo) -> str:
    """The name as it was meant: old Chinese archives write GB18030 without saying so."""
    if member.flag_bits & UTF8_NAME:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return member.filename


def _opened(source: Source) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(source.content))
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as fault:
        raise Unreadable("is no ZIP file that can be opened") from fault


def _refuse_traps(members: list[zipfile.ZipInfo]) -> None:
    _refuse_bombs(members)
    for member in members:
        name = file_name(member)
        if member.flag_bits & ENCRYPTED:
            raise Unreadable("is locked with a password")
        if _leaves_the_archive(name):
            raise Unreadable(f"holds a path that leads outside: {name}")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise Unreadable(f"holds a link: {name}")
        if PurePosixPath(name).suffix.lower() in ARCHIVES:
            raise Unreadable(f"holds another archive: {name}")


def _refuse_bombs(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_FILES:
        raise Unreadable(f"holds more than {MOST_FILES} files")
    if sum(member.file_size for member in members) > LARGEST_TOTAL:
        raise Unreadable(f"unpacks to more than {LARGEST_TOTAL // 1_000_000} MB")
    for member in members:
        packed = max(member.compress_size, 1)
        if member.file_size > SMALL and member.file_size / packed > HIGHEST_RATIO:
            raise Unreadable(f"is packed like a bomb: {file_name(member)}")


def _leaves_the_archive(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in path.parts[0] or "\0" in name


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts)


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int) -> bytes:
    """The bytes of a member; its header may lie about its size, so the reading is limited too."""
    try:
        with archive.open(member) as file:
            content = file.read(limit + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as fault:
        raise Unreadable(f"is damaged: {file_name(member)}") from fault
    if len(content) > limit:
        raise Unreadable(f"unpacks to more than it says: {file_name(member)}")
    return content
