"""A hotline is given for what it is for."""

import re
from collections.abc import Iterator

from ingest.check.wording import chinese_lines
from ingest.finding import Finding
from ingest.load.knowledge_base import Sources

PURPOSE = {
    "110": r"威胁|闯|报警|报案|动手|打人|砸|跟踪|骗|受伤|刀|危险",
    "120": r"急救|受伤|吃药|服药|昏|生命",
    "12315": r"市场监管|商品|培训|广告",
    "12345": r"小额贷款|小贷|担保公司|街道|地方",
    "12348": r"律师|法律|援助|咨询",
    "12356": r"心理|轻生|想不开|倾诉|撑不住|难受",
    "12363": r"征信|人民银行|支付|人民币",
    "12368": r"案号|传票|法官|立案|法院|执行",
    "12377": r"网信|网上举报|网上曝光|App|个人信息",
    "12378": r"银行|消费金融|持牌|金融监管",
    "96110": r"反诈|骗",
}
NUMBER = re.compile(r"(?<!\d)(?:" + "|".join(PURPOSE) + r")(?!\d)")
CLAUSE_END = re.compile(r"[，。；,;]")
TURNED_AWAY = re.compile(r"(?<![撑想])不|别|吗")


def check(sources: Sources) -> Iterator[Finding]:
    """Clauses that give one hotline and speak of another one's matter only."""
    for entry in sources.entries:
        for line in chinese_lines(entry):
            for clause in CLAUSE_END.split(line.text):
                if (better := _better(clause)) is not None:
                    number, other = better
                    message = "{number} for what {other} is for: {clause}"
                    blanks = {"number": number, "other": other, "clause": clause}
                    yield entry.finding("wrong-hotline", message, *line.place, **blanks)


def _better(clause: str) -> tuple[str, str] | None:
    numbers = set(NUMBER.findall(clause))
    if len(numbers) != 1 or TURNED_AWAY.search(clause):
        return None
    number = numbers.pop()
    if re.search(PURPOSE[number], clause):
        return None
    fitting = (other for other, words in PURPOSE.items() if re.search(words, clause))
    return next(((number, other) for other in fitting), None)
