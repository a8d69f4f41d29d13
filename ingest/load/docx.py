"""Word files: paragraphs and table cells -> blocks; what is formatted away is named as hidden."""

import io
from collections.abc import Iterator
from typing import Any

from ingest.intake import Block, Code, Concern, Document, Source, Unreadable
from ingest.load.archive import refuse_bomb
from ingest.load.text import title_of

SMALLEST_PT = 2
WHITE = "FFFFFF"


def read_docx(source: Source) -> Document:
    """The text of a Word file by paragraphs; numbers count paragraphs."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    refuse_bomb(source)
    try:
        file = docx.Document(io.BytesIO(source.content))
    except (PackageNotFoundError, KeyError, ValueError, SyntaxError) as fault:
        raise Unreadable("is no Word file that can be opened") from fault
    blocks: list[Block] = []
    concerns: list[Concern] = []
    for number, paragraph in enumerate(_paragraphs(file), 1):
        shown, hidden = _shown_and_hidden(paragraph)
        if shown.strip():
            blocks.append(Block(shown.strip(), number, level=_level(paragraph)))
        if hidden.strip():
            concerns.append(Concern(Code.HIDDEN, number, "text is formatted away", hidden.strip()))
    if not blocks:
        raise Unreadable("holds no text")
    return Document(
        title=title_of(tuple(blocks), source),
        blocks=tuple(blocks),
        concerns=tuple(concerns),
        counts_paragraphs=True,
    )


def _paragraphs(file: Any) -> Iterator[Any]:
    """Paragraphs in the order of the page, those of tables in their place."""
    from docx.table import Table

    for part in file.iter_inner_content():
        if isinstance(part, Table):
            seen = set()
            for cell in (cell for row in part.rows for cell in row.cells):
                if cell._tc not in seen:  # a merged cell is met once for each place it covers
                    seen.add(cell._tc)
                    yield from cell.paragraphs
        else:
            yield part


def _shown_and_hidden(paragraph: Any) -> tuple[str, str]:
    shown: list[str] = []
    hidden: list[str] = []
    for run in paragraph.runs:
        (hidden if _is_hidden(run.font) else shown).append(run.text)
    links = "".join(link.text for link in paragraph.hyperlinks)
    return "".join(shown) + links, "".join(hidden)


def _is_hidden(font: Any) -> bool:
    size, color = font.size, font.color
    white = color is not None and color.rgb is not None and str(color.rgb) == WHITE
    return bool(font.hidden or white or (size is not None and size.pt < SMALLEST_PT))


def _level(paragraph: Any) -> int:
    name = paragraph.style.name or ""
    if name == "Title":
        return 1
    return int(name[-1]) if name.startswith("Heading ") and name[-1].isdigit() else 0
