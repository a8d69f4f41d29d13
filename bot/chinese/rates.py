"""Interest in people's words: 24%, 年化18, 月息2分, 日息万五, 月费率0.75%, 一分五的利."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bot.chinese.numbers import CHINESE_DIGIT, DIGITS, chinese_number

HIGHEST = Decimal("36.5")  # ten per cent a day; beyond it a figure is a slip, not a rate


class Period(StrEnum):
    """What a rate is per."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


PER_YEAR = {Period.YEAR: 1, Period.MONTH: 12, Period.DAY: 365}
_FOLDED = {
    Period.YEAR: "按年利率",
    Period.MONTH: "按月利率，乘 12 折成年利率（单利）",
    Period.DAY: "按日利率，乘 365 折成年利率（单利）",
}
# one 分 and one 厘 mean a tenth and a hundredth a year, but a hundredth and a thousandth a month
_FEN = {Period.YEAR: Decimal("0.1"), Period.MONTH: Decimal("0.01"), Period.DAY: Decimal("0.001")}

_NUMBER = rf"(?:[0-9]+(?:\.[0-9]+)?|(?:{CHINESE_DIGIT}|[十百])+(?:点{CHINESE_DIGIT}+)?)"
_FIGURE = rf"(?:[0-9]+(?:\.[0-9]+)?|{CHINESE_DIGIT}+(?:点{CHINESE_DIGIT}+)?|十)"
_RATE_WORD = (
    r"(?P<ryear>(?:综合|名义|实际|单利|复利)?年化(?:综合)?(?:利率|费率|成本|资金成本|率)?|年利率|年利息?|年费率|年息"
    r"|(?i:apr|irr))"
    r"|(?P<rmonth>月利率|月利息?|月费率|月息|月化|每期费率|每月费率|期费率)"
    r"|(?P<rday>日利率|日利息?|日费率|日息|天息)"
    r"|(?P<rnone>(?:利率|费率|(?<!砍头)(?:利息|息)))"
)
_EVERY = r"(?P<eyear>一年|每年)|(?P<emonth>每个?月|一个月|每一?期|一期)|(?P<eday>每天|每日|一天|日)"
_LINK = (
    r"(?:\s|:|=|的|综合|借款|贷款|分期|利率|费率|手续费率?|服务费率?|管理费率?|利息|息费|息|费用|是|为|约|大概|大约"
    r"|差不多|高达|达到|达|按|算|收取?|要|只要|才|到|在|打|不超过|低至|只有){0,4}"
)
_VALUE = (
    rf"(?:百分之(?P<hundredth>{_NUMBER})"
    rf"|(?<![0-9{''.join(DIGITS)}十拾百佰千仟几])万(?:分之)?(?P<tenthousandth>{_FIGURE})(?![0-9万千百])"
    rf"|千分之(?P<thousandth>{_FIGURE})"
    rf"|(?P<percent>(?:(?<![0-9%])-)?{_NUMBER})\s?(?:%|个百分点|个点)"
    rf"|(?P<permille>{_FIGURE})\s?‰"
    rf"|(?P<fen>{_FIGURE})\s?分(?:(?P<half>半)|(?P<li>{_FIGURE})厘?)?(?!钱|期|之|[0-9]|\s?[0-9]+\s?期|开|成|批|次|别)"
    rf"|(?P<onlyli>{_FIGURE})\s?厘"
    r"|(?P<bare>[0-9]+(?:\.[0-9]+)?)(?!\s?(?:[0-9.,元块万千百wWkK%分厘期天年月日笔张号]|个月)))"
)
_AFTER = (
    r"\s?(?:的)?(?P<ayear>年化(?:利率)?|/年|每年|一年|年利率|年息)|\s?(?:的)?(?P<amonth>/月|每个?月|一个月|/期|每期|月息|月利率)"
    r"|\s?(?:的)?(?P<aday>/天|/日|每天|每日|一天|日息|日利率)|(?P<lent>\s?(?:的)?(?:利息?|息)(?!润))"
)
_NAMED = re.sub(r"\?P<\w+>", "?:", rf"(?:{_RATE_WORD}|{_EVERY})")
_FEE = r"(?:手续费率?|服务费率?|管理费率?|费用)(?:是|为|约|收|:|\s)*"
_RATE = re.compile(
    rf"(?:(?={_NAMED})(?P<word>{_RATE_WORD})?(?P<every>{_EVERY})?{_LINK}|{_FEE})?{_VALUE}(?:{_AFTER})?"
)
_NOT_A_RATE_BEFORE = re.compile(
    r"(?:减免|减|免|打|首付|首期|先还|还了?|付|扣了?|砍|优惠|便宜|返|抽|砍头息?|到手|涨|跌|达成)(?:了|到|掉|我)?\s?$"
)
_NOT_A_RATE_AFTER = re.compile(r"\s?(?:的)?(?:减免|首付|折扣|优惠|本金|欠款|工资|收入|砍头)")


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate as it was said, and the simple annual rate it comes to."""

    apr: Decimal
    rate: Decimal
    period: Period
    assumed: str
    start: int
    end: int
    text: str
    question: str | None = None
    fee: bool = False

    @property
    def absurd(self) -> bool:
        """Whether no lender could mean it."""
        return self.apr > HIGHEST or self.apr < 0


def rates(text: str) -> list[Rate]:
    """The rates in a normalised text, in order.

    >>> [str(rate.apr) for rate in rates("月息2分，日息万五，年化18")]
    ['0.24', '0.1825', '0.18']
    """
    read = (_read(match, text) for match in _RATE.finditer(text))
    return [each for each in read if each is not None]


def _read(match: re.Match[str], text: str) -> Rate | None:
    period = _period(match)
    named = period is not None
    if not named and not _stands_alone(match, text):
        return None
    valued = _fraction(match, period)
    if valued is None:
        return None
    fraction, usual, note = valued
    period = period or usual
    text_read = match[0].strip()
    return Rate(
        apr=_plain(fraction * PER_YEAR[period]),
        rate=_plain(fraction),
        period=period,
        assumed="；".join(filter(None, (_FOLDED[period], note))),
        start=match.start(),
        end=match.end(),
        text=text_read,
        question=None if named or usual is Period.YEAR else _ask(text_read, usual),
        fee=bool(re.search(r"手续费|服务费|费率|管理费", match[0])),
    )


def _period(match: re.Match[str]) -> Period | None:
    """The period that was said; a word before the figure outweighs one after it: 月息2分年化多少."""
    for place in ("r", "e", "a"):
        for period in Period:
            if match[place + period]:
                return period
    return None


def _stands_alone(match: re.Match[str], text: str) -> bool:
    """Whether a figure without a period is a rate at all."""
    before, after = text[: match.start()], text[match.end() :]
    if match["fen"] or match["onlyli"] or match["bare"]:
        return bool(match["rnone"] or match["lent"])
    if match["tenthousandth"] and "分之" not in match[0]:
        sure = match["rnone"] or match["lent"] or match["tenthousandth"] not in "一"
        return bool(sure)
    if match["rnone"] or match["lent"]:
        return True
    return not (_NOT_A_RATE_BEFORE.search(before) or _NOT_A_RATE_AFTER.match(after))


def _fraction(
    match: re.Match[str], period: Period | None
) -> tuple[Decimal, Period, str | None] | None:
    """The figure as a fraction, the period it usually means, and what was assumed."""
    if match["fen"] or match["onlyli"]:
        return _fen_and_li(match, period or Period.MONTH)
    for group, size, usual in (
        ("hundredth", 100, Period.YEAR),
        ("percent", 100, Period.YEAR),
        ("thousandth", 1000, Period.MONTH),
        ("permille", 1000, Period.MONTH),
        ("tenthousandth", 10_000, Period.DAY),
    ):
        if match[group]:
            return _decimal(match[group]) / size, usual, None
    return _bare(match, period)


def _fen_and_li(match: re.Match[str], period: Period) -> tuple[Decimal, Period, str | None]:
    fen = _FEN[period]
    if match["onlyli"]:
        fraction = _decimal(match["onlyli"]) * fen / 10
    else:
        small = Decimal("0.5") if match["half"] else _decimal(match["li"] or "0") / 10
        fraction = (_decimal(match["fen"]) + small) * fen
    return fraction, Period.MONTH, f"一分按{_percent(fen)}，一厘按{_percent(fen / 10)}"


def _bare(match: re.Match[str], period: Period | None) -> tuple[Decimal, Period, str | None] | None:
    """A figure without %: a fraction where it is small for its period, else per cent."""
    if not (
        match["ryear"] or match["rmonth"] or match["rday"] or match["rnone"] in ("利率", "费率")
    ):
        return None
    figure = Decimal(match["bare"])
    fraction_below, percent_to = {
        Period.YEAR: (Decimal(1), 1000),
        Period.MONTH: (Decimal("0.05"), 15),
        Period.DAY: (Decimal("0.005"), 5),
    }[period or Period.YEAR]
    if figure < fraction_below:
        return figure, Period.YEAR, f"{figure} 按小数，即 {_percent(figure)}"
    if figure > percent_to:
        return None
    return figure / 100, Period.YEAR, f"{figure} 按 {figure}%"


def _ask(said: str, usual: Period) -> str:
    word = {Period.MONTH: "每月", Period.DAY: "每天"}[usual]
    return f"“{said}”是{word}的利率吗？这里先按通常的说法当作{word}，请核对合同。"


def _decimal(written: str) -> Decimal:
    """A figure that may be Chinese, with 点: 十八点二五."""
    whole, _, part = written.partition("点")
    value = chinese_number(whole.removeprefix("-")) or Decimal(0)
    if part:
        value += Decimal("0." + "".join(str(chinese_number(each)) for each in part))
    return -value if written.startswith("-") else value


def _percent(fraction: Decimal) -> str:
    return f"{_plain(fraction * 100)}%"


def _plain(value: Decimal) -> Decimal:
    return Decimal(format(value.normalize(), "f"))
