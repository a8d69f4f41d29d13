"""The closing line: habits that help in this kind of trouble, unless the answer has said them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

import yaml
from pydantic import BaseModel, ConfigDict

from bot.knowledge.vocabulary import Language

MOST_CLAUSES = 3


class Clause(BaseModel):
    """A short habit, and the words by which one sees that it was said already."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    say: str
    unless: tuple[str, ...]
    say_en: str
    unless_en: tuple[str, ...]

    def in_language(self, language: Language) -> tuple[str, tuple[str, ...]]:
        """The habit, and the words that say it already, for the reader; Traditional is made later."""
        if language is Language.ENGLISH:
            return self.say_en, self.unless_en
        return self.say, self.unless


class Reminders:
    """The clauses of each topic, most useful first."""

    def __init__(self, clauses: Mapping[str, Clause], topics: Mapping[str, Sequence[str]]) -> None:
        self._of_topic = {
            topic: tuple(clauses[name] for name in names) for topic, names in topics.items()
        }

    @classmethod
    def read(cls, path: Path) -> Self:
        """The reminders of a reviewed file."""
        found = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        clauses = {name: Clause.model_validate(each) for name, each in found["clauses"].items()}
        return cls(clauses, found["topics"])

    def __call__(self, topic: str, told: str, language: Language = Language.SIMPLIFIED) -> str:
        """What is worth adding to what was told; empty where nothing is."""
        told = told.casefold()
        clauses = (clause.in_language(language) for clause in self._of_topic.get(topic, ()))
        missing = [say for say, unless in clauses if not any(word in told for word in unless)]
        if not missing:
            return ""
        if language is Language.ENGLISH:
            return ". ".join(missing[:MOST_CLAUSES]) + "."
        return "；".join(missing[:MOST_CLAUSES]) + "。"
