"""Every citation leads to a provision that applies, and says honestly how it was checked."""

import re
from collections.abc import Iterator
from datetime import date

from pydantic import BaseModel

from bot.knowledge.entry import Citation, Entry
from bot.knowledge.instrument import Instrument, InstrumentStatus
from bot.knowledge.registry import Channel, ConductRule, Deadline, Record, ScamSign
from bot.knowledge.vocabulary import Verification
from ingest.finding import Finding, Located, Place
from ingest.load.knowledge_base import Sources

ENDED = re.compile(r"截止|失效|废止|过期|不再适用|被.{0,12}(?:替代|取代)")


def check(sources: Sources) -> Iterator[Finding]:
    """Citations that lead nowhere, to law no longer in force, or claim too much."""
    instruments = sources.library().instrument
    for holder, place, citation, day in cited(sources):
        told_as_ended = isinstance(holder.value, Entry) and _tells_an_end(holder.value)
        for code, message in _faults(citation, instruments, day, told_as_ended):
            yield holder.finding(code, message, *place)


def cited(
    sources: Sources,
) -> Iterator[tuple[Located[BaseModel], Place, Citation, date | None]]:
    """Every citation with who makes it, where, and on which day it must hold."""
    for entry in sources.entries:
        for number, citation in enumerate(entry.value.citations):
            yield entry, ("citations", number), citation, entry.value.reviewed
    records: tuple[Located[Record], ...] = (
        *sources.conduct_rules,
        *sources.scam_signs,
        *sources.deadlines,
        *sources.channels,
    )
    for record in records:
        for number, citation in enumerate(citations_of(record.value)):
            yield record, _place(record.value, number), citation, None


def citations_of(record: Record) -> tuple[Citation, ...]:
    """What a record rests on."""
    match record:
        case ConductRule() | ScamSign():
            return record.citations
        case Deadline():
            return (record.citation,)
        case Channel(citation=Citation() as citation):
            return (citation,)
        case _:
            return ()


def _place(record: Record, number: int) -> Place:
    several = isinstance(record, ConductRule | ScamSign)
    return ("citations", number) if several else ("citation",)


def _faults(
    citation: Citation, instruments: dict[str, Instrument], day: date | None, told_as_ended: bool
) -> Iterator[tuple[str, str]]:
    instrument = instruments.get(citation.instrument)
    if instrument is None:
        yield "unknown-instrument", f"no instrument {citation.instrument}"
        return
    if not _applies(instrument, day) and not (told_as_ended and citation.article is None):
        yield "not-in-force", f"{instrument.id} does not apply on {day or 'any day now'}"
    if citation.article is not None and instrument.provision(citation.article) is None:
        yield "unknown-article", f"{instrument.id} has no provision {citation.article}"
    if citation.verified is Verification.MEMORY and citation.article is not None:
        yield "memory-article", "what was not checked carries no article"
    if citation.article is not None and citation.verified is Verification.SECONDARY:
        yield "secondary-article", "what is known by report carries no article"
    provision = instrument.provision(citation.article) if citation.article else None
    known = (provision or instrument).verified
    if citation.verified is Verification.TEXT and known is not Verification.TEXT:
        yield "overclaimed", f"{instrument.id} was not read in its official text"


def _applies(instrument: Instrument, day: date | None) -> bool:
    ended = instrument.status in (InstrumentStatus.REPEALED, InstrumentStatus.EXPIRED)
    return not ended and (day is None or instrument.in_force(day))


def _tells_an_end(entry: Entry) -> bool:
    """Whether an entry is about a rule that is over, and may point to it as such."""
    return any(ENDED.search(line) for line in (entry.short_answer, *entry.why))
