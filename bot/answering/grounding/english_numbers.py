"""English numbers in words as digits: fifteen days, two months, thirty-six percent."""

import re

_UP_TO_NINETEEN = """zero one two three four five six seven eight nine ten eleven twelve thirteen
fourteen fifteen sixteen seventeen eighteen nineteen"""
_SMALL = {word: value for value, word in enumerate(_UP_TO_NINETEEN.split())}
_BY_TEN = """twenty thirty forty fifty sixty seventy eighty ninety"""
_TENS = {word: 10 * value for value, word in enumerate(_BY_TEN.split(), 2)}
_TIMES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_WORD = "|".join(sorted([*_SMALL, *_TENS, *_TIMES], key=len, reverse=True))
_NUMBER = re.compile(rf"\b(?:{_WORD})(?:(?:\s+and)?[\s-]+(?:{_WORD}))*\b", re.IGNORECASE)


def in_digits(text: str) -> str:
    """The text with its numbers as digits; a lone “one” is grammar and stays.

    >>> in_digits("within fifteen days, one of two hundred and ten")
    'within 15 days, one of 210'
    """
    return _NUMBER.sub(_written, text)


def _written(match: re.Match[str]) -> str:
    words = [word for word in re.split(r"[\s-]+", match[0].casefold()) if word != "and"]
    return match[0] if words == ["one"] else str(_value(words))


def _value(words: list[str]) -> int:
    total = section = 0
    for word in words:
        if word in _TIMES:
            section = max(section, 1) * _TIMES[word]
            if word != "hundred":
                total, section = total + section, 0
        else:
            section += _SMALL.get(word, 0) or _TENS.get(word, 0)
    return total + section
