"""The Chinese font that ships with the letters (Noto Sans SC, SIL Open Font License, OFL.txt)."""

from functools import cache
from pathlib import Path
from typing import Any

FONT_FILE = Path(__file__).parent / "NotoSansSC-Subset.ttf"
FONT_NAME = "NotoSansSC"
STAND_IN = "〓"  # printers' old mark for a character that is not in the case


def shown(text: str) -> str:
    """The text as the font can show it: a stand-in for each character it lacks."""
    glyphs = _registered().face.charToGlyph
    return "".join(each if ord(each) in glyphs else STAND_IN for each in text)


def lacking(text: str) -> tuple[str, ...]:
    """The characters of a text that the font lacks, each once; line breaks do not count."""
    glyphs = _registered().face.charToGlyph
    return tuple(dict.fromkeys(each for each in text if ord(each) not in glyphs and each != "\n"))


def width(text: str, size: float) -> float:
    """How wide a text runs, in points."""
    return float(_registered().stringWidth(text, size))


@cache
def _registered() -> Any:
    """The font as reportlab's, read at the first use only."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    font = TTFont(FONT_NAME, str(FONT_FILE))
    pdfmetrics.registerFont(font)
    return font
