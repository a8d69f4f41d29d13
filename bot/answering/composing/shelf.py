"""Every entry's lines with what can be worked out before anybody asks."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.answering.composing.basis import without_citation
from bot.answering.composing.lines import Line, Section, lines_of, pairs
from bot.knowledge.library import Library
from bot.knowledge.mentions import ArticleMentions
from bot.knowledge.vocabulary import Risk

Numbers = npt.NDArray[np.float64]
Keys = npt.NDArray[np.int32]

NO_KEYS: Keys = np.zeros(0, np.int32)
FADE = 0.86  # how much less a line is worth than the one before it
MOST_FIGURES = 4
_FIGURE = re.compile(r"\d+(?:[.:]\d+)?")
_METHOD = re.compile(r"写|保存|录音|截图|打|申请|提出|要求|问|核对|准备|带")
_CONSEQUENCE = re.compile(
    r"罚款|拘留|有期徒刑|犯罪|强制执行|缺席判决|失信|限制|记入|冻结|民事|赔偿"
)
_HEARSAY = "据公开"


@dataclass(frozen=True, slots=True)
class KnownLine:
    """A line, its pairs of characters as numbers, the provisions it names, its fixed signs."""

    line: Line
    keys: Keys
    cites: frozenset[str]
    signs: tuple[float, ...]


# What a line shows of itself, whatever the question.
FIXED_SIGNS = (
    "step", "why", "they_may_not", "do_not", "short_answer", "early", "long", "names_an_article",
    "figures", "tells_a_method", "tells_a_consequence", "hearsay",
)  # fmt: skip


class Shelf:
    """The lines of all entries; built once, an entry's lines worked out when first wanted.

    What is unchanged since the shelf before is taken over from it.
    """

    def __init__(self, library: Library, before: "Shelf | None" = None) -> None:
        self._library = library
        self._number: dict[str, int] = dict(before._number) if before else {}
        kept = before._unchanged(library) if before else {}
        made = {
            entry.id: [(line, self._keys(line.text)) for line in lines_of(entry)]
            for entry in library.entries
            if entry.id not in kept
        }
        self._plain: dict[str, list[tuple[Line, Keys]]] = kept | made
        self._seen = self._count(made.values())
        if before is not None:
            gone = before._plain.keys() - kept.keys()
            self._seen -= self._count(before._plain[entry] for entry in gone)
            self._seen[: len(before._seen)] += before._seen
        lines = sum(map(len, self._plain.values()))
        self._unseen = math.log(2 * (lines + 1))
        self._weight = np.log((lines + 1) / (self._seen + 0.5))
        self._known: dict[str, tuple[KnownLine, ...]] = {}
        if before is not None and before._library.instruments == library.instruments:
            self._mentions: ArticleMentions = before._mentions
            known = before._known.copy()  # which turns on the edition before go on filling
            self._known |= {entry: known[entry] for entry in known.keys() & kept.keys()}
        else:
            self._mentions = ArticleMentions(library.instruments)

    def has(self, entry: str) -> bool:
        """Whether this is the id of an entry."""
        return entry in self._plain

    def tells_of_blows(self, entry: str) -> bool:
        """Whether the entry is for somebody who is beaten or held."""
        told = self._library.entry[entry]
        return told.topic == "safety" and told.risk is Risk.VIOLENCE

    def lines(self, entry: str) -> tuple[KnownLine, ...]:
        """The lines of one entry, its short answer first."""
        if entry not in self._known:
            self._known[entry] = tuple(self._read(*each) for each in self._plain[entry])
        return self._known[entry]

    def question(self, text: str) -> Keys:
        """The keys of a question; pairs that no line holds count as one unknown each."""
        unknown = len(self._number)
        found = [self._number.get(pair, unknown) for pair in sorted(pairs(text))]
        return np.array(found, np.int32)

    def weights(self, keys: Keys) -> Numbers:
        """How much each key says: rare ones weigh more."""
        known = np.minimum(keys, len(self._weight) - 1)
        return np.where(keys < len(self._weight), self._weight[known], self._unseen)

    def provisions(self, text: str) -> frozenset[str]:
        """The provisions a text names, by their passage ids."""
        return frozenset(f"{law}:{article}" for law, article in self._mentions.in_text(text))

    def _unchanged(self, library: Library) -> dict[str, list[tuple[Line, Keys]]]:
        """The lines of the entries that another library has as well."""
        return {
            entry: lines
            for entry, lines in self._plain.items()
            if self._library.entry[entry] == library.entry.get(entry)
        }

    def _count(self, entries: Iterable[list[tuple[Line, Keys]]]) -> npt.NDArray[np.int64]:
        """In how many of the lines each pair stands."""
        keys = [keys for lines in entries for _line, keys in lines]
        everything = np.concatenate([NO_KEYS, *keys])
        return np.asarray(np.bincount(everything, minlength=len(self._number)))

    def _keys(self, text: str) -> Keys:
        number = self._number
        return np.array([number.setdefault(pair, len(number)) for pair in pairs(text)], np.int32)

    def _read(self, line: Line, keys: Keys) -> KnownLine:
        cites = self.provisions(line.text)
        return KnownLine(line, keys, cites, tuple(map(float, _fixed(line, bool(cites)))))


def _fixed(line: Line, cites: bool) -> Iterable[float]:
    bare = without_citation(line.text)
    yield from (line.section is section for section in _ORDER)
    yield FADE**line.place
    yield len(bare) / 50
    yield cites
    yield min(len(_FIGURE.findall(bare)), MOST_FIGURES)
    yield bool(_METHOD.search(bare))
    yield bool(_CONSEQUENCE.search(bare))
    yield _HEARSAY in bare


_ORDER = (
    Section.STEP,
    Section.WHY,
    Section.THEY_MAY_NOT,
    Section.DO_NOT,
    Section.SHORT_ANSWER,
)
