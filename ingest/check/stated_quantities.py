"""Amounts and periods that a line or record gives as law stand in the articles it rests on."""

import re
from collections.abc import Iterator

from bot.knowledge.entry import Entry
from bot.knowledge.registry import Deadline, Record
from ingest.check.citations import citations_of
from ingest.check.confidence import HEDGED
from ingest.check.mentions import Names, mentions, names_of
from ingest.check.official_texts import Texts, around
from ingest.check.quantities import quantities
from ingest.check.wording import Line, chinese_lines, record_lines
from ingest.finding import Finding, Located
from ingest.load.knowledge_base import Sources

REACH_OF_LINE = 1  # a line names its article exactly; only the next one may add to it
REACH_OF_RECORD = 8
OUTDATED = re.compile(r"旧|原来|提高到|改为|不再|没有依据|不是")
CLAUSE_END = re.compile(r"[，。；]")


def check(sources: Sources, texts: Texts) -> Iterator[Finding]:
    """Numbers in no article that is named beside them."""
    names = names_of(sources)
    for entry in sources.entries:
        for line in chinese_lines(entry):
            yield from _in_line(entry, line, names, texts)
    for record, official in _records(sources, texts):
        for line in (*record_lines(record), *_periods(record.value)):
            if not HEDGED.search(line.text):
                for quantity in sorted(quantities(_current(line.text)) - quantities(official)):
                    message = f"no {quantity} in the articles it cites"
                    yield record.finding("not-in-text", message, *line.place)


def _in_line(entry: Located[Entry], line: Line, names: Names, texts: Texts) -> Iterator[Finding]:
    named = {(m.instrument.id, m.article) for m in mentions(line.text, names) if m.instrument}
    if not named or not all(article in texts.best(law) for law, article in named):
        return
    official = [around(article, texts.best(law), REACH_OF_LINE) for law, article in named]
    laws = {law for law, _ in named}
    of_the_same_laws = [
        texts.best(citation.instrument).get(citation.article or "", "")
        for citation in entry.value.citations
        if citation.instrument in laws
    ]
    known = quantities("\n".join([*official, *of_the_same_laws]))
    for quantity in sorted(quantities(_current(line.text)) - known):
        articles = "、".join(sorted(article for _, article in named))
        message = f"no {quantity} in article {articles}"
        yield entry.finding("not-in-text", message, *line.place)


def _records(sources: Sources, texts: Texts) -> Iterator[tuple[Located[Record], str]]:
    """The records that cite articles, with what those articles and their neighbours say."""
    for record in (*sources.conduct_rules, *sources.deadlines, *sources.scam_signs):
        official = [
            around(article, texts.best(citation.instrument), REACH_OF_RECORD)
            for citation in citations_of(record.value)
            if (article := citation.article) and article in texts.best(citation.instrument)
        ]
        if official:
            yield record, "\n".join(official)


def _periods(record: Record) -> Iterator[Line]:
    if not isinstance(record, Deadline):
        return
    day = "工作日" if "工作日" in record.counted_from else "日"
    periods = (("days", record.days, day), ("months", record.months, "个月"))
    for field, count, unit in (*periods, ("years", record.years, "年")):
        if count is not None:
            yield Line((field,), f"{count}{unit}")


def _current(text: str) -> str:
    """The text without the clauses that tell what the law used to say."""
    return "，".join(part for part in CLAUSE_END.split(text) if not OUTDATED.search(part))
