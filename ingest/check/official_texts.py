"""The official texts that the checks compare with, and whether every cited article is in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.instrument import Instrument
from bot.knowledge.vocabulary import Verification
from ingest.check.citations import cited
from ingest.finding import Finding
from ingest.load.knowledge_base import Sources
from ingest.load.law_texts import read_articles

Articles = Mapping[str, str]


@dataclass(frozen=True)
class Texts:
    """What the articles say, by instrument and article."""

    wanted: bool
    official: Mapping[str, Articles]
    paraphrased: Mapping[str, Articles]

    def best(self, instrument: str) -> Articles:
        """The official articles, or our paraphrases where the official text is not there."""
        return self.official.get(instrument) or self.paraphrased.get(instrument, {})


def check(sources: Sources, texts: Texts) -> Iterator[Finding]:
    """Instruments whose text is not there, and articles that their text does not have."""
    for instrument in sources.instruments:
        articles = texts.official[instrument.value.id]
        if texts.wanted and instrument.value.texts and not articles:
            yield instrument.finding("no-text", "none of its texts is there", "texts")
        for number, provision in enumerate(instrument.value.provisions):
            if articles and _missing(provision.verified, provision.article, articles):
                message = f"no article {provision.article} in its text"
                yield instrument.finding("no-such-article", message, "provisions", number)
    for holder, place, citation, _ in cited(sources):
        articles = texts.official.get(citation.instrument, {})
        if articles and _missing(citation.verified, citation.article, articles):
            message = f"{citation.instrument} has no article {citation.article} in its text"
            yield holder.finding("no-such-article", message, *place)


def read_texts(sources: Sources, folder: Path | None) -> Texts:
    """The articles of every instrument, official where their text is in the folder."""
    laws = [each.value for each in sources.instruments]
    return Texts(
        wanted=folder is not None,
        official={law.id: _articles(law, folder) if folder else {} for law in laws},
        paraphrased={
            law.id: {each.article: f"{each.title} {each.paraphrase}" for each in law.provisions}
            for law in laws
        },
    )


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
