"""A reply as plain text, for terminals and files."""

import re

_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


def plain(text: str) -> str:
    """Light Markdown without its marks.

    >>> plain("**先不开门。**")
    '先不开门。'
    """
    return _BOLD.sub(r"\1", text)
