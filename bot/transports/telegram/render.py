"""A reply as Telegram messages: HTML, split where a reader would pause."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from bot.answering.reply import Reply, Source
from bot.knowledge.vocabulary import Language, Verification
from bot.wording import Wording

LIMIT = 4096  # UTF-16 code units of the text a reader sees, as Telegram counts a message
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_BREAKS = ("\n\n", "\n", "。", "；", "，", " ")


@dataclass(frozen=True, slots=True)
class Part:
    """A message: its HTML, and how long it is for Telegram."""

    html: str
    units: int

    def with_block(self, block: "Part") -> "Part":
        """This part with another one under it."""
        return Part(f"{self.html}\n{block.html}", self.units + 1 + block.units)


@dataclass(frozen=True, slots=True)
class Marked:
    """A text without its marks, and the stretches that are bold."""

    text: str
    bold: tuple[tuple[int, int], ...]

    def html(self, start: int, end: int) -> str:
        """A stretch as HTML; bold that was cut is closed here and opened again in the next."""
        shown, place = "", start
        for opens, closes in self.bold:
            opens, closes = max(opens, place), min(closes, end)
            if opens < closes:
                shown += _escape(self.text[place:opens])
                shown += f"<b>{_escape(self.text[opens:closes])}</b>"
                place = closes
        return shown + _escape(self.text[place:end])


def telegram_parts(reply: Reply, words: Wording) -> list[str]:
    """The reply's messages; what is not needed tonight and the sources open when touched."""
    parts = pieces(reply.text)
    for block in (_more(reply, words), _sources(reply, words)):
        folded = [_fold(piece) for piece in pieces(block)] if block else []
        if len(folded) == 1 and parts[-1].units + 1 + folded[0].units <= LIMIT:
            parts[-1] = parts[-1].with_block(folded[0])
        else:
            parts += folded
    return [part.html for part in parts]


def pieces(text: str, limit: int = LIMIT) -> list[Part]:
    """Light Markdown as HTML parts within ``limit``, broken at the largest pause that fits.

    >>> [part.html for part in pieces("**先不开门** & 等。再看。", 9)]
    ['<b>先不开门</b> &amp; 等。', '再看。']
    """
    marked = read_marks(_sendable(text))
    stretches = split(marked, limit)
    return [
        Part(marked.html(start, end), units(marked.text[start:end])) for start, end in stretches
    ]


def read_marks(text: str) -> Marked:
    """Take the ``**`` out of a text and remember where they stood."""
    plain, bold, place = "", [], 0
    for found in _BOLD.finditer(text):
        plain += text[place : found.start()]
        bold.append((len(plain), len(plain) + len(found[1])))
        plain += found[1]
        place = found.end()
    return Marked(plain + text[place:], tuple(bold))


def split(marked: Marked, limit: int) -> list[tuple[int, int]]:
    """Where the pieces of a text begin and end, blanks at their edges left out."""
    stretches, start = [], 0
    while start < len(marked.text):
        fits = _longest(marked.text, start, limit)
        end = fits if fits == len(marked.text) else _break_before(marked, start, fits)
        piece = marked.text[start:end]
        left = len(piece) - len(piece.lstrip())
        if piece.strip():
            stretches.append((start + left, start + len(piece.rstrip())))
        start = end
    return stretches


def units(text: str) -> int:
    """The length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def _more(reply: Reply, words: Wording) -> str:
    return f"**{words.say('more', reply.language)}**\n{reply.more}" if reply.more else ""


def _sources(reply: Reply, words: Wording) -> str:
    if not reply.sources:
        return ""
    lines = [_line(source, reply.language, words) for source in reply.sources]
    return "\n".join((words.say("basis", reply.language), *lines))


def _line(source: Source, language: Language, words: Wording) -> str:
    since = words.say("in_force_since", language).format(date=source.effective)
    dated = since if source.effective else ""
    hearsay = "" if source.verified is Verification.TEXT else words.say("hearsay", language)
    return f"{source.title}{source.locator}{dated}{hearsay}"


def _fold(part: Part) -> Part:
    return Part(f"<blockquote expandable>{part.html}</blockquote>", part.units)


def _longest(text: str, start: int, limit: int) -> int:
    """The furthest end that keeps a piece within ``limit`` units."""
    used = 0
    for place in range(start, len(text)):
        used += 2 if ord(text[place]) > 0xFFFF else 1
        if used > limit:
            return place
    return len(text)


def _break_before(marked: Marked, start: int, most: int) -> int:
    """The end of the largest pause in the last two thirds, outside bold where there is one."""
    ends = list(_ends(marked.text, start, most))
    outside = (end for end in ends if not _inside(end, marked.bold))
    return next(outside, ends[0] if ends else most)


def _ends(text: str, start: int, most: int) -> Iterator[int]:
    for pause in _BREAKS:
        place = text.rfind(pause, start, most)
        while place > start + (most - start) // 3:
            yield place + len(pause)
            place = text.rfind(pause, start, place)


def _inside(place: int, stretches: Iterable[tuple[int, int]]) -> bool:
    return any(opens < place < closes for opens, closes in stretches)


def _sendable(text: str) -> str:
    """The text without halves of characters, which no message can carry."""
    return text.encode("utf-8", "replace").decode()


def _escape(text: str) -> str:
    return escape(text, quote=False)
