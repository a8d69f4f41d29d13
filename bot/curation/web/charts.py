"""Charts as the numbers an SVG needs; each line is named where it ends, so there is no legend."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BOTTOM = 44, 96, 14, 28
ROW, NAME = 30, 190
MOST_ROWS = 30


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a chart with its name and where the name stands."""

    name: str
    points: str
    last: tuple[float, float]
    value: str


@dataclass(frozen=True, slots=True)
class LineChart:
    """Lines over days."""

    lines: tuple[Line, ...]
    grid: tuple[tuple[float, str], ...]
    first: str
    until: str
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True, slots=True)
class Bar:
    """One named bar."""

    name: str
    y: float
    length: float
    value: int


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars under each other, the longest first."""

    bars: tuple[Bar, ...]
    height: int
    width: int = WIDTH
    start: int = NAME


def lines(
    days: Sequence[date], series: Sequence[tuple[str, Sequence[float]]], unit: str = ""
) -> LineChart | None:
    """A chart of values over days; nothing where there are fewer than two days."""
    if len(days) < 2:
        return None
    most = max([1.0, *(value for _name, values in series for value in values)])
    drawn = tuple(_line(name, values, most, unit) for name, values in series)
    marks = (0.0, most / 2, most)
    grid = tuple((_y(mark, most), f"{mark:g}{unit}") for mark in marks)
    return LineChart(_apart(drawn), grid, days[0].isoformat(), days[-1].isoformat())


def bars(values: Sequence[tuple[str, int]]) -> BarChart | None:
    """A chart of counts; nothing where nothing was counted."""
    ordered = sorted(values, key=lambda each: -each[1])[:MOST_ROWS]
    most = max((count for _name, count in ordered), default=0)
    if not most:
        return None
    room = WIDTH - NAME - 60
    drawn = tuple(
        Bar(name, number * ROW, round(room * count / most, 1), count)
        for number, (name, count) in enumerate(ordered)
    )
    return BarChart(drawn, len(drawn) * ROW)


def _line(name: str, values: Sequence[float], most: float, unit: str) -> Line:
    step = (WIDTH - LEFT - RIGHT) / (len(values) - 1)
    points = [(round(LEFT + n * step, 1), _y(value, most)) for n, value in enumerate(values)]
    drawn = " ".join(f"{x},{y}" for x, y in points)
    return Line(name, drawn, points[-1], f"{values[-1]:.0f}{unit}")


def _apart(drawn: tuple[Line, ...]) -> tuple[Line, ...]:
    """The names moved apart where lines end close to each other."""
    placed: list[Line] = []
    for line in sorted(drawn, key=lambda each: each.last[1]):
        x, y = line.last
        if placed and y - placed[-1].last[1] < 18:
            y = placed[-1].last[1] + 18
        placed.append(Line(line.name, line.points, (x, y), line.value))
    return tuple(placed)


def _y(value: float, most: float) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / most, 1)
