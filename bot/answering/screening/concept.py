"""Word lists that volunteers can read, made into fast patterns."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Self

Lexicon = Mapping[str, Sequence[str]]

_SIGNS = {
    "…": "[^。!?\n]{0,8}?",
    "#": "[0-9零一二两三四五六七八九十百千万几]{1,6}",
    "$": r"(?=$|[。!?,;\n])",
} | {sign: sign for sign in "()|?"}
_HAN = re.compile(r"[\u3400-\u9fff]")


class Concept:
    """Ways to say one thing.

    In a phrase ``…`` stands for up to eight letters within the sentence, ``(甲|乙)`` for a
    choice, ``(甲)?`` for a word that may be missing, ``#`` for a number and ``$`` for the end
    of a clause; everything else is as written, ``？`` too.
    """

    def __init__(self, phrases: Sequence[str]) -> None:
        self._pattern = re.compile("|".join(_as_pattern(p) for p in phrases) or r"(?!)")

    @classmethod
    def of(cls, lexicon: Lexicon, *names: str) -> Self:
        """One concept from several lists of a lexicon."""
        return cls([phrase for name in names for phrase in lexicon[name]])

    def first(self, text: str) -> str | None:
        """The first place where it is said, in the text's words."""
        found = self._pattern.search(text)
        return found[0] if found else None

    def blank(self, text: str) -> str:
        """The text with every such place blanked out, so that nothing else matches there."""
        return self._pattern.sub("□", text)


def _as_pattern(phrase: str) -> str:
    """The phrase as a regular expression; English matches whole words only."""
    pattern = "".join(_SIGNS.get(sign) or _literal(sign) for sign in phrase)
    return pattern if _HAN.search(phrase) else rf"(?<![a-z0-9])(?:{pattern})(?![a-z0-9])"


def _literal(sign: str) -> str:
    return re.escape(unicodedata.normalize("NFKC", sign))
