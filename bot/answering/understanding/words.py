"""Whether one of several words stands in a text: Chinese anywhere, English as a whole word."""

import re
from collections.abc import Iterable


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of the words; none where there are none.

    >>> bool(any_of(["card"]).search("discard it")), bool(any_of(["卡"]).search("信用卡"))
    (False, True)
    """
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(_whole, longest_first)) or r"(?!)", re.IGNORECASE)


def _whole(word: str) -> str:
    return rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word)
