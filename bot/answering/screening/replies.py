"""The reviewed words that answer what the screen found."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from bot.answering.reply import Action, Status
from bot.answering.screening.outcome import Outcome, Screening
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


class _Text(BaseModel):
    """Words in both languages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    chinese: str = Field(alias="zh-Hans")
    english: str = Field(alias="en")


class _Words(_Text):
    """A reply as it stands in its file."""

    answer_may_follow: bool
    comes_last: bool = False
    unless_sure: bool = False
    alone: _Text | None = None
    actions: tuple[_Buttons, ...] = ()
    citations: tuple[Citation, ...] = ()


STATUS_ALONE = {
    Outcome.CRISIS: Status.CRISIS,
    Outcome.WRONGDOING: Status.REFUSED,
    Outcome.INJECTION: Status.REFUSED,
    Outcome.LENDER_SIDE: Status.REFUSED,
    Outcome.UNKNOWABLE: Status.NO_SOURCE,
    Outcome.OUT_OF_SCOPE: Status.REFUSED,
}


@dataclass(frozen=True, slots=True)
class EarlyReply:
    """What is said beside, or instead of, the answer about the debt.

    It stands before the answer, or below it where it ``comes_last``. Where no answer is found
    ``alone`` is said, if there are such words, with the ``status`` of the finding. What is said
    ``unless_sure`` gives way to an answer that is.
    """

    text: str
    actions: tuple[Action, ...] = ()
    citations: tuple[Citation, ...] = ()
    answer_may_follow: bool = False
    comes_last: bool = False
    unless_sure: bool = False
    alone: str = ""
    status: Status = Status.ANSWERED

    def beside(self, answer: str) -> str:
        """The reply and the answer in the order in which they are read."""
        both = (answer, self.text) if self.comes_last else (self.text, answer)
        return "\n\n".join(filter(None, both))


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
        if words is None:
            return None
        return EarlyReply(
            text=_in_language(words, language),
            actions=tuple(_button(each, language) for each in words.actions),
            citations=words.citations,
            answer_may_follow=words.answer_may_follow,
            comes_last=words.comes_last,
            unless_sure=words.unless_sure,
            alone=_in_language(words.alone, language) if words.alone else "",
            status=STATUS_ALONE.get(screening.outcome, Status.ANSWERED),
        )


def _in_language(words: _Text, language: Language) -> str:
    text = (words.english if language is Language.ENGLISH else words.chinese).strip()
    return traditionalise(text) if language is Language.TRADITIONAL else text


def _button(words: _Buttons, language: Language) -> Action:
    label, said = words.english if language is Language.ENGLISH else words.chinese
    if language is Language.TRADITIONAL:
        return Action(traditionalise(label), traditionalise(said))
    return Action(label, said)
