"""A line that names one article and tells of another."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from bot.knowledge.entry import Entry
from bot.knowledge.instrument import Provision
from ingest.check.lengths import BRACKETS
from ingest.check.mentions import OUTDATED, Names, mentions, names_of
from ingest.check.wording import Line, chinese_lines
from ingest.finding import Finding, Located
from ingest.load.knowledge_base import Sources

FAR_MORE = 0.2  # of a line's wording; so much more another article shares with few true lines
STILL_LITTLE = 3  # pairs of characters; sharing more than this, a line may name what it names
WELL_SHARED = 0.2  # where another line of the entry shares this much, the article is rightly there

Pairs = frozenset[str]
Key = tuple[str, str]


class _Told(NamedTuple):
    """A line that names articles, and its wording without the brackets."""

    line: Line
    pairs: Pairs
    named: frozenset[Key]

    def shared(self, pairs: Pairs) -> float:
        return len(self.pairs & pairs) / max(len(self.pairs), 1)


class _Held(NamedTuple):
    """The wording of a provision and the words it is looked for with."""

    pairs: Pairs
    keywords: tuple[str, ...]


def check(sources: Sources) -> Iterator[Finding]:
    """Lines far closer to another article of the law than to the one they name."""
    names = names_of(sources)
    held = {
        (each.value.id, provision.article): _held(provision)
        for each in sources.instruments
        for provision in each.value.provisions
    }
    for entry in sources.entries:
        yield from _misplaced(entry, list(_told(entry, names, held)), held)


def _misplaced(
    entry: Located[Entry], told: list[_Told], held: dict[Key, _Held]
) -> Iterator[Finding]:
    for each in told:
        if _fits(each, held) or any(_borne_out(each, other, held) for other in told):
            continue
        laws = {law for law, _ in each.named}
        others = {key: one for key, one in held.items() if key[0] in laws}
        nearest = max(others, key=lambda key: each.shared(others[key].pairs))
        own = max(each.shared(held[key].pairs) for key in each.named)
        if each.shared(others[nearest].pairs) > own + FAR_MORE:
            named = "、".join(sorted(article for _, article in each.named))
            message = "reads like article {other} of {name}, not {named}"
            blanks = {"other": nearest[1], "name": nearest[0], "named": named}
            yield entry.finding("misplaced", message, *each.line.place, **blanks)


def _told(entry: Located[Entry], names: Names, held: dict[Key, _Held]) -> Iterator[_Told]:
    for line in chinese_lines(entry):
        found = ((m.instrument.id, m.article) for m in mentions(line.text, names) if m.instrument)
        named = frozenset(key for key in found if key in held)
        if named and not OUTDATED.search(line.text):
            yield _Told(line, _pairs(BRACKETS.sub("", line.text)), named)


def _fits(told: _Told, held: dict[Key, _Held]) -> bool:
    return any(
        len(told.pairs & held[key].pairs) > STILL_LITTLE
        or any(word in told.line.text for word in held[key].keywords)
        for key in told.named
    )


def _borne_out(told: _Told, other: _Told, held: dict[Key, _Held]) -> bool:
    """Whether another line shows that the article belongs in the entry."""
    common = told.named & other.named if other is not told else frozenset()
    return any(other.shared(held[key].pairs) > WELL_SHARED for key in common)


@lru_cache(maxsize=8192)  # a text that is being written is checked again and again
def _held(provision: Provision) -> _Held:
    text = f"{provision.title} {provision.paraphrase} {' '.join(provision.keywords)}"
    return _Held(_pairs(text), tuple(word for word in provision.keywords if len(word) > 1))


def _pairs(text: str) -> Pairs:
    return frozenset(a + b for a, b in pairwise(text))
