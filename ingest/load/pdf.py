"""PDF files: the text layer by pages -> blocks; pages that are only pictures are named."""

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate

from ingest.intake import Block, Code, Concern, Document, Source, Unreadable
from ingest.load.text import title_of

MOST_PAGES = 1000
RUNNING_PAGES = 3  # a line on so many pages, in the same place, is a running head
FEWEST_LETTERS = 5
PAGE_NUMBER = re.compile(r"[-—–\s]*(?:第\s*)?\d+\s*(?:页)?(?:\s*[/／共]\s*\d+\s*页?)?[-—–\s]*")


def read_pdf(source: Source) -> Document:
    """The text layer of a PDF; a page without one is a concern, a file without one is refused."""
    pages = _pages(source)
    starts = tuple(accumulate((len(page) for page in pages[:-1]), initial=1))
    scanned = [n for n, page in enumerate(pages) if _letters(page) < FEWEST_LETTERS]
    if len(scanned) == len(pages):
        raise Unreadable("is a scan without a text layer: no page can be read")
    running = _running(pages)
    blocks = tuple(
        Block(line, start + place, opens=False)
        for start, page in zip(starts, pages, strict=True)
        for place, line in enumerate(page)
        if not _is_frame(line, place, page, running)
    )
    concerns = tuple(
        Concern(Code.UNREADABLE, starts[n], f"page {n + 1} is a picture without text")
        for n in scanned
    )
    return Document(title_of(blocks, source), blocks, concerns=concerns, page_starts=starts)


def _pages(source: Source) -> list[list[str]]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(source.content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("is locked with a password")
        if len(reader.pages) > MOST_PAGES:
            raise Unreadable(f"has more than {MOST_PAGES} pages")
        return [[*_lines(page.extract_text())] for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, RecursionError) as fault:
        if isinstance(fault, Unreadable):
            raise
        raise Unreadable("is no PDF that can be opened") from fault


def _lines(text: str) -> Iterator[str]:
    return filter(None, (line.strip() for line in text.splitlines()))


def _running(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """First and last lines that stand on several pages, whatever their page number."""
    ends = Counter(_shape(line) for page in pages for line in {*page[:1], *page[-1:]})
    return frozenset(shape for shape, count in ends.items() if count >= RUNNING_PAGES)


def _is_frame(line: str, place: int, page: Sequence[str], running: frozenset[str]) -> bool:
    """Whether a line is a page's head, foot or number."""
    at_the_edge = place in (0, len(page) - 1)
    return at_the_edge and bool(_shape(line) in running or PAGE_NUMBER.fullmatch(line))


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", line)


def _letters(page: Sequence[str]) -> int:
    return sum(char.isalnum() for line in page for char in line)
