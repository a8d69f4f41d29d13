"""Every citation leads to a provision that applies, and says honestly how it was checked."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

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
        say = partial(_say, holder, place)
        yield from _faults(citation, instruments, day, told_as_ended, say)


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


def _say(
    holder: Located[BaseModel], place: Place, code: str, message: str, **about: object
) -> Finding:
    return holder.finding(code, message, *place, **about)


def _faults(
    citation: Citation,
    instruments: dict[str, Instrument],
    day: date | None,
    told_as_ended: bool,
    say: Callable[..., Finding],
) -> Iterator[Finding]:
    name, article = citation.instrument, citation.article
    instrument = instruments.get(name)
    if instrument is None:
        yield say("unknown-instrument", "no instrument {name}", name=name)
        return
    law = instrument.short_name
    if not _applies(instrument, day) and not (told_as_ended and article is None):
        on = day or "any day now"
        yield say("not-in-force", "{name} does not apply on {day}", name=name, law=law, day=on)
    if article is not None and instrument.provision(article) is None:
        message = "{name} has no provision {article}"
        yield say("unknown-article", message, name=name, law=law, article=article)
    if citation.verified is Verification.MEMORY and article is not None:
        yield say("memory-article", "what was not checked carries no article")
    if article is not None and citation.verified is Verification.SECONDARY:
        yield say("secondary-article", "what is known by report carries no article")
    provision = instrument.provision(article) if article else None
    known = (provision or instrument).verified
    if citation.verified is Verification.TEXT and known is not Verification.TEXT:
        yield say("overclaimed", "{name} was not read in its official text", name=name, law=law)


def _applies(instrument: Instrument, day: date | None) -> bool:
    ended = instrument.status in (InstrumentStatus.REPEALED, InstrumentStatus.EXPIRED)
    return not ended and (day is None or instrument.in_force(day))


def _tells_an_end(entry: Entry) -> bool:
    """Whether an entry is about a rule that is over, and may point to it as such."""
    return any(ENDED.search(line) for line in (entry.short_answer, *entry.why))
