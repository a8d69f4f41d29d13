"""Everything a published version of the knowledge base holds."""

from datetime import date
from functools import cached_property

from pydantic import BaseModel, ConfigDict

from bot.knowledge.entry import Entry
from bot.knowledge.fork import Fork
from bot.knowledge.instrument import Instrument, InstrumentStatus
from bot.knowledge.question_key import question_key
from bot.knowledge.registry import Channel, ConductRule, Creditor, Deadline, HelpLine, ScamSign
from bot.knowledge.worry import Worry


class Mark(BaseModel):
    """What curators know of an instrument before its file says so."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    instrument: str
    status: InstrumentStatus
    since: date


class ExactAnswer(BaseModel):
    """A question that one entry answers, whatever the search says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str
    entry: str


class Library(BaseModel):
    """The entries, instruments and registries, each to be had by its id.

    ``to_check`` are the entries that nobody has looked at since an instrument they cite, named
    there, was amended or repealed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    entries: tuple[Entry, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    channels: tuple[Channel, ...] = ()
    help_lines: tuple[HelpLine, ...] = ()
    creditors: tuple[Creditor, ...] = ()
    conduct_rules: tuple[ConductRule, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    scam_signs: tuple[ScamSign, ...] = ()
    forks: tuple[Fork, ...] = ()
    worries: tuple[Worry, ...] = ()
    marks: tuple[Mark, ...] = ()
    exact_answers: tuple[ExactAnswer, ...] = ()
    to_check: dict[str, str] = {}

    def exact_answer(self, question: str) -> str | None:
        """The entry that answers just these words, whatever the search says."""
        return self._exact.get(question_key(question)) if self.exact_answers else None

    @cached_property
    def _exact(self) -> dict[str, str]:
        return {question_key(each.question): each.entry for each in self.exact_answers}

    @cached_property
    def entry(self) -> dict[str, Entry]:
        """Entries by id."""
        return {each.id: each for each in self.entries}

    @cached_property
    def instrument(self) -> dict[str, Instrument]:
        """Instruments by id."""
        return {each.id: each for each in self.instruments}

    @cached_property
    def channel(self) -> dict[str, Channel]:
        """Channels by id."""
        return {each.id: each for each in self.channels}

    @cached_property
    def help_line(self) -> dict[str, HelpLine]:
        """Help lines by id."""
        return {each.id: each for each in self.help_lines}

    @cached_property
    def creditor(self) -> dict[str, Creditor]:
        """Creditors by id."""
        return {each.id: each for each in self.creditors}

    @cached_property
    def conduct_rule(self) -> dict[str, ConductRule]:
        """Conduct rules by id."""
        return {each.id: each for each in self.conduct_rules}

    @cached_property
    def deadline(self) -> dict[str, Deadline]:
        """Deadlines by id."""
        return {each.id: each for each in self.deadlines}

    @cached_property
    def scam_sign(self) -> dict[str, ScamSign]:
        """Scam signs by id."""
        return {each.id: each for each in self.scam_signs}
