"""Chinese words beside English ones, for a reader who has to say them at a counter or on the phone."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import yaml

MOST = 4  # in one answer; more would crowd it


class Glosses:
    """English terms with the Chinese ones that offices use."""

    def __init__(self, chinese: Mapping[str, str]) -> None:
        self._chinese = chinese
        longest_first = sorted(chinese, key=len, reverse=True)
        choices = "|".join(map(re.escape, longest_first))
        self._term = re.compile(rf"\b(?:{choices})\b" if chinese else r"(?!)", re.IGNORECASE)

    @classmethod
    def read(cls, path: Path) -> Self:
        """The glosses of a reviewed file."""
        return cls(yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader))

    def __call__(self, text: str) -> str:
        """The text with the Chinese behind the first mention of its first terms.

        >>> Glosses({"legal aid": "法律援助"})("Legal aid is free; ask for legal aid.")
        'Legal aid (法律援助) is free; ask for legal aid.'
        """
        told: set[str] = set()

        def with_chinese(found: re.Match[str]) -> str:
            chinese = self._chinese[found[0].lower()]
            if chinese in told or chinese in text or len(told) == MOST:
                return found[0]
            told.add(chinese)
            return f"{found[0]} ({chinese})"

        return self._term.sub(with_chinese, text)
