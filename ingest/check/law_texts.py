"""What we say of an article, held against its official text."""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import pairwise
from pathlib import Path

from bot.knowledge.instrument import Instrument, Provision
from bot.knowledge.vocabulary import Verification
from ingest.check.citations import cited
from ingest.check.mentions import mentions, names_of
from ingest.check.quantities import quantities
from ingest.check.wording import chinese_lines
from ingest.finding import Finding, Located
from ingest.load.knowledge_base import Sources
from ingest.load.law_texts import read_articles

LEAST_SHARED = 0.1
NEIGHBOURS = 8
OUTDATED = re.compile(r"旧|原来|提高到|改为|不再|没有依据|不是")
CLAUSE_END = re.compile(r"[，。；]")
Articles = Mapping[str, str]


def check(sources: Sources, folder: Path) -> Iterator[Finding]:
    """Articles that the official text does not have, or that say something else there."""
    texts = {each.value.id: _articles(each.value, folder) for each in sources.instruments}
    for instrument in sources.instruments:
        yield from _paraphrases(instrument, texts[instrument.value.id])
    for holder, place, citation, _ in cited(sources):
        articles = texts.get(citation.instrument)
        if not articles or citation.article is None:
            continue
        if citation.verified is Verification.TEXT and citation.article not in articles:
            message = f"{citation.instrument} has no article {citation.article} in its text"
            yield holder.finding("no-such-article", message, *place)
    yield from _quantities(sources, texts)


def shared(ours: str, official: str) -> float:
    """How much of our wording, in pairs of characters, the official text has too."""
    pairs = {a + b for a, b in pairwise(ours)}
    return len(pairs & {a + b for a, b in pairwise(official)}) / max(len(pairs), 1)


def _articles(instrument: Instrument, folder: Path) -> Articles:
    articles: dict[str, str] = {}
    for name in instrument.texts:
        file = folder / f"{name.removesuffix('.md')}.md"
        if file.exists():
            articles |= read_articles(file)
    return articles


def _paraphrases(instrument: Located[Instrument], articles: Articles) -> Iterator[Finding]:
    if not articles:
        if instrument.value.texts:
            yield instrument.finding("no-text", "none of its texts is there", "texts")
        return
    for number, provision in enumerate(instrument.value.provisions):
        find = partial(_at_provision, instrument, number)
        if provision.verified is not Verification.TEXT:
            continue
        official = articles.get(provision.article)
        if official is None:
            yield find("no-such-article", f"no article {provision.article} in its text")
            continue
        yield from _differences(provision, official, _around(provision.article, articles), find)


def _at_provision(instrument: Located[Instrument], number: int, code: str, message: str) -> Finding:
    return instrument.finding(code, message, "provisions", number, "paraphrase")


def _around(article: str, articles: Articles) -> str:
    """The article with its neighbours: a rule's number often stands a few articles before."""
    number = int(article.partition("-")[0])
    near = {str(each) for each in range(number - NEIGHBOURS, number + NEIGHBOURS + 1)}
    return "\n".join(text for each, text in articles.items() if each in near | {article})


def _differences(
    provision: Provision, official: str, around: str, find: "partial[Finding]"
) -> Iterator[Finding]:
    likeness = shared(provision.title + provision.paraphrase, official)
    if likeness < LEAST_SHARED:
        yield find("unlike-text", f"shares {likeness:.0%} with article {provision.article}")
    for quantity in sorted(quantities(provision.paraphrase) - quantities(around)):
        yield find("not-in-text", f"article {provision.article} does not say {quantity}")


def _quantities(sources: Sources, texts: Mapping[str, Articles]) -> Iterator[Finding]:
    """Amounts and periods in a line that names articles, where none of those articles has them."""
    names = names_of(sources)
    for entry in sources.entries:
        for line in chinese_lines(entry):
            named = [m for m in mentions(line.text, names) if m.instrument is not None]
            official = [
                texts[m.instrument.id].get(m.article, "") for m in named if m.instrument is not None
            ]
            if not official or not all(official):
                continue
            laws = {m.instrument.id for m in named if m.instrument is not None}
            cited_too = [
                texts[c.instrument].get(c.article or "", "")
                for c in entry.value.citations
                if c.instrument in laws
            ]
            known = set().union(*map(quantities, [*official, *cited_too]))
            for quantity in sorted(quantities(_current(line.text)) - known):
                written = "、".join(m.written for m in named)
                yield entry.finding("not-in-text", f"{written}: no {quantity} there", *line.place)


def _current(text: str) -> str:
    """The text without the clauses that tell what the law used to say."""
    return "，".join(part for part in CLAUSE_END.split(text) if not OUTDATED.search(part))
