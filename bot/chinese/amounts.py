"""Amounts of money in a text, each with its place: 3万5, 一万二千三百元五角, 五百块, ¥1,200."""

import re
from dataclasses import dataclass
from decimal import Decimal

from bot.chinese.numbers import ARABIC, CHINESE_DIGIT, DIGITS, NUMERAL, UNITS, chinese_number

_MONEY = r"(?:元|块钱?|圆|人民币|rmb|RMB|yuan)"
_AMOUNT = re.compile(
    rf"(?P<sign>(?<![0-9])-(?=[¥0-9])|负)?"
    rf"(?P<currency>¥|人民币|RMB|rmb)?\s?"
    rf"(?:(?P<huge>[0-9.]+[eE]\+?[0-9]+)"
    rf"|(?P<low>{NUMERAL.pattern})(?:{_MONEY})?\s?(?:到|至|-|~)\s?(?P<high>{NUMERAL.pattern})"
    rf"|(?P<number>{NUMERAL.pattern})(?P<more>多|来|几|余)?(?P<scale>[万千百wW](?![a-zA-Z]))?)"
    rf"(?P<half>半(?!年|个|月|天))?"
    rf"\s?(?P<money>{_MONEY}(?!\w?素))?"
    rf"(?P<small>(?<=[元块圆])(?:[0-9]|{CHINESE_DIGIT})(?![0-9个万千百十]|{CHINESE_DIGIT}|天|年|期|月|日|号)"
    rf"[角毛]?(?:(?:[0-9]|{CHINESE_DIGIT})分?)?)?"
    rf"(?P<about>整|左右|上下|多)?"
)
_COUNTED = re.compile(
    r"\s?(?:多|来|几|余)?\s?(?:个|名|张|笔|家|次|遍|岁|人|口人?|期|%|‰|点|号|日|天|年(?![利化息])|月(?![利息])|周|星期|礼拜|倍|折|成"
    r"|分(?!\s*(?:\x00|[0-9]+\s*[个期月]))|厘|条|级|楼|层|室|单元|户|位|件|款|种|小时|分钟|秒|公里|斤|平|:|/|百分点)"
)
_HOTLINE_BEFORE = re.compile(r"(?:打|拨|拨打|电话|热线|报警|投诉|举报|致电|拨通|找|第|短信)\s?$")
_HOTLINE = re.compile(r"(?:110|119|120|96110|12(?:378|363|345|315|348|368|377|356|333))")
_SUM_BEFORE = re.compile(r"[欠入资薪租支款金还额是为借贷共交付:¥,，]\s?$")
_HOTLINE_AFTER = re.compile(r"\s?(?:投诉|举报|热线|报警|电话|短信|平台|分期|借条|金融|数科)")
_ABOUT_BEFORE = re.compile(r"(?:大概|大约|约|差不多|将近|近|几乎|估计|左右)(?:是|有|欠)?\s?$")
_PAIR = re.compile(r"^[一二两三四五六七八九]{2}(?=[十百千万])")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in yuan; ``high`` ends a range, ``named`` says its size or currency was written."""

    value: Decimal
    start: int
    end: int
    text: str
    exact: bool = True
    named: bool = True
    high: Decimal | None = None


def amount(text: str) -> Decimal | None:
    """The amount that a whole text is, in yuan.

    >>> str(amount("1.2w")), str(amount("一万二千三百元五角"))
    ('12000', '12300.5')
    """
    found = amounts(text.strip())
    if len(found) != 1 or found[0].text != text.strip() or found[0].high is not None:
        return None
    return found[0].value


def amounts(text: str) -> list[Amount]:
    """The amounts in a normalised text, in order, without counts, hotlines and long numbers."""
    read = (_read(match, text) for match in _AMOUNT.finditer(text))
    return [each for each in read if each is not None]


def _read(match: re.Match[str], text: str) -> Amount | None:
    if _counts_something(match, text):
        return None
    values = _values(match)
    if not values or (not _is_money(match) and not _is_plain(match, text)):
        return None
    sign = -1 if match["sign"] and _is_minus(match, text) else 1
    begun = match.start() if sign < 0 or not match["sign"] else match.end("sign")
    said = text[begun : match.end()]
    start = match.end() - len(said.lstrip())
    return Amount(
        value=_plain(values[0] * sign),
        start=start,
        end=begun + len(said.rstrip()),
        text=said.strip(),
        exact=not (match["more"] or match["about"] in ("左右", "上下", "多"))
        and not _ABOUT_BEFORE.search(text[: match.start()])
        and len(values) == 1,
        named=_is_money(match),
        high=_plain(values[1] * sign) if len(values) > 1 else None,
    )


def _values(match: re.Match[str]) -> list[Decimal]:
    """One value, or the two ends of a range."""
    if match["huge"]:
        return [Decimal(match["huge"])]
    if match["low"]:
        return _range(match["low"], match["high"])
    pair = _PAIR.match(match["number"])
    if pair:
        ends = [chinese_number(digit + match["number"][2:]) for digit in match["number"][:2]]
        return [end for end in ends if end is not None]
    value = chinese_number(match["number"])
    if value is None:
        return []
    scale = Decimal(UNITS[match["scale"]]) if match["scale"] else Decimal(1)
    value = value * scale + (_half(match) if match["half"] else 0)
    return [value + _small(match["small"])]


def _range(low: str, high: str) -> list[Decimal]:
    """Both ends; the unit after the second belongs to both (3到5万)."""
    first, second = chinese_number(low), chinese_number(high)
    if first is None or second is None:
        return []
    unit = UNITS.get(high[-1], 1)
    if low[-1] not in UNITS and unit > 1 and first * unit <= second:
        first *= unit
    return [first, second] if first <= second else []


def _half(match: re.Match[str]) -> Decimal:
    last = match["scale"] or match["number"][-1]
    return Decimal(UNITS.get(last, 1)) / 2


def _small(written: str | None) -> Decimal:
    """Jiao and fen after the yuan: 五角, 5毛2, 块5."""
    if not written:
        return Decimal(0)
    figures = [DIGITS.get(each, each) for each in written if each not in "角毛分"]
    places = (Decimal("0.1"), Decimal("0.01"))
    return sum(
        (Decimal(each) * place for each, place in zip(figures, places, strict=False)), Decimal(0)
    )


def _is_money(match: re.Match[str]) -> bool:
    """Whether the size or the currency was written: 3万, 500元, ¥20."""
    written = (match["number"] or match["high"] or "") + (match["scale"] or "")
    return bool(
        match["money"]
        or match["currency"]
        or match["huge"]
        or re.search(r"[百千万亿wWkK]", written)
    )


def _is_plain(match: re.Match[str], text: str) -> bool:
    """Whether a bare figure can be an amount: not a hotline, a telephone or an identity number."""
    figure = match["number"] or match["high"]
    before = text[: match.end() - len(match[0].lstrip())]
    after = text[match.end() :]
    if not re.fullmatch(ARABIC, figure) or len(figure.split(".")[0].replace(",", "")) > 9:
        return False
    if _HOTLINE.fullmatch(figure) and not _SUM_BEFORE.search(before):
        return False
    return not (
        _HOTLINE_BEFORE.search(before)
        or _HOTLINE_AFTER.match(after)
        or re.search(r"[A-Za-z0-9.:/_-]$", before)
        or re.match(r"[A-Za-z_]|-[0-9]", after)
    )


def _counts_something(match: re.Match[str], text: str) -> bool:
    if match["money"] or match["currency"]:
        return match[0].startswith("一块") and "钱" not in match[0]
    figure = match["number"] or ""
    if text[match.start() : match.start() + 4] == "十万火急":
        return True
    after = text[match.end("half") if match["half"] else match.end() :]
    at_end = _COUNTED.match(text[match.end("number") :] if match["number"] else after)
    return bool(at_end) and not (figure and figure[-1] in "万千百" and after.startswith("点"))


def _is_minus(match: re.Match[str], text: str) -> bool:
    """A dash after a label separates (房租-1800); after 欠 or a blank it is a sign."""
    before = text[: match.start()]
    return (
        not before or match["sign"] == "负" or bool(re.search(r"[\s欠入是为,，。:;；(（]$", before))
    )


def _plain(value: Decimal) -> Decimal:
    """Without exponent or trailing zeros, as 12000 rather than 1.2E+4."""
    return Decimal(format(value.normalize(), "f"))
