"""Links, e-mail and chat addresses: anywhere a text could send a reader."""

import re

_ADDRESS = re.compile(
    r"\b[a-z][a-z+.-]*://\S+|www\.\S+|[\w.+-]+@[\w-]+(?:\.\w+)*|\b[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,}\b(?:/\S*)?"
    r"|\b\d{1,3}(?:\.\d{1,3}){3}\b",
    re.IGNORECASE | re.ASCII,
)
_LATIN = re.compile(r"[a-z][a-z\d_-]{2,}", re.IGNORECASE)
_MARKUP = re.compile(r"<\s*/?\s*[a-z!]|\]\s*\(|!\[|`", re.IGNORECASE)
_COMMON = {"app"}


def addresses(text: str) -> set[str]:
    """The addresses of a text.

    >>> sorted(addresses("打开 https://a.cn/x 或 zhifu.top，写 me@b.org"))
    ['https://a.cn/x', 'me@b.org', 'zhifu.top']
    """
    return set(_ADDRESS.findall(text))


def latin_words(text: str) -> set[str]:
    """The words in Latin letters: in a Chinese sentence a name or an account."""
    return {word.casefold() for word in _LATIN.findall(text)} - _COMMON


def has_markup(text: str) -> bool:
    """Whether a text carries HTML, a hidden link or code."""
    return bool(_MARKUP.search(text))
