"""What kind of fact a question asks for, and what kinds of facts a line states."""

import re
from enum import StrEnum


class Fact(StrEnum):
    """Something a person can act on, and asks for by its own words."""

    TIME = "time"
    MONEY = "money"
    RATE = "rate"
    ARTICLE = "article"
    NUMBER_TO_CALL = "number_to_call"
    PERMISSION = "permission"
    METHOD = "method"
    CONSEQUENCE = "consequence"


_NUMERAL = r"[\d一二两三四五六七八九十百半]"
_ASKED = {
    Fact.TIME: r"几(天|日|年|个?月|小时|点|时|次)|多久|多长|多少(天|年|日|个月)|什么时候|啥时候|期限|时效|最晚|最长"
    r"|来得及|过期|how long|how many (days|months|years)|when|deadline|what time",
    Fact.MONEY: r"多少钱|几块|多少块|花钱|要钱|收费|费用|罚(多少|款)|赔|how much|cost|fee|fine",
    Fact.RATE: r"利率|利息|年化|上限|百分之|几分|%|高利贷|罚息|违约金|interest|apr|rate",
    Fact.ARTICLE: r"第?几条|哪一?条|哪几条|条文|法条|什么法|哪(部|个)法|法律依据|依据|规定"
    r"|which (article|law)|legal basis",
    Fact.NUMBER_TO_CALL: r"找谁|打(什么|哪个|几)|哪个(电话|部门|热线)|投诉|举报|报警|热线|去哪|哪里|哪儿|向谁"
    r"|who (do|should|can) i|where|hotline|complain|report",
    Fact.PERMISSION: r"能不能|可不可以|可以.{0,12}(吗|么|嘛|不)|能.{0,12}(吗|么|嘛)|合法|违法|犯法|允许|有权|权利|资格"
    r"|凭什么|算不算|legal|allowed|can they|may they|right to",
    Fact.METHOD: r"怎么(办|做|写|弄|说|谈|查|核实|投诉|申请|处理|应对|回|算|证明|选|样)|咋(办|整|弄)|如何"
    r"|需要(什么|哪些)|要(什么|哪些)|什么(材料|证据|手续|条件)|步骤|what (should|do) i|how (do|can|to|should)",
    Fact.CONSEQUENCE: r"会(不会|怎(么)?样|坐牢|被|影响|抓|起诉|拘)|后果|坐牢|抓|拘留|犯罪|影响|严重"
    r"|what happens|will (they|i)|jail|prison",
}
_STATED = {
    Fact.TIME: rf"{_NUMERAL}+\s*个?(天|日|年|月|小时|周|工作日|点)|\d:\d\d",
    Fact.MONEY: rf"{_NUMERAL}+\s*(万|千)?元|免费|不收费",
    Fact.RATE: r"\d+(\.\d+)?%|LPR|百分之|倍",
    Fact.ARTICLE: r"第[\d、]+条",
    Fact.NUMBER_TO_CALL: r"(?<!\d)(12\d{3}|110|120|96110)(?!\d)",
    Fact.PERMISSION: r"不得|不可以|不能|无权|没有义务|可以|有权|违法|应当|不算",
    Fact.METHOD: r"写|保存|录音|截图|打|申请|提出|要求|问|核对|准备|带",
    Fact.CONSEQUENCE: r"罚款|拘留|有期徒刑|犯罪|强制执行|缺席判决|失信|限制|记入|冻结|民事|赔偿",
}
_ASKED_BY = {fact: re.compile(words, re.IGNORECASE) for fact, words in _ASKED.items()}
_STATED_BY = {fact: re.compile(words, re.IGNORECASE) for fact, words in _STATED.items()}


def asked_for(question: str) -> frozenset[Fact]:
    """The kinds of fact a question asks for.

    >>> sorted(asked_for("支付令几天内要提异议"))
    ['time']
    """
    return frozenset(fact for fact, words in _ASKED_BY.items() if words.search(question))


def stated_in(line: str) -> frozenset[Fact]:
    """The kinds of fact a line states.

    >>> sorted(stated_in("自收到之日起15日内提出（民事诉讼法第227条）。"))
    ['article', 'method', 'time']
    """
    return frozenset(fact for fact, words in _STATED_BY.items() if words.search(line))
