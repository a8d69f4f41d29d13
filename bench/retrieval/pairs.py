"""Pairs of texts that mean the same matter, for training: (what is asked, what answers)."""

import random
import re
from collections.abc import Iterable, Iterator, Sequence

from bench.retrieval.stard_data import Question
from bot.answering.retrieval.citation_prior import ARTICLE, COUNTRY_NAME, article_label
from bot.answering.retrieval.rows import searched_text
from bot.answering.retrieval.tokens import normalise
from bot.knowledge.passage import Passage

Pair = tuple[str, str]

SENTENCE = re.compile(r"[^。；;！？\n]+[。；;！？\n]?")
CITED = re.compile(
    r"《?(?:中华人民共和国)?([一-龥]{2,20}(?:法|法典|条例))》?(" + ARTICLE.pattern + ")"
)


def from_articles(articles: Sequence[Passage], chance: random.Random) -> Iterator[Pair]:
    """A sentence beside the rest of its article, and a heading path beside its text."""
    for article in articles:
        sentences = SENTENCE.findall(article.text)
        path = "\n".join([article.title, *article.heading])
        if len(sentences) > 1:
            picked = chance.randrange(len(sentences))
            rest = "".join(sentences[:picked] + sentences[picked + 1 :])
            yield normalise(sentences[picked]), normalise(f"{path}\n{rest}")
        else:
            yield normalise(path), normalise(article.text)


def from_citations(articles: Sequence[Passage]) -> Iterator[Pair]:
    """What a text says where it cites an article, beside that article."""
    by_number = {
        (article.title.removeprefix(COUNTRY_NAME), article_label(article)): article
        for article in articles
    }
    for article in articles:
        for name, number in CITED.findall(article.text):
            cited = by_number.get((name, number))
            if cited is not None and cited.title != article.title:
                yield searched_text(article), searched_text(cited)


def from_questions(questions: Iterable[Question], articles: Sequence[Passage]) -> Iterator[Pair]:
    """Questions beside the articles that answer them."""
    texts = {article.id: article for article in articles}
    for question in questions:
        for relevant in sorted(question.relevant):
            yield normalise(question.text), searched_text(texts[relevant])


def from_forms(passages: Iterable[Passage]) -> Iterator[Pair]:
    """Question forms beside their passage, and beside each other."""
    for passage in passages:
        forms = [normalise(form) for form in passage.questions]
        text = searched_text(passage)
        yield from ((form, text) for form in forms)
        yield from zip(forms, forms[1:] + forms[:1], strict=True)
