"""Amounts and periods in a text, however their numbers are written."""

import re

from bot.knowledge.article import MENTION, number_from_chinese

DATE = re.compile(
    r"\d{4}\s*[-年/]\s*\d{1,2}(?:\s*[-月/]\s*\d{1,2}\s*日?|\s*月)?|\d{4}\s*年|\d{1,2}\s*月\s*\d{1,2}\s*日"
)
HAN_NUMERAL = r"[零〇一二两三四五六七八九十百千]+"
UNIT = r"个月|月|年|工作日|个工作日|日|天|万元|元|块|倍|周岁|岁|%|％|期"
NUMBER = rf"\d+(?:\.\d+)?\s*(?:万)?|{HAN_NUMERAL}万?(?:点{HAN_NUMERAL})?"
QUANTITY = re.compile(rf"(百分之|千分之|万分之)?({NUMBER})\s*({UNIT})?")
RANGE = re.compile(rf"({NUMBER})\s*(?:[至到~～—–-])\s*({NUMBER})\s*({UNIT})")
SAME_UNIT = {"天": "日", "个月": "月", "块": "元", "％": "%", "岁": "周岁", "个工作日": "工作日"}
PARTS = {"百分之": "%", "千分之": "‰", "万分之": "‱"}


def quantities(text: str) -> set[str]:
    """The quantities with a unit in a text, dates and article numbers left out.

    >>> sorted(quantities("处十日以上15天以下拘留，罚款1000元，年利率百分之二十四（第47条）"))
    ['1000元', '10日', '15日', '24%']
    """
    text = MENTION.sub(" ", DATE.sub(" ", text.replace(",", "")))
    text = RANGE.sub(lambda found: f"{found[1]}{found[3]} {found[2]}{found[3]}", text)
    return {
        written
        for part, number, unit in QUANTITY.findall(text)
        if (written := _written(part, number.strip(), unit)) is not None
    }


def _written(part: str, number: str, unit: str) -> str | None:
    sign = PARTS.get(part) or SAME_UNIT.get(unit, unit)
    if not sign:
        return None
    value = _value(number)
    if sign == "万元":
        value, sign = value * 10_000, "元"
    return f"{value:g}{sign}" if value < 100_000 else f"{int(value)}{sign}"


def _value(number: str) -> float:
    if number.endswith("万"):
        return _value(number[:-1]) * 10_000
    whole, point, rest = number.partition("点")
    if point:
        digits = "".join(str(number_from_chinese(sign)) for sign in rest)
        return float(f"{number_from_chinese(whole)}.{digits}")
    try:
        return float(number)
    except ValueError:
        return float(number_from_chinese(number))
