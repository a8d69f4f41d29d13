"""Questions that ask for the article itself."""

import re

_ASKS_FOR_ARTICLE = re.compile(
    r"第几条|多少条|哪一?条|哪几条(?!路)|几条规定|(法|典|例|解释|规则|办法|规定)(里|的|中)?几条|条文|法条"
    r"|什么法(律|规)?(规定|依据)|哪(部|个)法|出处|出自|刑法(里|上|的)?(是|算|定)?(哪|什么)|(哪个|什么)罪名"
    r"|法律依据|依据是什么|依据呢?\W*$|(依据|根据)(的是)?(什么|哪)"
    r"|(哪个|什么)(司法)?(解释|批复|文件|条例|规则)|哪(个|项|部|份)(规定|办法|规章|文件|通知|新规)|文号|法律(上)?(怎么|咋)(说|规定)"
    r"|规定(在|是)(哪|什么)|(哪里|哪儿)(有)?(规定|写)|写在(哪|什么)|凭什么法"
    # A law's name that stands alone at the end asks for its article; 办法 and 说法 are no laws.
    r"|[，,、\s][\u4e00-\u9fff]{0,8}(民法典|刑法|[诉保诈安]法|(保护|处罚|救助|援助|仲裁|诈骗|诉讼)法|条例|司法解释)\W*$"
    r"|which (crime|offen[cs]e)\b|legal basis"
    r"|(which|what)( \w+)? (article|law|provision|rule|statute|interpretation|regulation)\b"
    r"|where is (it|that|this) (laid down|written|regulated)",
    re.IGNORECASE,
)

# An entry's English steps have few figures, the articles have them; whoever asks what to do wants the steps.
_ASKS_FIGURE_IN_ENGLISH = re.compile(
    r"how (many (days|months|years)|long (do|does|may)|old)\b|prison term|(from|at) what age"
    r"|what('s| is)? (the |a )?(fine|penalty|punishment|sentence)\b",
    re.IGNORECASE,
)
_ASKS_WHAT_TO_DO = re.compile(r"what (do|must|should|can) i\b|\bhelp\b", re.IGNORECASE)
_ASKS_FOR_DOCUMENT = re.compile(r"文号|(哪|什么)(个|份|项|部)?(办法|文件|通知|新规|规章|标准|指引)")


def asks_for_article(question: str) -> bool:
    """Whether the answer wanted is a provision rather than advice.

    >>> asks_for_article("留置送达是第几条"), asks_for_article("收到传票怎么办")
    (True, False)
    """
    figure = _ASKS_FIGURE_IN_ENGLISH.search(question) and not _ASKS_WHAT_TO_DO.search(question)
    return bool(_ASKS_FOR_ARTICLE.search(question) or figure)


def asks_for_document(question: str) -> bool:
    """Whether a rule as a whole is asked for, none of its articles.

    >>> asks_for_document("投诉期限是哪个办法"), asks_for_document("是哪个办法第几条")
    (True, False)
    """
    return bool(_ASKS_FOR_DOCUMENT.search(question)) and "条" not in question
