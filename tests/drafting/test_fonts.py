"""The font that ships: small enough, licensed, and with the characters letters need."""

import pytest

from bot.drafting import fonts
from bot.drafting.render.text import as_text
from tests.drafting.matters import FULL, OFFER, TEMPLATES, drafted, matter


def test_is_small_enough_to_ship_and_carries_its_licence() -> None:
    assert fonts.FONT_FILE.stat().st_size < 4 * 2**20
    licence = (fonts.FONT_FILE.parent / "OFL.txt").read_text("utf-8")
    assert "SIL Open Font License, Version 1.1" in licence
    assert "Reserved Font Name" in licence


def test_holds_every_character_of_gb2312() -> None:
    characters = {
        character
        for high in range(0xB0, 0xF8)
        for low in range(0xA1, 0xFF)
        for character in bytes([high, low]).decode("gb2312", "ignore")
    }
    assert len(characters) == 6763
    assert fonts.lacking("".join(characters)) == ()


@pytest.mark.parametrize(
    "text", ["臺灣繁體請求債務協商還款", "喆堃镕珺玥祎翀赟鑫淼", "①□￥×“”…—＿"]
)
def test_holds_traditional_characters_names_and_symbols(text: str) -> None:
    assert fonts.lacking(text) == ()


@pytest.mark.parametrize("kind", TEMPLATES)
def test_holds_every_character_of_the_letters(kind: str) -> None:
    made = drafted(kind, matter(particulars=FULL, offer=OFFER))
    assert fonts.lacking(as_text(made.letters).decode()) == ()
