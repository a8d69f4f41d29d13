"""What some passages hold, and what a claim says beyond them."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cached_property

from bot.answering.grounding.addresses import addresses, has_markup, latin_words
from bot.answering.grounding.laws import laws_named, names_in
from bot.answering.grounding.polarity import Clause, clauses, content, turned_around
from bot.answering.grounding.quantities import quantities
from bot.chinese.normalise import simplified
from bot.knowledge.instrument import Instrument
from bot.knowledge.mentions import ArticleMentions, all_articles

SUPPORTED = 0.3  # the least share of a claim's words that stand in its passages
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_HEARSAY = re.compile(r"据公开|公开(报道|资料)|以官方|reported|public reports", re.IGNORECASE)


class Sources:
    """The passages an answer may rest on."""

    def __init__(self, texts: Iterable[str], instruments: Iterable[Instrument]) -> None:
        known = tuple(instruments)
        self._text = _plain("\n".join(texts))
        self._mentions = ArticleMentions(known)
        self._names = [name for each in known for name in (each.name, *each.short_names)]

    def ungrounded(self, claim: str) -> list[str]:
        """What a claim says that stands in none of the passages, or stands there otherwise."""
        said = _plain(claim)
        wrong = [word for word in addresses(said) if word not in self._text]
        wrong += [law for law in laws_named(said) if not names_in(self._text, law)]
        wrong += [name for name in self._names if name in said and name not in self._text]
        pairs = set(self._mentions.in_text(said))
        wrong += [f"{law} {article}" for law, article in pairs - self._pairs]
        wrong += [article for article in all_articles(said) if article not in self._articles]
        wrong += sorted(self._unknown_quantities(said))
        return wrong + self._otherwise(said)

    def _unknown_quantities(self, said: str) -> set[str]:
        """Figures that no passage holds, or that it only reports while the claim is certain."""
        known = self._quantities if _HEARSAY.search(said) else self._certain
        return quantities(said) - known

    def _otherwise(self, said: str) -> list[str]:
        wrong = ["markup"] if has_markup(said) else []
        if _CHINESE.search(said):
            wrong += sorted(latin_words(said) - self._latin)
        elif not self._latin - latin_words("GB LPR APP"):  # English words, passages in Chinese
            return wrong
        wrong += turned_around(said, self._clauses)
        words = content(said)
        if words and len(words & self._content) < SUPPORTED * len(words):
            wrong.append("unsupported")
        return wrong

    @cached_property
    def _articles(self) -> set[str]:
        return set(all_articles(self._text))

    @cached_property
    def _pairs(self) -> set[tuple[str, str]]:
        return set(self._mentions.in_text(self._text))

    @cached_property
    def _quantities(self) -> set[str]:
        return quantities(self._text)

    @cached_property
    def _certain(self) -> set[str]:
        lines = self._text.split("\n")
        return quantities("\n".join(line for line in lines if not _HEARSAY.search(line)))

    @cached_property
    def _latin(self) -> set[str]:
        return latin_words(self._text)

    @cached_property
    def _clauses(self) -> Sequence[Clause]:
        return clauses(self._text)

    @cached_property
    def _content(self) -> frozenset[str]:
        return content(self._text)


def _plain(text: str) -> str:
    return simplified(unicodedata.normalize("NFKC", text))
