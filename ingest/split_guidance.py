"""A library -> the passages that are indexed: one an entry, one a provision."""

from collections.abc import Iterator

from bot.chinese.provisions import article_in_chinese
from bot.knowledge.entry import Citation, Entry
from bot.knowledge.instrument import Instrument, InstrumentKind, Provision
from bot.knowledge.library import Library
from bot.knowledge.passage import Passage
from bot.knowledge.vocabulary import TrustTier

TRUST = {
    InstrumentKind.LAW: TrustTier.STATUTE,
    InstrumentKind.REGULATION: TrustTier.STATUTE,
    InstrumentKind.INTERPRETATION: TrustTier.STATUTE,
    InstrumentKind.RULE: TrustTier.REGULATOR,
    InstrumentKind.NOTICE: TrustTier.REGULATOR,
    InstrumentKind.STANDARD: TrustTier.STANDARD,
}


def passages(library: Library) -> list[Passage]:
    """Everything in the library that can be found; what has ended carries its dates."""
    provisions = [
        _from_provision(instrument, provision)
        for instrument in library.instruments
        for provision in instrument.provisions
    ]
    known = {passage.id for passage in provisions}
    exact: dict[str, tuple[str, ...]] = {}
    for answer in library.exact_answers:
        exact[answer.entry] = (*exact.get(answer.entry, ()), answer.question)
    entries = [_from_entry(entry, known, exact.get(entry.id, ())) for entry in library.entries]
    return entries + provisions


def provision_id(instrument: str, article: str) -> str:
    """The id of a provision's passage.

    >>> provision_id("civil-code", "1033")
    'civil-code:1033'
    """
    return f"{instrument}:{article}"


def _from_entry(entry: Entry, known: set[str], exact: tuple[str, ...]) -> Passage:
    return Passage(
        id=entry.id,
        title=entry.title,
        heading=(entry.topic,),
        text="\n".join(_lines(entry)),
        questions=(*entry.questions, *exact),
        cites=tuple(cited for cited in map(_cited, entry.citations) if cited in known),
        trust=TrustTier.GUIDANCE,
        audience=entry.audience,
        lender_types=frozenset(entry.lender_types),
    )


def _lines(entry: Entry) -> Iterator[str]:
    yield entry.short_answer
    for section in (entry.steps, entry.they_may_not, entry.do_not, entry.why):
        yield from section
    if entry.script is not None:
        yield entry.script
    if entry.english is not None:
        yield entry.english.short_answer
        yield from entry.english.steps


def _cited(citation: Citation) -> str:
    return provision_id(citation.instrument, (citation.article or "").split(".")[0])


def _from_provision(instrument: Instrument, provision: Provision) -> Passage:
    return Passage(
        id=provision_id(instrument.id, provision.article),
        title=instrument.name,
        heading=(_article(provision.article), provision.title),
        text="\n".join(filter(None, (provision.paraphrase, " ".join(provision.keywords)))),
        trust=TRUST[instrument.kind],
        effective=instrument.effective,
        ended=instrument.ended,
    )


def _article(article: str) -> str:
    """In Chinese where it is a number; a reply's points and a standard's headings stay."""
    return article_in_chinese(article) if article.replace("-", "").isdigit() else article
