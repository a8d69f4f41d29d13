"""Every id is one thing's name, and an entry stands where its id and topic say."""

import re
from collections.abc import Iterator, Sequence

from bot.knowledge.entry import Entry
from bot.knowledge.instrument import Instrument
from bot.knowledge.registry import Channel, HelpLine, Record
from ingest.finding import Finding, Located
from ingest.load.knowledge_base import Sources

NUMBER_IN_ID = re.compile(r"-(\d+)$")
Identified = Located[Entry | Instrument | Record]


def check(sources: Sources) -> Iterator[Finding]:
    """Ids given twice, and files that do not match what they hold."""
    for kind in _kinds(sources):
        yield from _twice(kind)
    for entry in sources.entries:
        if entry.value.id != entry.file.stem:
            yield entry.finding("id-file", f"id {entry.value.id} is not the file's name", "id")
        if entry.value.topic != entry.file.parent.name:
            yield entry.finding(
                "topic-folder", f"topic {entry.value.topic} is not the folder's name", "topic"
            )
    bearers: tuple[Located[Channel | HelpLine], ...] = (*sources.channels, *sources.help_lines)
    for bearer in bearers:
        digits = NUMBER_IN_ID.search(bearer.value.id)
        if digits is not None and digits[1] != bearer.value.number:
            yield bearer.finding("id-number", f"its id says {digits[1]}", "number")
    for instrument in sources.instruments:
        if instrument.value.id != instrument.file.stem:
            yield instrument.finding(
                "id-file", f"id {instrument.value.id} is not the file's name", "id"
            )
        yield from _articles_twice(instrument)


def _kinds(sources: Sources) -> Iterator[Sequence[Identified]]:
    yield sources.entries
    yield sources.instruments
    yield sources.channels
    yield sources.help_lines
    yield sources.creditors
    yield sources.conduct_rules
    yield sources.deadlines
    yield sources.scam_signs
    yield sources.forks
    yield sources.worries


def _twice(located: Sequence[Identified]) -> Iterator[Finding]:
    first: dict[str, Identified] = {}
    for each in located:
        other = first.setdefault(each.value.id, each)
        if other is not each:
            yield each.finding(
                "id-twice", f"{each.value.id} is also {other.file}:{other.line('id')}", "id"
            )


def _articles_twice(instrument: Located[Instrument]) -> Iterator[Finding]:
    seen: set[str] = set()
    for number, provision in enumerate(instrument.value.provisions):
        if provision.article in seen:
            yield instrument.finding(
                "article-twice", f"article {provision.article}", "provisions", number
            )
        seen.add(provision.article)
