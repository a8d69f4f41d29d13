"""Word lists that volunteers can read, made into fast patterns."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Self

Lexicon = Mapping[str, Sequence[str]]

_NUMERALS = "0123456789零一二两三四五六七八九十百千万几"
_SIGNS = {
    "…": "[^。!?\n]{0,8}?",
    "#": f"[{_NUMERALS}]{{1,6}}",
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
        # Most letters begin no phrase; looking at one letter first makes a long text ten times faster.
        first = "".join(
            re.escape(letter) for letter in sorted(set().union(*map(_openings, phrases)))
        )
        choices = "|".join(map(_as_pattern, phrases))
        self._pattern = re.compile(f"(?=[{first}])(?:{choices})" if phrases else r"(?!)")

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


def _openings(phrase: str) -> set[str]:
    """The letters with which a phrase can begin."""
    letters: set[str] = set()
    for choice in _choices(phrase):
        rest, may_begin_later = choice, True
        while may_begin_later:
            head, rest = _head(rest)
            letters |= _openings(head[1:-1]) if len(head) > 1 else _letters(head)
            may_begin_later, rest = rest.startswith("?"), rest[1:]
    return letters


def _choices(phrase: str) -> list[str]:
    """The alternatives of a phrase that stand outside its brackets."""
    depth, choices = 0, [""]
    for sign in phrase:
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and depth == 0:
            choices.append("")
        else:
            choices[-1] += sign
    return choices


def _head(phrase: str) -> tuple[str, str]:
    """The first letter or bracket of a phrase, and what follows it."""
    depth = 0
    for place, sign in enumerate(phrase):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return phrase[: place + 1], phrase[place + 1 :]
    raise ValueError(f"brackets do not close: {phrase}")


def _letters(sign: str) -> set[str]:
    return set(_NUMERALS) if sign == "#" else {unicodedata.normalize("NFKC", sign)}
