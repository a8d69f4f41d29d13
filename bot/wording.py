"""The assistant's own phrases, read from a reviewed file."""

from collections.abc import Mapping
from pathlib import Path

import yaml

from bot.chinese.scripts import traditionalise
from bot.knowledge.vocabulary import Language


class Wording:
    """Phrases by name and language; Traditional is made from Simplified where it is not given."""

    def __init__(self, phrases: Mapping[str, Mapping[str, str]]) -> None:
        self._phrases = phrases

    @classmethod
    def read(cls, *paths: Path) -> "Wording":
        """The phrases of YAML files."""
        phrases: dict[str, Mapping[str, str]] = {}
        for path in paths:
            phrases |= yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        return cls(phrases)

    def say(self, name: str, language: Language = Language.SIMPLIFIED) -> str:
        """A phrase; a phrase that no one wrote in that language is said in Chinese."""
        forms = self._phrases[name]
        if language is Language.TRADITIONAL and language not in forms:
            return traditionalise(forms["zh-Hans"]).strip()
        return (forms.get(language) or forms["zh-Hans"]).strip()
