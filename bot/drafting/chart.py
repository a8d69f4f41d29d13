"""What is still owed, month by month, under two or three plans: a picture as PNG or SVG.

Each line is named where it ends; shape and colour both tell the lines apart, so that the picture
holds in black-and-white print and for people who see colours differently.
"""

import base64
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from io import BytesIO
from itertools import pairwise
from math import ceil, hypot
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from bot.debt.money import yuan
from bot.debt.plan import Plan, PlanKind
from bot.debt.schedule import Schedule
from bot.drafting.fonts import FONT_FILE, shown

if TYPE_CHECKING:
    from PIL import ImageDraw, ImageFont

SHAPES = (PlanKind.INTEREST_FREE, PlanKind.AMORTISED, PlanKind.REDUCED_RATE, PlanKind.DEFERRAL)
MOST_LINES = 3
WIDTH, HEIGHT = 960, 560
LEFT, RIGHT, TOP, BOTTOM = 84, 596, 76, 392  # the plot; names stand right of and below it
ROW = 36  # between the names of the lines
INK, FAINT = "#333333", "#D9D9D9"
COLOURS = ("#0072B2", "#D55E00", "#009E73")  # told apart by nearly all kinds of colour vision
DASHES: tuple[tuple[int, ...], ...] = ((), (14, 7), (3, 6))
SHARPNESS = 2  # PNG pixels per unit
FAMILY = "Borrower Aid Chart"


@dataclass(frozen=True, slots=True)
class Curve:
    """One plan's balance at the end of each month, from the debt of today to nothing."""

    name: str
    balances: tuple[float, ...]

    @property
    def months(self) -> int:
        """When it reaches nothing."""
        return len(self.balances) - 1


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    colour: str
    width: float
    dash: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """A text at its anchor: start, middle or end of its baseline."""

    x: float
    y: float
    text: str
    size: int = 16
    anchor: str = "start"
    colour: str = INK


Mark = Stroke | Word


def curves(plans: Sequence[Plan]) -> tuple[Curve, ...]:
    """The plans worth comparing: those that end, the plainest first."""
    ending = {plan.kind: plan for plan in plans if plan.schedule is not None}
    chosen = [ending[kind] for kind in SHAPES if kind in ending][:MOST_LINES]
    return tuple(Curve(_name(plan), _balances(plan.schedule)) for plan in chosen if plan.schedule)


def as_png(lines: Sequence[Curve]) -> bytes:
    """The picture as the bytes of a PNG file."""
    from PIL import Image, ImageDraw

    scale = SHARPNESS * 2  # drawn larger and made smaller again: smooth edges
    image = Image.new("RGB", (WIDTH * scale, HEIGHT * scale), "white")
    pen = ImageDraw.Draw(image)
    for mark in drawn(lines):
        if isinstance(mark, Word):
            _write(pen, mark, scale)
            continue
        for piece in _dashed(mark):
            points = [(x * scale, y * scale) for x, y in piece]
            pen.line(points, mark.colour, round(mark.width * scale), joint="curve")
    small = image.resize((WIDTH * SHARPNESS, HEIGHT * SHARPNESS), Image.Resampling.LANCZOS)
    paper = BytesIO()
    small.save(paper, "PNG", optimize=True)
    return paper.getvalue()


def as_svg(lines: Sequence[Curve]) -> str:
    """The picture as SVG, the few glyphs it needs inside."""
    marks = list(drawn(lines))
    words = [mark for mark in marks if isinstance(mark, Word)]
    said = "；".join(curve.name for curve in lines)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
            f'width="{WIDTH}" height="{HEIGHT}" role="img" aria-label="{escape(said)}">',
            f"<title>{escape(words[0].text)}</title>",
            f"<desc>{escape(said)}</desc>",
            f"<style>@font-face{{font-family:'{FAMILY}';src:url(data:font/woff;base64,"
            f"{_few_glyphs(''.join(word.text for word in words))})}}"
            f"text{{font-family:'{FAMILY}','Noto Sans SC','PingFang SC','Microsoft YaHei',"
            "sans-serif}</style>",
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
            *map(_svg, marks),
            "</svg>",
        ]
    )


def drawn(lines: Sequence[Curve]) -> Iterator[Mark]:
    """Everything in the picture, from the back to the front."""
    longest = max((line.months for line in lines), default=1)
    highest = max((max(line.balances) for line in lines), default=1.0)
    step = _round_step(highest, 5)
    top = step * ceil(highest / step)
    yield Word(LEFT - 56, 34, "每个月还剩多少没还（元）", 20)
    yield from _across(step, top)
    yield from _along(longest)
    in_order = sorted(range(len(lines)), key=lambda place: (lines[place].months, place))
    rows = {place: len(lines) - 1 - row for row, place in enumerate(in_order)}
    for place, line in enumerate(lines):
        points = tuple(
            (_x(month, longest), BOTTOM - (BOTTOM - TOP) * balance / top)
            for month, balance in enumerate(line.balances)
        )
        yield from _named(line, points, COLOURS[place], DASHES[place], rows[place])


def _named(
    line: Curve,
    points: tuple[tuple[float, float], ...],
    colour: str,
    dash: tuple[int, ...],
    row: int,
) -> Iterator[Mark]:
    """A line, and its name below its end; the line that ends first stands lowest.

    So no drop line runs through another's name.
    """
    end = points[-1][0]
    y = BOTTOM + 56 + row * ROW
    yield Stroke(((end, BOTTOM + 30), (end, y)), colour, 1)
    yield Stroke(points, colour, 4, dash)
    yield Stroke(((end, y - 6), (end + 26, y - 6)), colour, 4, dash)
    yield Word(end + 34, y, line.name, 16)


def _across(step: float, top: float) -> Iterator[Mark]:
    """Faint lines at round sums."""
    for number in range(round(top / step) + 1):
        y = BOTTOM - (BOTTOM - TOP) * number * step / top
        yield Stroke(((LEFT, y), (RIGHT, y)), INK if number == 0 else FAINT, 1)
        yield Word(LEFT - 10, y + 5, _sum(number * step), 14, "end")


def _along(longest: int) -> Iterator[Mark]:
    """Months below the plot, in whole steps."""
    step = next(each for each in (1, 2, 3, 6, 12, 24, 60, 120, 240) if longest / each <= 9)
    for month in range(0, longest + 1, step):
        x = _x(month, longest)
        yield Stroke(((x, BOTTOM), (x, BOTTOM + 5)), INK, 1)
        yield Word(x, BOTTOM + 24, f"{month}个月" if month else "现在", 14, "middle")


def _x(month: int, longest: int) -> float:
    return LEFT + (RIGHT - LEFT) * month / max(longest, 1)


def _round_step(highest: float, most: int) -> float:
    """The smallest of 1, 2, 5 times a power of ten that needs few enough lines."""
    power = 1.0
    while True:
        for factor in (1, 2, 5):
            if highest / (factor * power) <= most:
                return factor * power
        power *= 10


def _sum(amount: float) -> str:
    """A round sum as people say it.

    >>> _sum(20000), _sum(2500), _sum(0)
    ('2万', '2,500', '0')
    """
    if amount >= 10_000:
        return f"{amount / 10_000:g}万"
    return f"{amount:,.0f}"


def _name(plan: Plan) -> str:
    schedule = plan.schedule
    assert schedule is not None
    extra = f"，多还 {yuan(schedule.interest)} 元" if schedule.interest else ""
    return shown(f"{_SHORT[plan.kind](plan)}：{schedule.months} 个月{extra}")


_SHORT: dict[PlanKind, Callable[[Plan], str]] = {
    PlanKind.INTEREST_FREE: lambda _: "停息",
    PlanKind.AMORTISED: lambda plan: f"年化 {_per_cent(plan.apr)}",
    PlanKind.REDUCED_RATE: lambda plan: f"年化 {_per_cent(plan.apr)}",
    PlanKind.DEFERRAL: lambda _: "先延期再停息",
}


def _per_cent(rate: Decimal) -> str:
    return f"{float(rate) * 100:g}%"


def _balances(schedule: Schedule) -> tuple[float, ...]:
    return (float(schedule.debt), *(float(each.balance) for each in schedule.instalments))


# ---- PNG ----------------------------------------------------------------------------------------


def _write(pen: "ImageDraw.ImageDraw", word: Word, scale: int) -> None:
    anchor = {"start": "ls", "middle": "ms", "end": "rs"}[word.anchor]
    place = (word.x * scale, word.y * scale)
    pen.text(place, word.text, word.colour, _font(word.size * scale), anchor)


@cache
def _font(size: int) -> "ImageFont.FreeTypeFont":
    from PIL import ImageFont

    return ImageFont.truetype(str(FONT_FILE), size)


def _dashed(stroke: Stroke) -> Iterator[list[tuple[float, float]]]:
    """A stroke as the pieces that are drawn."""
    if not stroke.dash:
        yield list(stroke.points)
        return
    left, drawing = float(stroke.dash[0]), True
    piece = [stroke.points[0]]
    for begin, end in pairwise(stroke.points):
        here = begin
        while (span := hypot(end[0] - here[0], end[1] - here[1])) > left:
            share = left / span
            here = (here[0] + (end[0] - here[0]) * share, here[1] + (end[1] - here[1]) * share)
            if drawing:
                yield [*piece, here]
            drawing = not drawing
            piece = [here]
            left = float(stroke.dash[0 if drawing else 1])
        left -= span
        piece.append(end)
    if drawing and len(piece) > 1:
        yield piece


# ---- SVG ----------------------------------------------------------------------------------------


def _svg(mark: Mark) -> str:
    if isinstance(mark, Word):
        return (
            f'<text x="{mark.x:.1f}" y="{mark.y:.1f}" font-size="{mark.size}" '
            f'text-anchor="{mark.anchor}" fill="{mark.colour}">{escape(mark.text)}</text>'
        )
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in mark.points)
    dash = f' stroke-dasharray="{" ".join(map(str, mark.dash))}"' if mark.dash else ""
    return (
        f'<polyline points="{points}" fill="none" stroke="{mark.colour}" '
        f'stroke-width="{mark.width:g}" stroke-linejoin="round"{dash}/>'
    )


def _few_glyphs(text: str) -> str:
    """The font cut down to a text, as base64 WOFF."""
    from fontTools import subset  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    paper = BytesIO()
    with TTFont(FONT_FILE, lazy=True) as font:
        cutter = subset.Subsetter(subset.Options(hinting=False, layout_features=[]))
        cutter.populate(text=text)
        cutter.subset(font)
        font.flavor = "woff"
        font.save(paper)
    return base64.b64encode(paper.getvalue()).decode()
