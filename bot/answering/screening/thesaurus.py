"""Words of one meaning read as one letter: 我妈, 我爹 and 老母 are the same to the second opinion."""

import re
from collections.abc import Callable, Mapping, Sequence

FIRST_LETTER = 0xE000  # of Unicode's private letters, which no message contains once it is levelled
_AMOUNT = "\uf8ff"
_DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_FOREIGN = re.compile("[\ue000-\uf8ff]")


class Thesaurus:
    """Writes one private letter for each word of a list; longer words are read first."""

    def __init__(self, words: Mapping[str, Sequence[str]], spelling: Callable[[str], str]) -> None:
        self._letters: dict[str, str] = {}
        for place, meaning in enumerate(words.values()):
            for word in meaning:
                self._letters.setdefault(spelling(str(word)), chr(FIRST_LETTER + place))
        self._names = {chr(FIRST_LETTER + place): name for place, name in enumerate(words)}
        longest_first = sorted(self._letters, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(_as_pattern, longest_first)) or r"(?!)")

    def __call__(self, said: str) -> str:
        """The levelled text with meanings for words; numbers are one meaning too."""
        plain = _DIGITS.sub(_AMOUNT, _FOREIGN.sub("", said))
        return self._pattern.sub(lambda match: self._letters[match[0]], plain)

    def meanings(self, said: str) -> frozenset[str]:
        """The names of the lists that the text has a word of."""
        return frozenset(self._names[letter] for letter in self(said) if letter in self._names)


def is_meaning(letter: str) -> bool:
    """Whether a letter stands for a meaning."""
    return "\ue000" <= letter <= _AMOUNT


def _as_pattern(word: str) -> str:
    literal = re.escape(word)
    return rf"(?<![a-z]){literal}(?![a-z])" if word.isascii() else literal
