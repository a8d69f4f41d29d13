"""The registries: who takes complaints, who lends, what collectors may do, what clocks run."""

from datetime import time

from pydantic import BaseModel, ConfigDict

from bot.knowledge.entry import Citation
from bot.knowledge.vocabulary import LenderType, Verification


class Record(BaseModel):
    """A registry record: immutable, and strict about its fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str


class Channel(Record):
    """A complaint body (投诉渠道)."""

    name: str
    number: str | None = None
    site: str | None = None
    takes: tuple[str, ...]
    lender_types: tuple[LenderType, ...] = (LenderType.ANY,)
    prerequisites: tuple[str, ...] = ()
    attach: tuple[str, ...] = ()
    reply_deadline: str | None = None
    cannot: tuple[str, ...] = ()
    verified: Verification
    citation: Citation | None = None


class HelpLine(Record):
    """A national line to call when something is happening now."""

    name: str
    number: str
    purpose: str
    purpose_en: str
    verified: Verification


class Creditor(Record):
    """A lender or platform as borrowers name it."""

    name: str
    aliases: tuple[str, ...] = ()
    lender_type: LenderType
    other_types: tuple[LenderType, ...] = ()
    licensed_entity: str | None = None
    contact: str | None = None
    how_to_find: str
    regulator_channel: str
    verified: Verification
    note: str | None = None


class ConductCondition(BaseModel):
    """What makes a rule apply without any of its words; all that is set must hold.

    Counts are a day's; ``between`` is a span in Asia/Shanghai that may pass midnight;
    ``nothing_worse`` marks what is allowed as long as nothing else was done.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    media: tuple[str, ...] = ()
    contacted: tuple[str, ...] = ()
    between: tuple[time, time] | None = None
    calls_over: int | None = None
    calls_up_to: int | None = None
    connected_over: int | None = None
    visitors_up_to: int | None = None
    nothing_worse: bool = False


class ConductRule(Record):
    """What a collector's act is worth under which condition; verdict as in the conduct contract."""

    act: str
    words: tuple[str, ...]
    condition: str | None = None
    when: ConductCondition | None = None
    verdict: str
    why: str
    citations: tuple[Citation, ...]


class Deadline(Record):
    """A clock that starts with an event."""

    event: str
    days: int | None = None
    months: int | None = None
    years: int | None = None
    counted_from: str
    consequence: str
    citation: Citation


class ScamSign(Record):
    """A sign by which a swindle shows itself."""

    sign: str
    words: tuple[str, ...]
    why: str
    citations: tuple[Citation, ...] = ()
