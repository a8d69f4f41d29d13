import io
from collections.abc import Sequence

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from ingest.intake import Code, Kind, Source, Unreadable
from ingest.load.pdf import read_pdf
from tests.ingest.pages import taken


def pdf(*pages: Sequence[str], password: str | None = None) -> Source:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for page in pages:
        canvas.setFont("STSong-Light", 12)
        for number, line in enumerate(page):
            canvas.drawString(72, 780 - 20 * number, line)
        canvas.showPage()
    canvas.save()
    content = buffer.getvalue()
    return Source("a.pdf", locked(content, password) if password else content)


def locked(content: bytes, password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.encrypt(password, algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_reads_the_text_layer_and_names_page_and_line() -> None:
    found = read_pdf(pdf(["逾期以后先打客服。", "再写信。"], ["保存录音和短信。"]))
    assert [block.text for block in found.blocks] == [
        "逾期以后先打客服。",
        "再写信。",
        "保存录音和短信。",
    ]
    assert found.place(found.blocks[1].line) == "page 1, line 2"
    assert found.place(found.blocks[2].line) == "page 2, line 1"


def test_names_the_pages_that_are_pictures() -> None:
    found = read_pdf(pdf(["逾期以后先打客服。"], [], ["保存录音和短信。"]))
    assert [(each.code, each.reason) for each in found.concerns] == [
        (Code.UNREADABLE, "page 2 is a picture without text")
    ]


def test_refuses_a_scan() -> None:
    with pytest.raises(Unreadable, match="scan"):
        read_pdf(pdf([], []))


def test_leaves_out_running_heads_and_page_numbers() -> None:
    pages = [["某协会资料汇编", f"第{n}页的正文写在这里。", f"- {n} -"] for n in range(1, 5)]
    found = read_pdf(pdf(*pages))
    assert [block.text for block in found.blocks] == [
        f"第{n}页的正文写在这里。" for n in range(1, 5)
    ]


def test_joins_lines_that_the_edge_of_the_page_broke() -> None:
    lines = [
        "还不上的时候先把每一笔欠款写下来，本金和利",
        "息分开写，到期日也写上，然后从利率最高的一",
        "笔开始谈。",
    ]
    found = taken(pdf(lines).content, "a.pdf")
    assert found.read.text == "".join(lines)


def test_refuses_what_is_locked() -> None:
    with pytest.raises(Unreadable, match="password"):
        read_pdf(pdf(["逾期以后先打客服。"], password="secret"))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"no file"])
def test_refuses_what_is_no_pdf(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read_pdf(Source("a.pdf", content))


def test_a_statute_as_pdf_is_split_by_its_articles() -> None:
    source = pdf(["借条管理办法", "第一条 为了规范借条，制定本办法。", "第二条 借条应当写明金额。"])
    found = taken(source.content, "a.pdf", Kind.LAW)
    assert [piece.article for piece in found.pieces] == ["1", "2"]
