import io

import docx
import pytest
from docx.shared import Pt, RGBColor

from ingest.intake import Code, Source, Unreadable
from ingest.load.archive import SMALL
from ingest.load.docx import read_docx
from tests.ingest.pages import zipped


def saved(file: object) -> Source:
    buffer = io.BytesIO()
    file.save(buffer)  # type: ignore[attr-defined]
    return Source("a.docx", buffer.getvalue())


def test_reads_headings_paragraphs_and_tables_in_order() -> None:
    file = docx.Document()
    file.add_heading("逾期怎么办", 0)
    file.add_heading("先做什么", 1)
    file.add_paragraph("先打客服。")
    table = file.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "电话"
    table.cell(0, 1).text = "12378"
    file.add_paragraph("再写信。")
    found = read_docx(saved(file))
    assert [block.text for block in found.blocks] == [
        "逾期怎么办",
        "先做什么",
        "先打客服。",
        "电话",
        "12378",
        "再写信。",
    ]
    assert [block.level for block in found.blocks][:3] == [1, 1, 0]
    assert found.title == "逾期怎么办"
    assert found.place(3) == "paragraph 3"


def test_reads_a_merged_cell_once() -> None:
    file = docx.Document()
    table = file.add_table(rows=1, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "一格"
    assert [block.text for block in read_docx(saved(file)).blocks] == ["一格"]


@pytest.mark.parametrize("way", ["hidden", "white", "tiny"])
def test_names_text_that_is_formatted_away(way: str) -> None:
    file = docx.Document()
    paragraph = file.add_paragraph("看得见。")
    run = paragraph.add_run("看不见的广告")
    if way == "hidden":
        run.font.hidden = True
    elif way == "white":
        run.font.color.rgb = RGBColor(255, 255, 255)
    else:
        run.font.size = Pt(1)
    found = read_docx(saved(file))
    assert found.text == "看得见。"
    assert [(each.code, each.quote) for each in found.concerns] == [(Code.HIDDEN, "看不见的广告")]


@pytest.mark.parametrize("content", [b"", b"text", zipped({"a.txt": "x"})])
def test_refuses_what_is_no_word_file(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read_docx(Source("a.docx", content))


def test_refuses_a_bomb_before_opening_it() -> None:
    with pytest.raises(Unreadable, match="bomb"):
        read_docx(Source("a.docx", zipped({"word/document.xml": b" " * (SMALL * 3)})))


def test_refuses_a_file_without_text() -> None:
    with pytest.raises(Unreadable, match="no text"):
        read_docx(saved(docx.Document()))
