"""A paraphrase says what its article says: the same words, the same numbers."""

from collections.abc import Iterator
from itertools import pairwise

from bot.knowledge.instrument import Instrument
from bot.knowledge.vocabulary import Verification
from ingest.check.official_texts import Articles, Texts, around
from ingest.check.quantities import quantities
from ingest.finding import Finding, Located
from ingest.load.knowledge_base import Sources

LEAST_SHARED = 0.18  # of 823 true paraphrases the least alike shares 0.20
FAR_MORE = 0.15  # another article shared at most 0.11 beyond the true one
REACH = 8  # articles; a paraphrase may bring in a number from the rule it continues
Pairs = frozenset[str]


def check(sources: Sources, texts: Texts) -> Iterator[Finding]:
    """Paraphrases that read like no or like another article, or have a number of their own."""
    for instrument in sources.instruments:
        articles = texts.official[instrument.value.id]
        yield from _wording(instrument, articles)
        yield from _numbers(instrument, articles)


def _wording(instrument: Located[Instrument], articles: Articles) -> Iterator[Finding]:
    official = {article: _pairs(text) for article, text in articles.items()}
    for number, provision in enumerate(instrument.value.provisions):
        own = official.get(provision.article)
        if own is None or provision.verified is not Verification.TEXT:
            continue
        ours = _pairs(provision.title + provision.paraphrase)
        likeness = _shared(ours, own)
        likest = max(official, key=lambda article: _shared(ours, official[article]))
        if likeness < LEAST_SHARED:
            message = f"shares {likeness:.0%} of its wording with article {provision.article}"
        elif _shared(ours, official[likest]) > likeness + FAR_MORE:
            message = f"reads like article {likest}, not {provision.article}"
        else:
            continue
        yield instrument.finding("unlike-text", message, "provisions", number, "paraphrase")


def _numbers(instrument: Located[Instrument], articles: Articles) -> Iterator[Finding]:
    for number, provision in enumerate(instrument.value.provisions):
        if provision.article not in articles:
            continue
        official = quantities(around(provision.article, articles, REACH))
        for quantity in sorted(quantities(provision.paraphrase) - official):
            message = f"article {provision.article} does not say {quantity}"
            yield instrument.finding("not-in-text", message, "provisions", number, "paraphrase")


def _pairs(text: str) -> Pairs:
    return frozenset(a + b for a, b in pairwise(text))


def _shared(ours: Pairs, official: Pairs) -> float:
    return len(ours & official) / max(len(ours), 1)
