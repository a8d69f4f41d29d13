"""Second step: what readers see and mean: no invisible signs, no page frame, lines made whole."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.answering.clean import readable
from bot.answering.screening.concept import Concept
from ingest.assess.words import Words, folded
from ingest.intake import Block, Code, Concern, Intake, Kind, Unreadable
from ingest.load.markdown_law import ARTICLE, HEADING

TAGS = re.compile(r"[\U000e0020-\U000e007e]{2,}")  # letters of ASCII that no screen shows
TURNED = re.compile(r"[\u202a-\u202e\u2066-\u2069]")  # signs that turn the reading direction
SPREAD = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
CLOSED = re.compile(r"[。！？!?；;：:….][”’」』）)\"']*$")
MARKER = re.compile(
    r"(?:[-*•·●◆■]|\d{1,2}[.、．)）]|[（(][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]+、|问[:：]|答[:：])"
)
LONGEST_HEADING = 30
PLAIN_LEVEL = 5  # below every heading that the source marks as one
LONGEST_FRAME = 60  # letters: the lines around an article are short
WIDEST = 120  # a wider line was not broken by a page's edge
FULL = 0.8  # of the width: a line that long was broken by the edge, not by its writer


class Clean:
    """Clean a document; what was invisible becomes a concern, what was frame is counted."""

    def __init__(self, words: Words) -> None:
        self._frame = Concept(words["frame"])

    def __call__(self, intake: Intake) -> Intake:
        """The intake with a document that reads as its writer meant."""
        document = intake.read
        shown = [*map(_shown, document.blocks)]
        whole = _joined([block for block in shown if block.text])
        kept = whole if intake.kind is not Kind.WEB else with_headings(self._without_frame(whole))
        if not kept:
            raise Unreadable("holds no text besides a page's frame")
        return replace(
            intake,
            document=replace(
                document,
                title=readable(document.title),
                blocks=tuple(kept),
                concerns=(*document.concerns, *_invisible(document.blocks)),
                dropped=len(whole) - len(kept),
            ),
        )

    def _without_frame(self, blocks: Iterable[Block]) -> list[Block]:
        return [
            block
            for block in blocks
            if len(block.text) > LONGEST_FRAME or not self._frame.first(folded(block.text))
        ]


def with_headings(blocks: Sequence[Block]) -> list[Block]:
    """Short lines without a closing mark before a longer text are its headings."""
    return [
        replace(block, level=PLAIN_LEVEL) if _heads(block, after) else block
        for block, after in zip(blocks, (*blocks[1:], None), strict=False)
    ]


def _heads(block: Block, after: Block | None) -> bool:
    if block.level or after is None or len(block.text) > LONGEST_HEADING:
        return False
    if CLOSED.search(block.text) or MARKER.match(block.text) or "，" in block.text:
        return False
    return len(after.text) > len(block.text) or after.text == block.text


def _shown(block: Block) -> Block:
    text = unicodedata.normalize("NFC", block.text).replace("\u3000", " ")
    return replace(block, text=readable(SPREAD.sub("", text) if _is_spread(text) else text))


def _is_spread(text: str) -> bool:
    """Whether blanks stand between nearly all letters, as in 逾 期 还 款."""
    letters = len(re.findall(r"[\u4e00-\u9fff]", text))
    return letters > 3 and len(SPREAD.findall(text)) >= 0.6 * (letters - 1)


def _invisible(blocks: Iterable[Block]) -> Iterator[Concern]:
    for block in blocks:
        for tags in TAGS.finditer(block.text):
            words = "".join(chr(ord(char) - 0xE0000) for char in tags[0])
            yield Concern(Code.HIDDEN, block.line, "letters that no screen shows", words)
        if TURNED.search(block.text):
            yield Concern(Code.HIDDEN, block.line, "signs that turn the reading direction")


def _joined(blocks: Sequence[Block]) -> list[Block]:
    """Lines that a page's edge broke, made whole again."""
    width = _page_width(blocks)
    whole: list[Block] = []
    for before, block in zip((None, *blocks), blocks, strict=False):
        if before is not None and _goes_on(before, block, width):
            whole[-1] = replace(whole[-1], text=_put_together(whole[-1].text, block.text))
        else:
            whole.append(block)
    return whole


def _goes_on(before: Block, block: Block, width: int) -> bool:
    if block.opens or block.level or before.level or not 10 <= width <= WIDEST:
        return False
    if MARKER.match(block.text) or ARTICLE.match(block.text) or HEADING.fullmatch(block.text):
        return False
    return len(before.text) >= FULL * width and not CLOSED.search(before.text)


def _page_width(blocks: Sequence[Block]) -> int:
    """How many letters a full line has: nearly the longest line that another follows directly."""
    lengths = sorted(len(block.text) for block in blocks if not block.level)
    return lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0


def _put_together(before: str, after: str) -> str:
    latin = before[-1].isascii() and after[0].isascii()
    return f"{before} {after}" if latin else before + after
