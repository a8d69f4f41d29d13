"""The picture of the plans: each line in its colour and named, nothing outside the frame."""

from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from PIL import Image, ImageColor

from bot.debt.plan import assess
from bot.drafting import fonts
from bot.drafting.chart import (
    COLOURS,
    DASHES,
    HEIGHT,
    WIDTH,
    Curve,
    Stroke,
    Word,
    as_png,
    as_svg,
    curves,
    drawn,
)
from tests.debt.cases import case

PLANS = assess(case()).plans
LINES = curves(PLANS)
TIGHT = curves(assess(case(income=5400)).plans)
SHORT = curves(assess(case(income=20000)).plans)
SVG = "{http://www.w3.org/2000/svg}"
pictures = pytest.mark.parametrize("lines", [LINES, TIGHT, SHORT, LINES[:1], ()])


def test_compares_up_to_three_plans_that_end() -> None:
    assert [each.name for each in LINES] == [
        "停息：32 个月",
        "年化 18%：44 个月，多还 17,882.70 元",
        "年化 9%：37 个月，多还 7,094.04 元",
    ]
    assert [each.months for each in LINES] == [32, 44, 37]


def test_a_plan_that_never_ends_has_no_line() -> None:
    assert [each.name[:2] for each in TIGHT] == ["停息", "年化", "先延"]
    assert curves(assess(case(income=4000)).plans) == ()


def test_a_line_runs_from_the_debt_to_nothing() -> None:
    for line in LINES:
        assert (line.balances[0], line.balances[-1]) == (48000, 0)


def test_the_png_shows_each_line_in_its_colour() -> None:
    image = Image.open(BytesIO(as_png(LINES)))
    seen = {colour: count for count, colour in image.getcolors(10**7)}
    for colour in COLOURS:
        assert seen.get(ImageColor.getrgb(colour), 0) > 300
    assert image.size == (2 * WIDTH, 2 * HEIGHT)


def test_lines_differ_in_lightness_and_in_dashes() -> None:
    grey = [Image.new("RGB", (1, 1), colour).convert("L").getpixel((0, 0)) for colour in COLOURS]
    assert len(set(DASHES)) == 3
    assert all(value < 140 for value in grey)  # dark enough for paper


def test_the_svg_is_valid_and_says_what_it_shows() -> None:
    root = ET.fromstring(as_svg(LINES))  # noqa: S314 - our own text
    words = [each.text for each in root.iter(f"{SVG}text")]
    assert {line.name for line in LINES} <= set(words)
    assert all(line.name in root.findtext(f"{SVG}desc", "") for line in LINES)
    assert {each.get("stroke") for each in root.iter(f"{SVG}polyline")} >= set(COLOURS)


def test_the_svg_carries_its_own_few_glyphs() -> None:
    svg = as_svg(LINES)
    assert "data:font/woff;base64," in svg
    assert len(svg) < 40_000


@pictures
def test_everything_stands_within_the_frame(lines: tuple[Curve, ...]) -> None:
    for mark in drawn(lines):
        if isinstance(mark, Stroke):
            assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in mark.points)
            continue
        wide = fonts.width(mark.text, mark.size)
        left = mark.x - {"start": 0.0, "middle": wide / 2, "end": wide}[mark.anchor]
        assert left >= 0
        assert left + wide <= WIDTH


@pictures
def test_no_two_texts_overlap(lines: tuple[Curve, ...]) -> None:
    words = [mark for mark in drawn(lines) if isinstance(mark, Word)]
    boxes = []
    for word in words:
        wide = fonts.width(word.text, word.size)
        left = word.x - {"start": 0.0, "middle": wide / 2, "end": wide}[word.anchor]
        boxes.append((left, word.y - word.size * 0.8, left + wide, word.y))
    for place, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[place + 1 :]:
            apart = right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
            assert apart, (words[place].text, other)


@pictures
def test_both_forms_can_be_made(lines: tuple[Curve, ...]) -> None:
    assert as_png(lines).startswith(b"\x89PNG")
    assert as_svg(lines).startswith("<svg")
