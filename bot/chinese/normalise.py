"""Text as one script and one width, so that every pattern is written once."""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

# full-width digits, letters and the marks that belong to numbers; ，。；：（） stay as they are
_NARROW = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B)} | {
    ord("％"): "%",
    ord("．"): ".",
    ord("／"): "/",
    ord("－"): "-",
    ord("—"): "-",
    ord("–"): "-",
    ord("−"): "-",
    ord("～"): "~",
    ord("〜"): "~",
    ord("￥"): "¥",
    ord("＄"): "$",
    ord("＋"): "+",
    ord("　"): " ",
    ord("\u00a0"): " ",
    ord("○"): "〇",
    ord("："): ":",
    ord("；"): "；",
}
_WIDE_THOUSANDS = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")


def normalise(text: str) -> str:
    """Half-width digits and letters, simplified characters; as long as the original.

    >>> normalise("欠１２，０００元，兩萬")
    '欠12,000元，两万'
    """
    narrowed = _WIDE_THOUSANDS.sub(",", text).translate(_NARROW)
    return narrowed if narrowed.isascii() else simplified(narrowed)


def simplified(text: str) -> str:
    """Traditional characters in their simplified form."""
    return str(_converter().convert(text))


@cache
def _converter() -> "OpenCC":
    from opencc import OpenCC  # its tables are read at the first use only

    return OpenCC("t2s")
