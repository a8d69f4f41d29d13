"""The reviewed word lists of the judgements."""

import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.answering.screening.concept import Concept
from bot.chinese.normalise import simplified

Words = Mapping[str, Any]

FILE = Path(__file__).with_name("words.yaml")


@cache
def read_words(file: Path = FILE) -> Words:
    """Each list of the file by its name, in the notation of ``Concept``."""
    words: Words = yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return words


def folded(text: str) -> str:
    """The text as the lists are written: simplified, narrow, in lower case."""
    return unicodedata.normalize("NFKC", simplified(text)).lower()


def every(concept: Concept, text: str) -> list[str]:
    """Each place where something is said, in the order of the text."""
    found = []
    while (words := concept.first(text)) is not None:
        found.append(words)
        text = text.partition(words)[2]
    return found
