"""Whom a text speaks to: a borrower, those who lend and collect, or lawyers and supervisors."""

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.answering.screening.concept import Concept
from bot.knowledge.vocabulary import Audience
from ingest.assess.second_opinion import second_opinion
from ingest.assess.words import Words, every, folded
from ingest.intake import Block, Code, Concern, Document

STRONG, WEAK = 2, 1
ENOUGH = 2
SECTION_ENOUGH = 4  # a section must speak plainly before its silent lines are counted with it
LEARNT = 2  # what the second opinion counts, as much as one strong word
LIKELY = {Audience.LENDER: -0.8, Audience.PROFESSIONAL: -0.6}  # chosen on held_out and fresh
MOST_TIMES = 2  # a word said often tells no more than a word said twice
LIST_LEVEL = 6  # a numbered line stays in the section of the heading above it
LISTS = (
    (Audience.LENDER, "lender_strong", STRONG),
    (Audience.LENDER, "lender_weak", WEAK),
    (Audience.PROFESSIONAL, "professional_strong", STRONG),
    (Audience.PROFESSIONAL, "professional_weak", WEAK),
    (Audience.BORROWER, "borrower_strong", STRONG),
    (Audience.BORROWER, "borrower_weak", WEAK),
)
CODES = {Audience.LENDER: Code.LENDER_SIDE, Audience.PROFESSIONAL: Code.PROFESSIONAL}
REASONS = {
    Audience.LENDER: "speaks to those who lend or collect, not to a borrower",
    Audience.PROFESSIONAL: "is written for lawyers or supervisors, not for a borrower",
}
UNCLEAR = "does not show whom it speaks to; lists know only so many of a lender's words"
Scores = Counter[Audience]


class AudienceJudge:
    """Weighs the words of each side; a paragraph without any goes with its section."""

    def __init__(self, words: Words) -> None:
        self._lists = [(audience, Concept(words[name]), weight) for audience, name, weight in LISTS]

    def __call__(self, document: Document) -> Iterator[Concern]:
        """A concern for each paragraph that is not for borrowers, or does not show that it is."""
        yield from self._not_for_borrowers(document)
        for section in _sections(document.blocks):
            if not any(map(_says_something, map(self._scores, map(_text, section)))):
                yield from (
                    Concern(Code.UNCLEAR_AUDIENCE, block.line, UNCLEAR, block.text[:40])
                    for block in section
                    if not block.level
                )

    def _not_for_borrowers(self, document: Document) -> Iterator[Concern]:
        for block, audience in zip(document.blocks, self.audiences(document), strict=True):
            if audience is not Audience.BORROWER and not block.level:
                evidence = "、".join(self._evidence(block.text, audience)) or "its section"
                reason = f"{REASONS[audience]}: {evidence}"
                yield Concern(CODES[audience], block.line, reason, block.text[:40])

    def audiences(self, document: Document) -> tuple[Audience, ...]:
        """The audience of each block."""
        found: list[Audience] = []
        for section in _sections(document.blocks):
            scores = [self._scores(block.text) for block in section]
            whole = _audience(sum(scores, Counter()), SECTION_ENOUGH)
            found += [_audience(each) if _speaks(each) else whole for each in scores]
        return tuple(found)

    def _scores(self, text: str) -> Scores:
        plain = folded(text)
        scores: Scores = Counter()
        for audience, concept, weight in self._lists:
            times = Counter(every(concept, plain))
            scores[audience] += weight * sum(min(n, MOST_TIMES) for n in times.values())
        opinion = second_opinion()(text)
        for audience, likely in LIKELY.items():
            if opinion and opinion[audience.value].score > likely:
                scores[audience] += LEARNT
        return scores

    def _evidence(self, text: str, audience: Audience) -> list[str]:
        plain = folded(text)
        said = (every(concept, plain) for side, concept, _ in self._lists if side is audience)
        named = list(dict.fromkeys(words for each in said for words in each))[:4]
        opinion = second_opinion()(text)
        if not named and opinion and opinion[audience.value].score > LIKELY[audience]:
            named = [*opinion[audience.value].signs]
        return named


def _text(block: Block) -> str:
    return block.text


def _says_something(scores: Scores) -> bool:
    return any(scores.values())


def _speaks(scores: Scores) -> bool:
    return max(scores.values()) >= ENOUGH


def _audience(scores: Scores, least: int = ENOUGH) -> Audience:
    """The side whose words weigh most; a borrower's page is the rule and needs no proof."""
    side = max((Audience.LENDER, Audience.PROFESSIONAL), key=lambda each: scores[each])
    enough = scores[side] >= least and scores[side] > scores[Audience.BORROWER]
    return side if enough else Audience.BORROWER


def _sections(blocks: Sequence[Block]) -> Iterator[Sequence[Block]]:
    start = 0
    for place, block in enumerate(blocks):
        if 0 < block.level < LIST_LEVEL and place > start:
            yield blocks[start:place]
            start = place
    yield blocks[start:]
