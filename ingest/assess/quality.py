"""Machine-spun text: odd synonyms, dropped letters, filler that repeats, numbers that do not count."""

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from bot.answering.screening.concept import Concept
from bot.knowledge.vocabulary import Audience
from ingest.assess.second_opinion import second_opinion
from ingest.assess.words import Words, every, folded
from ingest.intake import Block, Code, Concern, Document
from ingest.sentences import sentences

if TYPE_CHECKING:
    from jieba import Tokenizer

ENOUGH_WEAK = 2  # odd words that a person may write once stand together in a spun sentence
ENOUGH_FILLER = 2
LIKELY = 1.2  # of the second opinion, chosen on held_out and fresh
UNLIKELY = -1.5
CERTAIN = 2.5  # where the text is a lawyer's or a lender's, whose words are odd to it too
ALONE = 0.025  # a letter that stands alone so seldom has lost its neighbour
SHORTEST_REPEAT = 12  # letters: a short set phrase may come again
OFTEN = 50  # below this the dictionary has seen too little of a letter
HAN = re.compile(r"[\u4e00-\u9fff]")
NUMBERED = re.compile(r"(\d{1,2})[.、．)）](?!\d)")
COUNTED = re.compile(r"(?:以下|下列|下面)([一二三四五六七八九]|\d)(?:点|条|种|个方面|项|步)")


class QualityJudge:
    """Looks at each sentence for the marks a spinning program leaves."""

    def __init__(self, words: Words) -> None:
        self._odd = Concept(words["spun_strong"])
        self._unusual = Concept(words["spun_weak"])
        self._cut = Concept(words["cut_words"])
        self._not_cut = Concept(words["not_cut"])
        self._filler = Concept(words["filler"])
        self._ours = Concept(words["whole_words"])

    def __call__(self, document: Document) -> Iterator[Concern]:
        """A concern for each spun sentence, for filler, and for a list that does not count."""
        for block in document.blocks:
            found = [each for one in sentences(block.text) for each in self._spun(one, block.line)]
            yield from found or reworded(block)
        yield from self._fillers(document)
        yield from numbering(document.blocks)

    def _spun(self, sentence: str, line: int) -> Iterator[Concern]:
        plain = folded(sentence)
        if odd := every(self._odd, plain):
            yield Concern(Code.SPUN, line, f"odd words: {'、'.join(odd)}", sentence)
        elif len(unusual := [*dict.fromkeys(every(self._unusual, plain))]) >= ENOUGH_WEAK:
            yield Concern(Code.SPUN, line, f"odd words: {'、'.join(unusual)}", sentence)
        cut = every(self._cut, self._not_cut.blank(plain))
        if cut := [*cut, *lonely_letters(self._ours.blank(plain))]:
            yield Concern(Code.SPUN, line, f"letters are missing at: {'、'.join(cut)}", sentence)

    def _fillers(self, document: Document) -> Iterator[Concern]:
        said = [
            (block.line, words)
            for block in document.blocks
            for words in every(self._filler, folded(block.text))
        ]
        if len(said) >= ENOUGH_FILLER:
            told = "、".join(dict.fromkeys(words for _, words in said))
            yield Concern(Code.FILLER, said[0][0], f"says nothing at length: {told}")
        yield from repeated(document.blocks)


def reworded(block: Block) -> Iterator[Concern]:
    """A paragraph that is like text in which a program put other words."""
    opinion = second_opinion()(block.text)
    if not opinion:
        return
    others = max(opinion[Audience.LENDER].score, opinion[Audience.PROFESSIONAL].score)
    if opinion["spun"].score > (LIKELY if others < UNLIKELY else CERTAIN):
        reason = f"reads like reworded text: {'、'.join(opinion['spun'].signs)}"
        yield Concern(Code.SPUN, block.line, reason, block.text)


def lonely_letters(text: str) -> list[str]:
    """Places where a letter stands alone that Chinese uses only inside words: 的措.

    >>> lonely_letters("逾期追缴措能够起到作用")
    ['追缴措能够']
    """
    words = _dictionary().lcut(text, HMM=False)
    return [
        "".join(words[max(0, place - 1) : place + 2])
        for place, word in enumerate(words)
        if len(word) == 1 and HAN.match(word) and word in _never_alone()
    ]


def repeated(blocks: Sequence[Block]) -> Iterator[Concern]:
    """Sentences and headings that stand in the text more than once."""
    first: dict[str, int] = {}
    for block in blocks:
        for sentence in sentences(block.text):
            if sentence in first and len(sentence) >= SHORTEST_REPEAT:
                reason = f"repeats line {first[sentence]}"
                yield Concern(Code.FILLER, block.line, reason, sentence)
            first.setdefault(sentence, block.line)


def numbering(blocks: Sequence[Block]) -> Iterator[Concern]:
    """Lists whose numbers jump, or hold fewer points than the text announces."""
    last, announced = 0, 0
    for block in blocks:
        found = NUMBERED.match(block.text)
        number = int(found[1]) if found else 0
        if found and last and number not in (last + 1, 1):
            reason = f"a list goes from {last} to {number}"
            yield Concern(Code.NUMBERING, block.line, reason, block.text[:20])
        if found:
            last = number
        if block.level and not found:
            last = 0
        if counted := COUNTED.search(block.text):
            announced = block.line
            last = 0
            expected = "一二三四五六七八九".find(counted[1]) + 1 or int(counted[1])
            points = _points_after(blocks, block)
            if points and points != expected:
                reason = f"announces {expected} points, {points} follow"
                yield Concern(Code.NUMBERING, announced, reason, counted[0])


def _points_after(blocks: Sequence[Block], announcing: Block) -> int:
    rest = blocks[blocks.index(announcing) + 1 :]
    numbers = [int(found[1]) for block in rest if (found := NUMBERED.match(block.text))]
    ends = next((n for n, number in enumerate(numbers) if n and number == 1), len(numbers))
    return len(numbers[:ends])


@cache
def _never_alone() -> frozenset[str]:
    """Letters that the dictionary has seen nearly always inside longer words."""
    alone: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for word, times in _dictionary().FREQ.items():
        if len(word) == 1:
            alone[word] += times
        else:
            for char in word:
                inside[char] += times
    return frozenset(
        char
        for char, times in inside.items()
        if times > OFTEN and alone[char] < ALONE * (times + alone[char])
    )


@cache
def _dictionary() -> "Tokenizer":
    import jieba  # its dictionary takes a second to read

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    return tokenizer
