"""A letter laid out on A4: every line broken and placed, as large as one page allows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.drafting import fonts
from bot.drafting.chart import HEIGHT, WIDTH, Curve
from bot.drafting.letter import Block, Heading, Items, Letter, Paragraph, Picture, Table
from bot.drafting.render.text import enclosure_line

PAGE_WIDTH, PAGE_HEIGHT = 595.28, 841.89
MARGIN = 68.0
COLUMN = PAGE_WIDTH - 2 * MARGIN
LARGEST, SMALLEST, STEP = 12.0, 8.5, 0.25
LEADING = 1.62
TITLE = 1.5  # times the body's size
INDENT = 2  # characters
PICTURE = 0.78  # of the column

_PIECE = re.compile(r"[A-Za-z0-9.,%/:@+#\-]+|＿+|□ [^　]+|.", re.DOTALL)
SPACES = " \u3000"
_NOT_FIRST = frozenset("，。；：、！？）】》”’％…·,.;:!?)")
_NOT_LAST = frozenset("（【《“‘(")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: where its left end stands and its baseline, from the page's lower left."""

    x: float
    y: float
    text: str
    size: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line across a table."""

    x: float
    y: float
    length: float


@dataclass(frozen=True, slots=True)
class Image:
    """A chart, by its lower left corner and its width."""

    x: float
    y: float
    width: float
    height: float
    curves: tuple[Curve, ...]


@dataclass(slots=True)
class Page:
    """What stands on one page."""

    lines: list[Line] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Layout:
    """The pages of a letter and the size its body is set in."""

    size: float
    pages: tuple[Page, ...]


def laid_out(letter: Letter) -> Layout:
    """The largest setting that fits one page; if even the smallest does not, it runs on."""
    size = LARGEST
    while True:
        pages = _Setter(letter, size).pages()
        if len(pages) == 1 or size <= SMALLEST:
            return Layout(size, pages)
        size -= STEP


def broken(text: str, size: float, measure: float, indent: float = 0) -> list[str]:
    """A text in lines of a measure; numbers stay whole, closing marks hang rather than lead.

    >>> broken("每月还1,018.75元。", 10, 65)
    ['每月还', '1,018.75元。']
    """
    lines: list[str] = []
    line = ""
    room = measure - indent
    for piece in _pieces(text, size, measure):
        if line and piece not in _NOT_FIRST and fonts.width(line + piece, size) > room:
            kept, carried = _carry(line)
            lines.append(kept.rstrip(SPACES))
            line, room = carried, measure
        line += piece if line else piece.lstrip(SPACES)
    return [*lines, line] if line or not lines else lines


def widths_of(rows: Sequence[tuple[str, ...]], size: float) -> list[float]:
    """How wide each column after the first must be, with a gap before it."""
    return [
        max(fonts.width(fonts.shown(cell), size) for cell in column) + 1.5 * size
        for column in zip(*(row[1:] for row in rows), strict=True)
    ]


def _pieces(text: str, size: float, measure: float) -> Iterator[str]:
    """Characters and unbroken runs; a run longer than a line is cut into characters."""
    for match in _PIECE.finditer(text):
        if fonts.width(match[0], size) > measure:
            yield from match[0]
        else:
            yield match[0]


def _carry(line: str) -> tuple[str, str]:
    """Opening marks at a line's end go to the next line."""
    cut = len(line)
    while cut > 1 and line[cut - 1] in _NOT_LAST:
        cut -= 1
    return line[:cut], line[cut:]


class _Setter:
    """Sets one letter at one size."""

    def __init__(self, letter: Letter, size: float) -> None:
        self._letter = letter
        self._size = size
        self._pages = [Page()]
        self._y = PAGE_HEIGHT - MARGIN

    def pages(self) -> tuple[Page, ...]:
        letter, size = self._letter, self._size
        self._title(letter.title)
        if letter.addressee:
            self._text(letter.addressee)
        for block in letter.blocks:
            self._block(block)
        for place, line in enumerate(letter.closing):
            self._text(line, left=INDENT * size * (1 - place))
        self._skip(0.4)
        for line in letter.signature:
            self._text(line, left=COLUMN * 0.52)
        if enclosures := enclosure_line(letter):
            self._skip(0.4)
            self._text(enclosures, size=size - 1)
        return tuple(self._pages)

    def _title(self, title: str) -> None:
        size = self._size * TITLE
        for line in broken(fonts.shown(title), size, COLUMN):
            self._place(line, (COLUMN - fonts.width(line, size)) / 2, size)
        self._skip(0.5)

    def _block(self, block: Block) -> None:
        match block:
            case Heading(text):
                self._skip(0.25)
                self._text(text)
            case Paragraph(text):
                self._text(text, first=INDENT * self._size)
            case Items(lines):
                for number, line in enumerate(lines, 1):
                    self._item(f"{number}.", line)
            case Table(rows):
                self._table(rows)
            case Picture(curves):
                self._picture(curves)

    def _item(self, mark: str, text: str) -> None:
        """The mark stands before its text also for readers that go by the order of drawing."""
        left = INDENT * self._size
        first, *others = broken(fonts.shown(text), self._size, COLUMN - left)
        self._place(mark, left * 0.35, self._size)
        self._add(Line(MARGIN + left, self._y, first, self._size))
        for line in others:
            self._place(line, left, self._size)

    def _text(
        self, text: str, *, left: float = 0, first: float = 0, size: float | None = None
    ) -> None:
        size = size or self._size
        for place, line in enumerate(broken(fonts.shown(text), size, COLUMN - left, first)):
            self._place(line, left + (first if place == 0 else 0), size)

    def _table(self, rows: Sequence[tuple[str, ...]]) -> None:
        """The first column from the left, the others as wide as they need, from the right."""
        size = self._size - 1
        widths = widths_of(rows, size)
        self._rule()
        for number, row in enumerate(rows):
            for line in broken(fonts.shown(row[0]), size, COLUMN - sum(widths)):
                self._place(line, 0, size)
            right = MARGIN + COLUMN - sum(widths)
            for cell, wide in zip(row[1:], widths, strict=True):
                right += wide
                text = fonts.shown(cell)
                self._add(Line(right - fonts.width(text, size), self._y, text, size))
            if number in (0, len(rows) - 1):
                self._rule()
        self._skip(0.3)

    def _picture(self, curves: tuple[Curve, ...]) -> None:
        wide = COLUMN * PICTURE
        high = wide * HEIGHT / WIDTH
        if self._y - high < MARGIN * 0.8:
            self._new_page()
        self._y -= high
        image = Image(MARGIN + (COLUMN - wide) / 2, self._y, wide, high, curves)
        self._pages[-1].images.append(image)

    def _rule(self) -> None:
        self._pages[-1].rules.append(Rule(MARGIN, self._y - self._size * 0.38, COLUMN))

    def _skip(self, lines: float) -> None:
        self._y -= self._size * LEADING * lines

    def _place(self, text: str, left: float, size: float) -> None:
        """The next line of the page, or the first of a new one."""
        self._y -= size * LEADING
        if self._y < MARGIN * 0.8:
            self._new_page()
            self._y -= size
        self._add(Line(MARGIN + left, self._y, text, size))

    def _new_page(self) -> None:
        self._pages.append(Page())
        self._y = PAGE_HEIGHT - MARGIN

    def _add(self, line: Line) -> None:
        self._pages[-1].lines.append(line)
