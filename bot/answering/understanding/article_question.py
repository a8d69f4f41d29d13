"""Questions that ask for the article itself."""

import re

_ASKS_FOR_ARTICLE = re.compile(
    r"第几条|哪一?条|哪几条|几条规定|条文|法条|什么法(律|规)?(规定|依据)|哪(部|个)法|法律依据|依据是什么|出处"
    r"|which article|what article|which law|legal basis",
    re.IGNORECASE,
)


def asks_for_article(question: str) -> bool:
    """Whether the answer wanted is a provision rather than advice.

    >>> asks_for_article("留置送达是第几条"), asks_for_article("收到传票怎么办")
    (True, False)
    """
    return bool(_ASKS_FOR_ARTICLE.search(question))
