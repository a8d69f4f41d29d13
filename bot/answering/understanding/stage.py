"""How far the debt has gone, from the words used."""

import re

from bot.knowledge.vocabulary import Stage

_SIGNS: tuple[tuple[Stage, str], ...] = (
    (Stage.ENFORCEMENT, "强制执行|被执行|执行局|执行法官|失信|限高|限制消费|冻结|终本|老赖"),
    (Stage.LITIGATION, "传票|开庭|起诉|立案|支付令|应诉|答辩|判决|上诉|仲裁|法院文件"),
    (Stage.PRE_LITIGATION, "诉前|调解中心|律师函|调解员"),
    (Stage.COLLECTION, "催收|上门|外访|爆通讯录|轰炸|骚扰|威胁"),
    (Stage.SETTLED, "已结清|还清了|结清后|结清证明"),
    (Stage.OVERDUE, "逾期|还不上|还不起|断供|晚还|没还上"),
    (Stage.CURRENT, "还没逾期|没有逾期|快到期|下个月还不上|即将逾期"),
)
_PATTERNS = tuple((stage, re.compile(words)) for stage, words in _SIGNS)


def stage_of(text: str) -> Stage | None:
    """The furthest stage that the words speak of."""
    return next((stage for stage, words in _PATTERNS if words.search(text)), None)
