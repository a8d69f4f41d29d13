"""Amounts and periods in a text, however their numbers are written."""

import re
from decimal import Decimal

from bot.chinese.numbers import chinese_number
from bot.chinese.provisions import MENTION

DATE = re.compile(
    r"\d{4}\s*[-年/]\s*\d{1,2}(?:\s*[-月/]\s*\d{1,2}\s*日?|\s*月)?"
    r"|\d{4}\s*年|\d{1,2}\s*月\s*\d{1,2}\s*日"
)
HAN_NUMERAL = r"[零〇一二两三四五六七八九十百千]+"
NUMBER = (
    rf"(?:\d+(?:\.\d+)?|[零〇一二两三四五六七八九十]{HAN_NUMERAL}|[一二两三四五六七八九十])\s*万?"
)
UNIT = r"个月|月|年|个工作日|工作日|日|天|元|块|倍|周岁|岁|%|％"
QUANTITY = re.compile(rf"(?<!第)({NUMBER})\s*({UNIT})")
SHARE = re.compile(rf"(百|千|万)分之({HAN_NUMERAL})(?:点({HAN_NUMERAL}))?")
SHARE_RANGE = re.compile(rf"(?<=(百|千|万)分之)({HAN_NUMERAL})[至到](?=[一二三四五六七八九十])")
RANGE = re.compile(rf"({NUMBER})\s*[至到~～—–-]\s*({NUMBER})\s*({UNIT})")
BARE_TEN_THOUSANDS = re.compile(rf"(?:\d|{HAN_NUMERAL})万(?=[，。；、以至到\d]|部分)")
SAME_UNIT = {"天": "日", "个月": "月", "块": "元", "％": "%", "岁": "周岁", "个工作日": "工作日"}
SHARES = {"百": "%", "千": "‰", "万": "‱"}


def quantities(text: str) -> set[str]:
    """The quantities with a unit in a text, dates and article numbers left out.

    >>> sorted(quantities("处十日以上15天以下拘留，罚款1000元，年利率百分之二十四（第47条）"))
    ['1000元', '10日', '15日', '24%']
    """
    text = MENTION.sub(" ", DATE.sub(" ", text.replace(",", "")))
    text = RANGE.sub(_both_ends, text)
    text = SHARE_RANGE.sub(r"\2、\1分之", text)
    text = BARE_TEN_THOUSANDS.sub(r"\g<0>元", text)
    shares = {_share(found) for found in SHARE.finditer(text)}
    return shares | {_amount(found) for found in QUANTITY.finditer(SHARE.sub(" ", text))}


def _both_ends(found: re.Match[str]) -> str:
    """Each end with its unit: 2至20万元 is 2万元 and 20万元."""
    low, high, unit = found.groups()
    small = "万" in high and "万" not in low and len(low) <= len(high.replace("万", ""))
    return f"{low}{'万' if small else ''}{unit} {high}{unit}"


def _share(found: re.Match[str]) -> str:
    fraction = "".join(str(chinese_number(sign)) for sign in found[3] or "")
    return f"{chinese_number(found[2])}{'.' + fraction if fraction else ''}{SHARES[found[1]]}"


def _amount(found: re.Match[str]) -> str:
    value = chinese_number(found[1]) or Decimal(0)
    unit = SAME_UNIT.get(found[2], found[2])
    return f"{value.normalize():f}{unit}"
