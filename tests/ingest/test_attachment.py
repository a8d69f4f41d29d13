"""Files from strangers: read by what they are, refused calmly, never in the bot's own process."""

import io
import zipfile
import zlib
from collections.abc import Callable

import docx
import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from ingest import attachment
from ingest.attachment import LARGEST_FILE, NotRead, Reason, kind_of, read_attachment

SUMMONS = "北京市某某区人民法院\n传  票\n应到时间：2026年12月15日9时"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def as_pdf(text: str, password: str = "") -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    canvas.setFont("STSong-Light", 14)
    for number, line in enumerate(text.split("\n")):
        canvas.drawString(72, 760 - 24 * number, line)
    canvas.save()
    if not password:
        return file.getvalue()
    writer, locked = PdfWriter(clone_from=PdfReader(file)), io.BytesIO()
    writer.encrypt(password)
    writer.write(locked)
    return locked.getvalue()


def as_docx(text: str) -> bytes:
    document, file = docx.Document(), io.BytesIO()
    for line in text.split("\n"):
        document.add_paragraph(line)
    document.save(file)
    return file.getvalue()


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"\0" * 60_000_000)
    return file.getvalue()


def endless_pdf() -> bytes:
    """A page whose packed content unpacks to more than the reading process may hold."""
    layer = zlib.compress(b"0 " * 400_000_000, 9)
    head = f"<</Length {len(layer)}/Filter/FlateDecode>>".encode()
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        head + b"stream\n" + layer + b"\nendstream",
    )
    body, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj" % number + each + b"endobj\n"
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + b"xref\n0 5\n0000000000 65535 f \n" + rows + end


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("传票.pdf", as_pdf),
        ("传票.docx", as_docx),
        ("传票.txt", str.encode),
        ("传票.TXT", lambda text: text.encode("gb18030")),
        ("", as_pdf),
    ],
)
async def test_the_text_of_a_letter_is_read(name: str, made: Callable[[str], bytes]) -> None:
    text = await read_attachment(name, made(SUMMONS))
    assert "人民法院" in text
    assert "2026年12月15日" in text


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"x" * (LARGEST_FILE + 1), Reason.TOO_LARGE),
        ("传票.png", PNG, Reason.PICTURE),
        ("传票.pdf", PNG, Reason.PICTURE),
        ("a.exe", b"MZ\x90\x00\x03", Reason.OTHER_KIND),
        ("传票.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", Reason.OTHER_KIND),
        ("a.zip", b"PK\x03\x04 something", Reason.OTHER_KIND),
        ("empty.txt", b"", Reason.OTHER_KIND),
        ("传票.pdf", b"#!/bin/sh\nrm -rf /\n", Reason.DISGUISED),
        ("run.exe", as_pdf(SUMMONS), Reason.DISGUISED),
        ("传票.pdf.scr", as_pdf(SUMMONS), Reason.DISGUISED),
        ("传票.pdf", as_pdf(SUMMONS, "secret"), Reason.LOCKED),
        ("传票.pdf", as_pdf(""), Reason.SCAN),
        ("传票.docx", as_docx(" "), Reason.SCAN),
        ("传票.pdf", b"%PDF-1.7 and nothing else", Reason.DAMAGED),
        ("传票.docx", as_docx(SUMMONS)[:-400], Reason.DAMAGED),
        ("传票.docx", bomb(), Reason.DAMAGED),
    ],
)
async def test_what_is_not_read_says_why(name: str, content: bytes, reason: Reason) -> None:
    with pytest.raises(NotRead) as refused:
        await read_attachment(name, content)
    assert refused.value.reason is reason


async def test_a_file_that_takes_too_much_memory_ends_its_own_process_alone() -> None:
    content = endless_pdf()
    assert kind_of(content) == ".pdf"
    assert len(content) < LARGEST_FILE
    with pytest.raises(NotRead) as refused:
        await read_attachment("a.pdf", content)
    assert refused.value.reason in (Reason.DAMAGED, Reason.SCAN)


async def test_reading_ends_at_its_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachment, "DEADLINE_SECONDS", 0.01)
    with pytest.raises(NotRead) as refused:
        await read_attachment("传票.pdf", as_pdf(SUMMONS))
    assert refused.value.reason is Reason.DAMAGED
