"""Questions that ask for the article itself."""

import re

_ASKS_FOR_ARTICLE = re.compile(
    r"第几条|多少条|哪一?条|哪几条|几条规定|条文|法条|什么法(律|规)?(规定|依据)|哪(部|个)法|出处|出自"
    r"|法律依据|依据是什么|依据呢?\W*$|(依据|根据)(的是)?(什么|哪)"
    r"|(哪个|什么)(司法)?(解释|批复|文件|条例)|哪(个|项|部)(规定|办法|规章)|法律(上)?(怎么|咋)(说|规定)"
    r"|规定(在|是)(哪|什么)|(which|what) (article|law|provision|rule|statute)\b|legal basis",
    re.IGNORECASE,
)


def asks_for_article(question: str) -> bool:
    """Whether the answer wanted is a provision rather than advice.

    >>> asks_for_article("留置送达是第几条"), asks_for_article("收到传票怎么办")
    (True, False)
    """
    return bool(_ASKS_FOR_ARTICLE.search(question))
