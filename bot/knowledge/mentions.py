"""Find the articles of which instrument a text names: 民法典第577、676条."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from bot.chinese.provisions import MENTION, articles_in
from bot.knowledge.instrument import Instrument


class ArticleMentions:
    """Reads the instruments' names and the articles that follow them."""

    def __init__(self, instruments: Iterable[Instrument]) -> None:
        known = tuple(instruments)
        shared = Counter(each.number for each in known)  # one decision may amend several
        self._id_of = {
            each.number: each.id for each in known if each.number and shared[each.number] == 1
        }
        self._id_of |= {name: each.id for each in known for name in (each.name, *each.short_names)}
        longest_first = sorted(self._id_of, key=len, reverse=True)
        self._name = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def in_text(self, text: str) -> Iterator[tuple[str, str]]:
        """Pairs of instrument id and article (``"175-1"`` for 第一百七十五条之一).

        The last instrument named counts for articles that stand alone after it.
        """
        names = list(self._name.finditer(text))
        for place, name in enumerate(names):
            end = names[place + 1].start() if place + 1 < len(names) else len(text)
            for article in all_articles(text[name.end() : end]):
                yield self._id_of[name.group()], article


def all_articles(text: str) -> Iterator[str]:
    """Every article a text names, whatever the instrument.

    >>> [*all_articles("第577、676条和第一百七十五条之一")]
    ['577', '676', '175-1']
    """
    for mention in MENTION.finditer(text):
        yield from articles_in(mention)
