"""What other texts refer to is asked about more often: counts of citations as a prior."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set

import numpy as np
import numpy.typing as npt

from bot.knowledge.passage import Passage

Floats = npt.NDArray[np.float32]
Citations = tuple[tuple[str, str], ...]

ARTICLE = re.compile(r"第[零〇一二三四五六七八九十百千0-9]+条(?:之[一二三四五六七八九十])?")
NAME_IN_BRACKETS = re.compile(r"《([^《》]{2,60})》")
COUNTRY_NAME = "中华人民共和国"
LABEL_WITHIN = 20  # characters
LONGEST_NAME, SHORTEST_NAME = 20, 2


def citation_prior(passages: Sequence[Passage], found: Sequence[Citations]) -> Floats:
    """For each passage how often its title, and how often it itself, is cited by other titles.

    ``found`` are the citations in each one's text. Both as logarithms: the hundredth citation says
    less than the second.
    """
    places = _by_article(passages)
    titles: Counter[str] = Counter()
    articles: Counter[int] = Counter()
    row_of = {passage.id: row for row, passage in enumerate(passages)}
    for passage, citations in zip(passages, found, strict=True):
        own = _short(passage.title)
        for name, article in citations:
            if name != own:
                titles[name] += 1
                articles.update(places.get((name, article), ()))
        articles.update(row_of[cited] for cited in passage.cites if cited in row_of)
    counts = [(titles[_short(p.title)], articles[row]) for row, p in enumerate(passages)]
    return np.log1p(np.array(counts, dtype=np.float32).reshape(-1, 2))


def cited_names(passages: Sequence[Passage]) -> frozenset[str]:
    """The names under which titles are cited."""
    return frozenset(_short(passage.title) for passage in passages)


def citations_in(text: str, names: Set[str]) -> Citations:
    """The names that a text cites, each with the article that follows, or with nothing."""
    return tuple(_citations(text, names))


def article_label(passage: Passage) -> str | None:
    """The article number that a passage carries in its heading or at its beginning."""
    places = (*reversed(passage.heading), passage.text[:LABEL_WITHIN])
    for found in map(ARTICLE.match, map(str.strip, places)):
        if found:
            return found.group()
    return None


def _by_article(passages: Sequence[Passage]) -> dict[tuple[str, str], list[int]]:
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row, passage in enumerate(passages):
        if label := article_label(passage):
            places[_short(passage.title), label].append(row)
    return places


def _citations(text: str, names: Set[str]) -> Iterator[tuple[str, str]]:
    for found in NAME_IN_BRACKETS.finditer(text):
        name = _short(found.group(1))
        if name in names:
            article = ARTICLE.match(text, found.end())
            yield name, article.group() if article else ""
    for found in ARTICLE.finditer(text):
        before = text[max(0, found.start() - LONGEST_NAME) : found.start()]
        if ending := _longest_name(before, names):
            yield ending, found.group()


def _longest_name(before: str, names: Set[str]) -> str | None:
    endings = (before[-size:] for size in range(len(before), SHORTEST_NAME - 1, -1))
    return next((ending for ending in endings if ending in names), None)


def _short(name: str) -> str:
    return name.removeprefix(COUNTRY_NAME)
