import codecs

import pytest

from ingest.intake import Source, Unreadable
from ingest.load.text import read_text

TEXT = "逾期怎么办\n\n先和平台沟通，再写还款计划。"


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("gb18030"),
        TEXT.encode("gbk"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
    ],
    ids=["utf-8", "with mark", "gb18030", "gbk", "utf-16", "big", "le, no mark", "be, no mark"],
)
def test_reads_the_encodings_that_people_save_in(content: bytes) -> None:
    assert read_text(Source("a.txt", content)).text == TEXT.replace("\n\n", "\n")


@pytest.mark.parametrize(
    "content",
    ["催收電話每天打來，請問應該怎麼辦？".encode("big5"), bytes(range(128, 256)) * 4],
    ids=["big5", "no text at all"],
)
def test_refuses_to_guess_another_encoding(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read_text(Source("a.txt", content))


def test_trusts_the_encoding_that_the_server_names() -> None:
    source = Source("a.txt", "催收電話每天打來".encode("big5"), charset="big5")
    assert read_text(source).text == "催收電話每天打來"


def test_an_encoding_that_does_not_exist_is_not_believed() -> None:
    assert read_text(Source("a.txt", TEXT.encode(), charset="utf-99")).blocks


def test_keeps_the_lines_on_which_things_stand() -> None:
    found = read_text(Source("a.md", "# 题\n\n第一段。\n第二段。\n\n## 小题\n\n第三段。".encode()))
    assert [(block.line, block.level) for block in found.blocks] == [
        (1, 1),
        (3, 0),
        (4, 0),
        (6, 2),
        (8, 0),
    ]
    assert found.title == "题"


@pytest.mark.parametrize("content", [b"", b" \n\n\t\n"])
def test_refuses_a_file_without_text(content: bytes) -> None:
    with pytest.raises(Unreadable, match="no text"):
        read_text(Source("a.txt", content))


def test_a_long_first_line_is_no_title() -> None:
    assert read_text(Source("dir/a.txt", ("很长" * 30).encode())).title == "a.txt"
