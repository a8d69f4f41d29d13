"""Numbers as people write them, in any mixture of scripts: 3万5, 三万五, 1.2w, 12,000, 两千八."""

import re
from decimal import Decimal

DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "两": 2, "俩": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7,
    "捌": 8, "玖": 9,
}  # fmt: skip
UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "k": 1000, "K": 1000,
         "万": 10_000, "w": 10_000, "W": 10_000, "亿": 100_000_000}  # fmt: skip

CHINESE_DIGIT = f"[{''.join(DIGITS)}]"
ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?![0-9])|[0-9]+(?:\.[0-9]+)?)"
_UNIT = r"[十拾百佰千仟万亿]|个?\s?(?:[wW](?![a-zA-Z])|[kK](?![a-zA-Z]))"

# a figure after 万 or 千 is the next lower place (3万5 = 35,000) unless it counts something else
NOT_A_TAIL = (
    r"(?!\s*(?:个(?!\s?[wWkK]|万|千)|年(?![利化息])|天|日|号|月|周|期|%|‰|厘|点|次|家|张|笔|人|岁|倍|折|成|\.|[0-9]"
    r"|分(?!\s*\x00|\s*[0-9]+\s*[个期月]|期)))"
)
NUMERAL = re.compile(
    rf"(?:{ARABIC}|{CHINESE_DIGIT}+|(?=[十拾]))"
    rf"(?:\s?(?:{_UNIT})[零〇]?(?:\s?(?:{ARABIC}|{CHINESE_DIGIT}+){NOT_A_TAIL}|"
    rf"(?:{ARABIC}|{CHINESE_DIGIT}+)(?=\s?(?:{_UNIT})))?)*"
)
_TOKEN = re.compile(rf"{ARABIC}|{CHINESE_DIGIT}|[十拾百佰千仟万亿wWkK]")


def chinese_number(text: str) -> Decimal | None:
    """The value of a numeral in any mixture of scripts; None if it is not one.

    >>> [int(chinese_number(said)) for said in ("三万五", "3万5", "1万2千3", "十五万")]
    [35000, 35000, 12300, 150000]
    """
    total = section = Decimal(0)
    pending: Decimal | None = None
    written = ""
    last_unit = 1
    tokens = _TOKEN.findall(text.replace("个", ""))
    if not tokens or (tokens[0] in UNITS and tokens[0] not in "十拾"):
        return None
    for token in tokens:
        if token in UNITS:
            unit = UNITS[token]
            if unit < 10_000:
                section += (Decimal(1) if pending is None else pending) * unit
            else:
                section += pending or 0
                total = (total + section) * unit if unit > 10_000 else total + section * unit
                section = Decimal(0)
            pending, written, last_unit = None, "", unit
        else:
            digits = str(DIGITS[token]) if token in DIGITS else token.replace(",", "")
            written += digits
            pending = Decimal(written)
    if pending is None:
        return total + section
    lower_place = last_unit > 10 and len(written) == 1 and written != "0"
    return total + section + (pending * last_unit / 10 if lower_place else pending)


def number_in_chinese(number: int) -> str:
    """A whole number below ten thousand in Chinese numerals.

    >>> number_in_chinese(676), number_in_chinese(1005), number_in_chinese(15)
    ('六百七十六', '一千零五', '十五')
    """
    written, gap = "", False
    for unit, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if not digit:
            gap = bool(written)
            continue
        written += ("零" if gap else "") + "零一二三四五六七八九"[digit] + word
        gap = False
    return written.removeprefix("一") if written.startswith("一十") else written or "零"
