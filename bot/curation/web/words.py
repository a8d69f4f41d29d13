"""The workspace's own words: Chinese as written in the pages, English from a reviewed file."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).parent / "english.yaml"
LANGUAGES = ("zh-Hans", "en")

Say = Callable[..., str]


@cache
def english() -> dict[str, str]:
    """Every Chinese phrase of the pages with its English."""
    read: dict[str, str] = yaml.load(FILE.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return read


def speaker(language: str) -> Say:
    """What says a phrase in a language, with its blanks filled.

    >>> speaker("zh-Hans")("第 {number} 版", number=3)
    '第 3 版'
    """

    def say(phrase: str, **blanks: object) -> str:
        text = english().get(phrase, phrase) if language == "en" else phrase
        return text.format(**blanks) if blanks else text

    return say


def language_of(chosen: str | None, accepted: str) -> str:
    """The language a person chose, else the one their browser asks for first.

    >>> language_of(None, "en-GB,en;q=0.9,zh;q=0.1"), language_of(None, "")
    ('en', 'zh-Hans')
    """
    if chosen in LANGUAGES:
        return chosen
    return "en" if accepted.strip().lower().startswith("en") else "zh-Hans"
