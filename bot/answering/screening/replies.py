"""The reviewed words that answer what the screen found."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from bot.answering.reply import Action
from bot.answering.screening.outcome import Screening
from bot.answering.screening.phrases import read_phrases
from bot.chinese.scripts import traditionalise
from bot.knowledge.entry import Citation
from bot.knowledge.vocabulary import Language

Button = tuple[str, str]


class _Buttons(BaseModel):
    """A button in both languages: its label and the message it sends."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    chinese: Button = Field(alias="zh-Hans")
    english: Button = Field(alias="en")


class _Words(BaseModel):
    """A reply as it stands in its file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    answer_may_follow: bool
    chinese: str = Field(alias="zh-Hans")
    english: str = Field(alias="en")
    actions: tuple[_Buttons, ...] = ()
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class EarlyReply:
    """What is said before, or instead of, the answer about the debt."""

    text: str
    actions: tuple[Action, ...] = ()
    citations: tuple[Citation, ...] = ()
    answer_may_follow: bool = False


class Replies:
    """The early reply for each outcome and variant; Traditional is made from Simplified."""

    def __init__(self, phrases: Mapping[str, Mapping[str, object]]) -> None:
        self._words = {
            (outcome, variant): _Words.model_validate(words)
            for outcome, variants in phrases.items()
            for variant, words in variants.items()
        }

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The replies of a folder."""
        return cls(read_phrases(folder))

    def __call__(
        self, screening: Screening, language: Language = Language.SIMPLIFIED
    ) -> EarlyReply | None:
        """The reviewed words, or nothing where the screen found nothing."""
        words = self._words.get((screening.outcome, screening.variant))
        return _in_language(words, language) if words else None


def _in_language(words: _Words, language: Language) -> EarlyReply:
    english = language is Language.ENGLISH
    text = (words.english if english else words.chinese).strip()
    buttons = [each.english if english else each.chinese for each in words.actions]
    if language is Language.TRADITIONAL:
        text = traditionalise(text)
        buttons = [(traditionalise(label), traditionalise(said)) for label, said in buttons]
    actions = tuple(Action(label, said) for label, said in buttons)
    return EarlyReply(text, actions, words.citations, words.answer_may_follow)
