"""A copy of the text, letter for letter as long, in which details look alike however written."""

import re
import unicodedata

CHINESE_DIGITS = str.maketrans(
    "〇零○Ｏ一二三四五六七八九幺壹贰貳叁參肆伍陆陸柒捌玖", "00001234567891122334566789"
)
_DIGIT = "[0-9〇零○一二三四五六七八九幺壹贰貳叁參肆伍陆陸柒捌玖]"
_LONG_NUMBER = re.compile(rf"{_DIGIT}(?:[ \-,、]{{0,2}}{_DIGIT}){{6,}}")
_SPACES = "\u00a0\u3000\u2009\u200b\u200c\u200d\u2060\ufeff\t"
_DASHES = "‐‑‒–—―－"


def shadow(text: str) -> str:
    """Full-width, spaced, dashed and Chinese-numeral numbers as plain digits, in place.

    >>> shadow("电话：１３８-一二三四—5678")
    '电话:138-1234-5678'
    """
    plain = "".join(map(_alike, text))
    return _LONG_NUMBER.sub(lambda number: number[0].translate(CHINESE_DIGITS), plain)


def _alike(char: str) -> str:
    if char.isascii() and char != "\t":
        return char
    if char in _SPACES:
        return " "
    if char in _DASHES:
        return "-"
    compatible = unicodedata.normalize("NFKC", char)
    return compatible if len(compatible) == 1 else char
