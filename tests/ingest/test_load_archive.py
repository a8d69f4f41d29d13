import io
import stat
import zipfile

import pytest

from ingest.intake import Source, Unreadable
from ingest.load.archive import HIGHEST_RATIO, MOST_FILES, SMALL, read_archive, refuse_bomb
from tests.ingest.pages import zipped


def read(content: bytes) -> dict[str, bytes]:
    return {each.name: each.content for each in read_archive(Source("a.zip", content))}


def test_gives_the_files_with_their_place_in_the_archive() -> None:
    assert read(zipped({"文件/甲.txt": "一", "b.md": "二"})) == {
        "a.zip!/文件/甲.txt": "一".encode(),
        "a.zip!/b.md": "二".encode(),
    }


def test_reads_names_that_old_chinese_archives_write() -> None:
    content = zipped({"ABCD.txt": "一"}).replace(b"ABCD", "催收".encode("gb18030"))
    assert list(read(content)) == ["a.zip!/催收.txt"]


def test_leaves_out_what_is_hidden() -> None:
    assert list(read(zipped({".x.txt": "a", "__MACOSX/b.txt": "b", "c.txt": "c"}))) == [
        "a.zip!/c.txt"
    ]


@pytest.mark.parametrize(
    "name", ["../a.txt", "/etc/a.txt", "x/../../a.txt", "..\\a.txt", "C:\\a.txt"]
)
def test_refuses_paths_that_lead_outside(name: str) -> None:
    with pytest.raises(Unreadable, match="leads outside"):
        read(zipped({name: "x"}))


@pytest.mark.parametrize("name", ["b.zip", "deep/b.tar.gz", "b.7z", "b.RAR"])
def test_refuses_archives_in_archives(name: str) -> None:
    with pytest.raises(Unreadable, match="another archive"):
        read(zipped({name: "x"}))


def test_refuses_an_archive_under_another_name() -> None:
    with pytest.raises(Unreadable, match="another archive"):
        read(zipped({"b.txt": zipped({"c.txt": "x"})}))


def test_a_word_file_inside_is_no_archive() -> None:
    assert list(read(zipped({"b.docx": zipped({"c.xml": "x"})}))) == ["a.zip!/b.docx"]


def test_refuses_what_is_packed_like_a_bomb() -> None:
    bomb = zipped({"b.txt": b"0" * (SMALL * 3)})
    assert SMALL * 3 / len(bomb) > HIGHEST_RATIO
    with pytest.raises(Unreadable, match="bomb"):
        read(bomb)
    with pytest.raises(Unreadable, match="bomb"):
        refuse_bomb(Source("a.docx", bomb))


def test_does_not_believe_a_size_that_the_header_invents() -> None:
    content = zipped({"b.txt": b"0" * 5000})
    lying = content.replace((5000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != content
    with pytest.raises(Unreadable):
        read(lying)


def test_refuses_too_many_files() -> None:
    with pytest.raises(Unreadable, match="more than"):
        read(zipped({f"{n}.txt": "" for n in range(MOST_FILES + 1)}))


def test_refuses_links() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        link = zipfile.ZipInfo("passwords.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(Unreadable, match="link"):
        read(buffer.getvalue())


def test_refuses_what_is_locked() -> None:
    content = bytearray(zipped({"b.txt": "x"}))
    for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(header) + flags] |= 1
    with pytest.raises(Unreadable, match="password"):
        read(bytes(content))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no archive"])
def test_refuses_what_is_no_archive(content: bytes) -> None:
    with pytest.raises(Unreadable, match="no ZIP"):
        read(content)


def test_names_a_damaged_file() -> None:
    content = bytearray(zipped({"b.txt": "还款计划" * 50}))
    place = content.index(b"b.txt") + 10
    content[place : place + 8] = bytes(8)
    with pytest.raises(Unreadable):
        read(bytes(content))
