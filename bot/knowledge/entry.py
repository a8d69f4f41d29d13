"""One piece of curated guidance."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from bot.knowledge.vocabulary import Audience, LenderType, Risk, Stage, Verification


class Citation(BaseModel):
    """An entry's pointer to the article it rests on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    instrument: str
    article: str | None = None
    verified: Verification = Verification.TEXT


class EnglishText(BaseModel):
    """The short answer and steps for readers of English."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    short_answer: str
    steps: tuple[str, ...] = ()


class Entry(BaseModel):
    """What people ask, what to tell them, and what it rests on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: str
    topic: str
    stages: tuple[Stage, ...] = ()
    audience: Audience = Audience.BORROWER
    lender_types: tuple[LenderType, ...] = (LenderType.ANY,)
    creditors: tuple[str, ...] = ()
    risk: Risk = Risk.NONE
    questions: tuple[str, ...] = Field(min_length=1)
    short_answer: str
    steps: tuple[str, ...] = ()
    they_may_not: tuple[str, ...] = ()
    do_not: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    script: str | None = None
    english: EnglishText | None = None
    citations: tuple[Citation, ...] = ()
    channels: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    template: str | None = None
    created: date
    reviewed: date
    review_due: date

    def lists(self, question: str) -> bool:
        """Whether these very words are one of its question forms."""
        return question.strip() in self.questions
