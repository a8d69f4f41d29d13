"""When two people ask the same question in the same words."""

import re
import unicodedata

from bot.chinese.normalise import simplified

_NOT_WORD = re.compile(r"[\W_]+")


def question_key(question: str) -> str:
    """The question without case, width, script, punctuation and spaces.

    >>> question_key("催收，說明天上門？") == question_key("催收说明天上门")
    True
    """
    return _NOT_WORD.sub("", simplified(unicodedata.normalize("NFKC", question)).casefold())
