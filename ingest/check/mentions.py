"""Articles named in a line: found, resolved by the law's name, and held against the citations."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from bot.chinese.provisions import MENTION, articles_in
from bot.knowledge.entry import Entry
from bot.knowledge.instrument import Instrument
from bot.knowledge.vocabulary import Verification
from ingest.check.wording import Line, all_lines, record_lines
from ingest.finding import Finding, Located
from ingest.load.knowledge_base import Sources

CONTRACT = re.compile(r"(?:合同|协议|条款|约定|章程|本办法|承诺书|通知)$")
ASIDE = re.compile(r"(?:（[^（）]*）|〔[^〔〕]*〕\d*号?|[《》〈〉“”\s])$")
REMARK = re.compile(r"（.*")
LAW_WORD = re.compile(r"(?:法|法典|条例|规定|办法|解释|意见|批复|指引|规则)$")
LIST_WORD = re.compile(r"[、，,；;和及与或以至到的]$")
ENGLISH_ARTICLE = re.compile(r"\b(?:art(?:icle|s|\.)*|articles)\.?\s+(\d+)", re.IGNORECASE)


OUTDATED = re.compile(r"旧|原第|过时|原来的")


class Mention(NamedTuple):
    """An article that a line names; no instrument if the line does not say of what."""

    instrument: Instrument | None
    article: str
    written: str


Names = Mapping[str, Instrument]


def check(sources: Sources) -> Iterator[Finding]:
    """Articles named without a law, of no known law, or without a citation to match."""
    names = names_of(sources)
    for entry in sources.entries:
        for line in all_lines(entry):
            named = list(mentions(line.text, names))
            told = {mention.article for mention in named if mention.instrument is not None}
            for mention in named:
                if mention.instrument is not None or mention.article not in told:
                    yield from _judge(entry, line, mention)
        yield from _english(entry)
    for record in (*sources.conduct_rules, *sources.deadlines, *sources.scam_signs):
        for line in record_lines(record):
            for mention in mentions(line.text, names):
                if mention.instrument is None or not mention.instrument.provision(mention.article):
                    message = f"{mention.written} is no provision we hold"
                    yield record.finding("unknown-article", message, *line.place)


def names_of(sources: Sources) -> dict[str, Instrument]:
    """Instruments by every name a line may use, longest name first."""
    named = {name: each.value for each in sources.instruments for name in _names(each.value)}
    return dict(sorted(named.items(), key=lambda item: -len(item[0])))


def _names(law: Instrument) -> Iterator[str]:
    """Its names, with and without brackets around a part number, and its document number."""
    for name in (law.name, *law.short_names):
        yield name
        yield name.replace("（", "").replace("）", "")
    if law.number is not None:
        yield REMARK.sub("", law.number)


def mentions(text: str, names: Names) -> Iterator[Mention]:
    """Every article that a text names, with the law whose article it is."""
    current: Instrument | None = None
    for match in MENTION.finditer(text):
        before = _without_asides(text[: match.start()], names)
        if CONTRACT.search(before) and _named_at_end(before, names) is None:
            continue
        current = _instrument_before(before, names, current)
        for article in articles_in(match):
            yield Mention(current, article, match[0])


def _instrument_before(before: str, names: Names, current: Instrument | None) -> Instrument | None:
    if (named := _named_at_end(before, names)) is not None:
        return named
    if LAW_WORD.search(before):
        return None
    if LIST_WORD.search(before) and current is not None:
        return current
    return _last_named(before, names) or current


def _named_at_end(before: str, names: Names) -> Instrument | None:
    return next((law for name, law in names.items() if before.endswith(name)), None)


def _last_named(before: str, names: Names) -> Instrument | None:
    ends = [(before.rfind(name) + len(name), len(name), name) for name in names if name in before]
    return names[max(ends)[2]] if ends else None


def _without_asides(before: str, names: Names) -> str:
    while (aside := ASIDE.search(before)) is not None and not _named_at_end(before, names):
        before = before[: aside.start()]
    return before


def _judge(entry: Located[Entry], line: Line, mention: Mention) -> Iterator[Finding]:
    law, article = mention.instrument, mention.article
    if law is None:
        message = "{article}: of which law? name it as the registry does"
        yield entry.finding("unnamed-law", message, *line.place, article=mention.written)
        return
    provision = law.provision(article)
    if (provision or law).verified is not Verification.TEXT:
        message = "{law} {article}: not read in its text, give no article"
        blanks = {"law": law.short_name, "article": mention.written}
        yield entry.finding("secondary-article", message, *line.place, **blanks)
    elif OUTDATED.search(line.text) and law.provision(article) is None:
        return
    elif not any(c.instrument == law.id and c.article == article for c in entry.value.citations):
        message = "{law} {said}: {name} {article} is not in citations"
        names = {"law": law.short_name, "name": law.id, "article": article}
        written = f"{law.short_name}第{article}条"
        yield entry.finding(
            "uncited", message, *line.place, said=mention.written, written=written, **names
        )


def _english(entry: Located[Entry]) -> Iterator[Finding]:
    cited = {citation.article for citation in entry.value.citations}
    for line in all_lines(entry):
        if line.place[0] != "english":
            continue
        for article in ENGLISH_ARTICLE.findall(line.text):
            if article not in cited:
                message, written = "{written} is not cited", f"article {article}"
                yield entry.finding("uncited", message, *line.place, written=written)
