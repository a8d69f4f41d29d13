"""The pages of an association that may carry the assistant, and what it adds for its visitors."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

SITE_KEY = r"^[a-z0-9][a-z0-9-]{1,62}$"
LARGEST_LOGO = 400_000
LONGEST_SESSION = 24 * 60
Origin = Annotated[str, StringConstraints(pattern=r"^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?$")]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)]


class Site(BaseModel):
    """One association's pages; an empty list of origins lets nobody embed the assistant.

    ``hours`` are those of the hotline, ``volunteer_hours`` when volunteers are there for a talk, in
    place of everybody's hours. A token lasts ``session_minutes``; ``daily_messages`` is for all visitors together,
    ``session_messages`` for one conversation.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: Annotated[str, StringConstraints(pattern=SITE_KEY)]
    name: str = Field(min_length=1, max_length=40)
    origins: tuple[Origin, ...] = ()
    accent: Colour | None = None
    theme: Literal["light", "dark"] | None = None
    label: str | None = Field(default=None, min_length=1, max_length=20)
    hotline: str | None = Field(default=None, max_length=60)
    hours: str | None = Field(default=None, max_length=60)
    volunteer_hours: str | None = Field(default=None, max_length=120)
    session_minutes: int = Field(default=4 * 60, ge=5, le=LONGEST_SESSION)
    session_messages: int | None = Field(default=None, ge=1)
    daily_messages: int | None = Field(default=None, ge=1)


class Logo(BaseModel):
    """A site's picture."""

    model_config = ConfigDict(frozen=True)

    media_type: Literal["image/png", "image/jpeg", "image/webp"]
    content: bytes = Field(max_length=LARGEST_LOGO)


class LocalNote(BaseModel):
    """What an association tells its own visitors, below the answer and under its name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = ""
    site: Annotated[str, StringConstraints(pattern=SITE_KEY)]
    title: Words
    questions: tuple[Words, ...] = Field(default=(), max_length=40)
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=600)]


class DayCount(BaseModel):
    """What happened on a site's pages on one day."""

    model_config = ConfigDict(frozen=True)

    day: str
    conversations: int = 0
    messages: int = 0
    answered: int = 0
    unanswered: int = 0
    useful: int = 0
    not_useful: int = 0
