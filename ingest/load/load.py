"""First step: the reader that fits a source, by what a person says it is and by its ending."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from ingest.finding import Located
from ingest.intake import Document, Intake, Kind, Source, Unreadable
from ingest.load.docx import read_docx
from ingest.load.guidance import read_entry
from ingest.load.html import read_html
from ingest.load.markdown_law import as_law, is_law, read_markdown_law
from ingest.load.pdf import read_pdf
from ingest.load.text import decode, read_text

Reader = Callable[[Source], Document]

READERS: Mapping[str, Reader] = {
    ".md": read_text,
    ".txt": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".pdf": read_pdf,
    ".docx": read_docx,
}
PAGES = frozenset({".html", ".htm", ".xhtml"})
ENDED = re.compile("废止|失效")
TEXTS = frozenset({".md", ".txt"})


def load(intake: Intake) -> Intake:
    """The intake with its document; raises Unreadable with the reason."""
    source = intake.source
    if source.suffix not in READERS:
        raise Unreadable(f"is of a kind that is not read: {source.suffix or 'no ending'}")
    if intake.kind is Kind.LAW:
        return replace(intake, document=_law(source))
    if intake.kind is Kind.GUIDANCE:
        return replace(intake, document=_guidance(source))
    document = READERS[source.suffix](source)
    if not intake.sure and source.suffix in TEXTS and is_law(decode(source)):
        raise Unreadable("looks like a statute; take it in with --as law")
    return replace(intake, document=document)


def _law(source: Source) -> Document:
    if source.from_web or source.suffix in PAGES:
        raise Unreadable("a web page is no statute's text; give the official file")
    is_text = source.suffix in TEXTS
    document = read_markdown_law(source) if is_text else as_law(READERS[source.suffix](source))
    status = document.facts.get("status", "")
    if ENDED.search(status) and "ended" not in document.facts:
        raise Unreadable(f"is no longer in force: {status}")
    return document


def _guidance(source: Source) -> Document:
    if source.suffix != ".md":
        raise Unreadable("guidance is written as Markdown with front matter")
    text = decode(source)
    entry = read_entry(Path(source.name), text)
    if not isinstance(entry, Located):
        raise Unreadable("; ".join(f"{each.line}: {each.message}" for each in entry), entry[0].line)
    document = read_text(source)
    first = entry.line("short_answer")
    body = tuple(block for block in document.blocks if block.level or block.line >= first)
    return replace(document, title=entry.value.title, blocks=body)
