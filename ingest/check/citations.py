"""Every citation leads to a provision that applies, and says honestly how it was checked."""

from collections.abc import Iterator
from datetime import date

from pydantic import BaseModel

from bot.knowledge.entry import Citation
from bot.knowledge.instrument import Instrument, InstrumentStatus
from bot.knowledge.registry import Channel, ConductRule, Deadline, ScamSign
from bot.knowledge.vocabulary import Verification
from ingest.finding import Finding, Located, Place
from ingest.load.knowledge_base import Sources


def check(sources: Sources) -> Iterator[Finding]:
    """Citations that lead nowhere, to law no longer in force, or claim too much."""
    instruments = sources.library().instrument
    for holder, place, citation, day in cited(sources):
        for code, message in _faults(citation, instruments, day):
            yield holder.finding(code, message, *place)


def cited(
    sources: Sources,
) -> Iterator[tuple[Located[BaseModel], Place, Citation, date | None]]:
    """Every citation with who makes it, where, and on which day it must hold."""
    for entry in sources.entries:
        for number, citation in enumerate(entry.value.citations):
            yield entry, ("citations", number), citation, entry.value.reviewed
    citing: tuple[Located[ConductRule | ScamSign], ...] = (
        *sources.conduct_rules,
        *sources.scam_signs,
    )
    for rule in citing:
        for number, citation in enumerate(rule.value.citations):
            yield rule, ("citations", number), citation, None
    resting: tuple[Located[Deadline | Channel], ...] = (*sources.deadlines, *sources.channels)
    for record in resting:
        if record.value.citation is not None:
            yield record, ("citation",), record.value.citation, None


def _faults(
    citation: Citation, instruments: dict[str, Instrument], day: date | None
) -> Iterator[tuple[str, str]]:
    instrument = instruments.get(citation.instrument)
    if instrument is None:
        yield "unknown-instrument", f"no instrument {citation.instrument}"
        return
    if day is not None and not instrument.in_force(day):
        yield "not-in-force", f"{instrument.id} does not apply on {day}"
    if instrument.status in (InstrumentStatus.REPEALED, InstrumentStatus.EXPIRED):
        yield "not-in-force", f"{instrument.id} is {instrument.status}"
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
