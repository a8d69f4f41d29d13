"""Last step: a document -> pieces by article, question or heading; no sentence is ever cut."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.chinese.provisions import article_key
from bot.knowledge.vocabulary import Audience
from ingest.intake import Block, Concern, Document, Intake, Judgement, Kind, Piece, Unreadable
from ingest.load.markdown_law import ARTICLE, POINT
from ingest.sentences import sentences

LONGEST = 400  # letters of a piece; one sentence may be longer and stays whole
QUESTION = re.compile(r"(?:(?:问|Q)\s*[:：]\s*)?(.{4,60}[？?])")
ANSWER = re.compile(r"(?:答|A)\s*[:：]\s*")


def split(intake: Intake) -> Intake:
    """The intake with the pieces of its document, each with what was said about its lines."""
    document, judgement = intake.read, intake.judged
    cut = articles(document) if intake.kind is Kind.LAW else sections(document, judgement)
    pieces = tuple(_with_concerns(piece, judgement.concerns) for piece in cut)
    if intake.kind is Kind.LAW and not pieces:
        raise Unreadable("holds no articles: no line begins with 第…条")
    return replace(intake, pieces=pieces)


def articles(document: Document) -> Iterator[Piece]:
    """One piece an article, or a numbered point where a reply has no articles."""
    opening = ARTICLE if any(map(_is_article, document.blocks)) else POINT
    path: list[Block] = []
    current: list[Block] = []
    for block in document.blocks:
        if block.level:
            yield from _article(current, path, opening)
            current, path = [], [*_above(path, block), block]
        elif opening.match(block.text):
            yield from _article(current, path, opening)
            current = [block]
        elif current:
            current.append(block)
    yield from _article(current, path, opening)


def sections(document: Document, judgement: Judgement) -> Iterator[Piece]:
    """Pieces within one heading, one question and one audience, as long as they may be."""
    gathered = _Gathered()
    for block, audience in zip(document.blocks, judgement.audiences, strict=True):
        if block.level:
            yield from gathered.given_up()
            gathered.path = [*_above(gathered.path, block), block]
            gathered.question = _question(block)
        elif (question := _question(block)) is not None:
            yield from gathered.given_up()
            gathered.question = question
        else:
            if audience is not gathered.audience or gathered.letters + len(block.text) > LONGEST:
                yield from gathered.given_up()
            gathered.audience = audience
            if len(block.text) > LONGEST:
                yield from gathered.cut_up(block)
            else:
                gathered.blocks.append(block)
    yield from gathered.given_up()


@dataclass
class _Gathered:
    """The paragraphs of the next piece."""

    path: list[Block] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    audience: Audience = Audience.BORROWER
    question: str | None = None

    @property
    def letters(self) -> int:
        return sum(len(block.text) for block in self.blocks)

    def given_up(self) -> Iterator[Piece]:
        """The piece gathered so far, if there is one."""
        if self.blocks:
            text = "\n".join(ANSWER.sub("", block.text, count=1) for block in self.blocks)
            yield self._piece(text, self.blocks[0].line, self.blocks[-1].line)
            self.blocks = []

    def cut_up(self, block: Block) -> Iterator[Piece]:
        """A paragraph too long for one piece, each next one beginning with the last sentence."""
        current: list[str] = []
        for sentence in sentences(block.text):
            if current and sum(map(len, current)) + len(sentence) > LONGEST:
                yield self._piece("".join(current), block.line, block.line)
                last = current[-1]
                current = [last] if len(last) + len(sentence) <= LONGEST else []
            current.append(sentence)
        yield self._piece("".join(current), block.line, block.line)

    def _piece(self, text: str, first: int, last: int) -> Piece:
        return Piece(
            text=text,
            heading=tuple(block.text for block in self.path),
            first_line=first,
            last_line=last,
            audience=self.audience,
            questions=(self.question,) if self.question else (),
        )


def _article(
    blocks: Sequence[Block], path: Sequence[Block], opening: re.Pattern[str]
) -> Iterator[Piece]:
    if not blocks:
        return
    found = opening.match(blocks[0].text)
    assert found is not None
    article = article_key(*found.groups())
    yield Piece(
        text="\n".join(block.text for block in blocks),
        heading=tuple(" ".join(block.text.split()) for block in path if block.level > 1),
        first_line=blocks[0].line,
        last_line=blocks[-1].line,
        article=article,
    )


def _is_article(block: Block) -> bool:
    return not block.level and ARTICLE.match(block.text) is not None


def _above(path: Sequence[Block], block: Block) -> list[Block]:
    return [each for each in path if each.level < block.level]


def _question(block: Block) -> str | None:
    found = QUESTION.fullmatch(block.text)
    return found[1] if found else None


def _with_concerns(piece: Piece, concerns: Sequence[Concern]) -> Piece:
    mine = (each for each in concerns if piece.first_line <= each.line <= piece.last_line)
    return replace(piece, concerns=tuple(dict.fromkeys(mine)))
