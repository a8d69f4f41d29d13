"""The official texts that the checks compare with, and whether every cited article is in them."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.knowledge.instrument import Instrument
from bot.knowledge.vocabulary import Verification
from ingest.check.citations import cited
from ingest.finding import Finding
from ingest.load.knowledge_base import Sources
from ingest.load.law_texts import read_articles

Articles = Mapping[str, str]
Texts = Mapping[str, Articles]


def check(sources: Sources, texts: Texts) -> Iterator[Finding]:
    """Instruments whose text is not there, and articles that their text does not have."""
    for instrument in sources.instruments:
        articles = texts[instrument.value.id]
        if instrument.value.texts and not articles:
            yield instrument.finding("no-text", "none of its texts is there", "texts")
        for number, provision in enumerate(instrument.value.provisions):
            if articles and _missing(provision.verified, provision.article, articles):
                message = f"no article {provision.article} in its text"
                yield instrument.finding("no-such-article", message, "provisions", number)
    for holder, place, citation, _ in cited(sources):
        articles = texts.get(citation.instrument, {})
        if articles and _missing(citation.verified, citation.article, articles):
            message = f"{citation.instrument} has no article {citation.article} in its text"
            yield holder.finding("no-such-article", message, *place)


def read_texts(sources: Sources, folder: Path) -> Texts:
    """The articles of every instrument whose text is in the folder."""
    return {each.value.id: _articles(each.value, folder) for each in sources.instruments}


def around(article: str, articles: Articles, reach: int) -> str:
    """The article with its neighbours: a rule's number often stands a few articles before."""
    number = int(article.partition("-")[0])
    near = {str(each) for each in range(number - reach, number + reach + 1)}
    return "\n".join(text for each, text in articles.items() if each in near | {article})


def _articles(instrument: Instrument, folder: Path) -> Articles:
    articles: dict[str, str] = {}
    for name in instrument.texts:
        file = folder / f"{name.removesuffix('.md')}.md"
        if file.exists():
            articles |= read_articles(file)
    return articles


def _missing(verified: Verification, article: str | None, articles: Articles) -> bool:
    if article is None or verified is not Verification.TEXT:
        return False
    return article.partition(".")[0] not in articles
