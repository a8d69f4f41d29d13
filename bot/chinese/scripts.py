"""Which script or language a text is written in, and conversion between the two scripts."""

import re
from functools import cache
from typing import TYPE_CHECKING, Literal

from bot.chinese.normalise import simplified

if TYPE_CHECKING:
    from opencc import OpenCC

Script = Literal["zh-Hans", "zh-Hant", "en"]

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0002ffff]")
_WORD = re.compile(r"[A-Za-z]{2,}")


def script_of(text: str) -> Script:
    """The script a reader of this text expects back; Simplified when there is no sign.

    >>> script_of("催收說今天上門"), script_of("催收说今天上门"), script_of("can they come in?")
    ('zh-Hant', 'zh-Hans', 'en')
    """
    han = _HAN.findall(text)
    if len(_WORD.findall(text)) > 2 * len(han):
        return "en"
    characters = "".join(han)
    to_simplified = sum(a != b for a, b in zip(characters, simplified(characters), strict=False))
    to_traditional = sum(a != b for a, b in zip(characters, _one_to_one(characters), strict=False))
    return "zh-Hant" if to_simplified > to_traditional else "zh-Hans"


def traditionalise(text: str) -> str:
    """The text in Traditional characters, character by character and phrase by phrase."""
    return str(_converter().convert(text))


def _one_to_one(text: str) -> str:
    return "".join(str(_converter().convert(character)) for character in text)


@cache
def _converter() -> "OpenCC":
    from opencc import OpenCC  # its tables are read at the first use only

    return OpenCC("s2t")
