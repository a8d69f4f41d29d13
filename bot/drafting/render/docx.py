"""Letters as a Word file whose Chinese is set in a Chinese font on every machine."""

from collections.abc import Sequence
from datetime import datetime, time
from io import BytesIO
from typing import Any

from bot.drafting.chart import Curve, as_png
from bot.drafting.letter import Block, Heading, Items, Letter, Paragraph, Picture, Table
from bot.drafting.render.layout import (
    COLUMN,
    INDENT,
    LEADING,
    MARGIN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    PICTURE,
    TITLE,
    laid_out,
    widths_of,
)
from bot.drafting.render.text import enclosure_line

CELL_PADDING = 11  # points: Word's own, left and right
LATIN, SONG, HEI = "Times New Roman", "宋体", "黑体"


def as_docx(letters: Sequence[Letter]) -> bytes:
    """The letters as the bytes of a DOCX file, each as large as its page in PDF."""
    from docx import Document

    document = Document()
    _prepare(document, letters[0])
    for place, letter in enumerate(letters):
        if place:
            document.add_page_break()  # type: ignore[no-untyped-call]
        _Writer(document, letter).write()
    paper = BytesIO()
    document.save(paper)
    return paper.getvalue()


def _prepare(document: Any, letter: Letter) -> None:
    """Paper, margins, fonts and properties."""
    from docx.shared import Pt

    section = document.sections[0]
    section.page_width, section.page_height = Pt(PAGE_WIDTH), Pt(PAGE_HEIGHT)
    section.left_margin = section.right_margin = Pt(MARGIN)
    section.top_margin = section.bottom_margin = Pt(MARGIN * 0.8)
    _set_fonts(document.styles["Normal"], SONG)
    known = document.core_properties
    known.title, known.author, known.comments = letter.title, "", ""
    known.created = known.modified = datetime.combine(letter.day, time())
    known.language = "zh-CN"


class _Writer:
    """Writes one letter into a Word document."""

    def __init__(self, document: Any, letter: Letter) -> None:
        self._document = document
        self._letter = letter
        self._size = laid_out(letter).size

    def write(self) -> None:
        letter = self._letter
        self._line(letter.title, size=self._size * TITLE, centred=True, font=HEI)
        if letter.addressee:
            self._line(letter.addressee)
        for block in letter.blocks:
            self._block(block)
        for place, line in enumerate(letter.closing):
            self._line(line, left=INDENT * self._size * (1 - place))
        for line in letter.signature:
            self._line(line, left=COLUMN * 0.52)
        if enclosures := enclosure_line(letter):
            self._line(enclosures, size=self._size - 1)

    def _block(self, block: Block) -> None:
        match block:
            case Heading(text):
                self._line(text, font=HEI)
            case Paragraph(text):
                self._line(text, first=INDENT * self._size)
            case Items(lines):
                for number, line in enumerate(lines, 1):
                    indent = INDENT * self._size
                    self._line(f"{number}. {line}", left=indent, first=-indent * 0.65)
            case Table(rows):
                self._table(rows)
            case Picture(curves):
                self._picture(curves)

    def _line(
        self,
        text: str,
        *,
        left: float = 0,
        first: float = 0,
        size: float | None = None,
        centred: bool = False,
        font: str = SONG,
    ) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        paragraph = self._document.add_paragraph()
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._spaced(paragraph, size or self._size, left, first)
        self._run(paragraph, text, size or self._size, font)

    def _table(self, rows: tuple[tuple[str, ...], ...]) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        table = self._document.add_table(len(rows), len(rows[0]), style="Table Grid")
        table.autofit = False
        others = [wide + CELL_PADDING for wide in widths_of(rows, self._size - 1)]
        widths = [COLUMN - sum(others), *others]
        for column, wide in zip(table.columns, widths, strict=True):
            column.width = Pt(wide)
        for row, cells in zip(rows, table.rows, strict=True):
            for column, (text, cell) in enumerate(zip(row, cells.cells, strict=True)):
                cell.width = Pt(widths[column])
                paragraph = cell.paragraphs[0]
                if column:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                self._spaced(paragraph, self._size - 1, 0, 0)
                self._run(paragraph, text, self._size - 1, SONG)

    def _picture(self, curves: tuple[Curve, ...]) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        self._document.add_picture(BytesIO(as_png(curves)), Pt(COLUMN * PICTURE))
        paragraph = self._document.paragraphs[-1]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before = Pt(self._size / 2)
        paragraph.paragraph_format.space_after = Pt(0)

    def _spaced(self, paragraph: Any, size: float, left: float, first: float) -> None:
        from docx.shared import Pt

        form = paragraph.paragraph_format
        form.space_before = form.space_after = Pt(0)
        form.line_spacing = Pt(round(size * LEADING, 1))  # exact: Word's own would be taller
        form.left_indent, form.first_line_indent = Pt(left), Pt(first)

    def _run(self, paragraph: Any, text: str, size: float, font: str) -> None:
        from docx.shared import Pt

        run = paragraph.add_run(text)
        run.font.size = Pt(size)
        _set_fonts(run, font)


def _set_fonts(styled: Any, chinese: str) -> None:
    """Latin and Chinese fonts; without the second, Word may pick a Japanese one."""
    from docx.oxml.ns import qn

    styled.font.name = LATIN
    fonts = styled.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), chinese)
    fonts.set(qn("w:hint"), "eastAsia")
