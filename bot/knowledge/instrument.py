"""Laws, regulations, standards and notices, and their articles."""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from bot.knowledge.vocabulary import Verification


class InstrumentKind(StrEnum):
    """What an instrument is; decides the tag shown beside a source."""

    LAW = "law"
    REGULATION = "regulation"
    INTERPRETATION = "interpretation"
    RULE = "rule"
    STANDARD = "standard"
    NOTICE = "notice"


class InstrumentStatus(StrEnum):
    """Whether an instrument may still be relied on."""

    IN_FORCE = "in_force"
    AMENDED = "amended"
    REPEALED = "repealed"
    EXPIRED = "expired"


class Provision(BaseModel):
    """One article of an instrument, told in plain words of ours; in English where it is often asked for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    article: str
    title: str
    paraphrase: str
    english: str = ""
    keywords: tuple[str, ...] = ()
    verified: Verification = Verification.TEXT


class Instrument(BaseModel):
    """A law, regulation, judicial interpretation, standard or notice."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    name: str
    short_names: tuple[str, ...]
    english: str = ""
    kind: InstrumentKind
    issuer: str
    number: str | None = None
    promulgated: date | None = None
    effective: date | None = None
    ended: date | None = None
    status: InstrumentStatus = InstrumentStatus.IN_FORCE
    replaced_by: str | None = None
    binding: bool = True
    verified: Verification = Verification.TEXT
    texts: tuple[str, ...] = ()
    note: str | None = None
    provisions: tuple[Provision, ...] = ()

    @property
    def short_name(self) -> str:
        """The name people use."""
        return self.short_names[0] if self.short_names else self.name

    def in_force(self, day: date) -> bool:
        """Whether the instrument applies on a day."""
        begun = self.effective is None or self.effective <= day
        return begun and (self.ended is None or day < self.ended)

    def provision(self, article: str) -> Provision | None:
        """The article, without its paragraph or item."""
        wanted = article.split(".")[0]
        return next((p for p in self.provisions if p.article == wanted), None)
