"""A reply as Telegram messages: HTML, split where a reader would pause."""

import re
from collections.abc import Iterator
from html import escape

from bot.answering.reply import Reply, Source
from bot.knowledge.vocabulary import Verification

LIMIT = 4096  # UTF-16 code units, as Telegram counts a message
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_BREAKS = ("\n\n", "\n", "。", "；", "，", " ")


def telegram_parts(reply: Reply) -> list[str]:
    """The reply's texts as HTML, each within Telegram's limit."""
    parts = [html(piece) for piece in split(reply.text, LIMIT - 400)]
    block = sources_block(reply.sources)
    if block and units(parts[-1] + block) <= LIMIT:
        parts[-1] += block
    elif block:
        parts.append(block.strip())
    return parts


def html(text: str) -> str:
    """Light Markdown as Telegram HTML.

    >>> html("**先不开门** & 等")
    '<b>先不开门</b> &amp; 等'
    """
    return _BOLD.sub(r"<b>\1</b>", escape(text, quote=False))


def sources_block(sources: tuple[Source, ...]) -> str:
    """The sources as a block that opens when touched."""
    if not sources:
        return ""
    lines = "\n".join(escape(_line(source), quote=False) for source in sources)
    return f"\n<blockquote expandable>依据\n{lines}</blockquote>"


def split(text: str, limit: int = LIMIT) -> list[str]:
    """Pieces within ``limit`` UTF-16 units, broken at the largest pause that fits; bold stays whole.

    >>> split("一二。三四。", 3)
    ['一二。', '三四。']
    """
    pieces: list[str] = []
    while units(text) > limit:
        end = _break_before(text, _longest(text, limit))
        pieces.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [piece for piece in (*pieces, text) if piece] or [""]


def units(text: str) -> int:
    """The length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def _longest(text: str, limit: int) -> int:
    """How many characters fit into ``limit`` units."""
    used = 0
    for place, character in enumerate(text):
        used += 2 if ord(character) > 0xFFFF else 1
        if used > limit:
            return place
    return len(text)


def _break_before(text: str, most: int) -> int:
    for pause in _BREAKS:
        for end in _ends_of(pause, text, most):
            if text[:end].count("**") % 2 == 0:
                return end
    return most


def _ends_of(pause: str, text: str, most: int) -> Iterator[int]:
    start = text.rfind(pause, 0, most)
    while start > most // 3:
        yield start + len(pause)
        start = text.rfind(pause, 0, start)


def _line(source: Source) -> str:
    dated = f"（{source.effective.isoformat()} 起施行）" if source.effective else ""
    hearsay = "" if source.verified is Verification.TEXT else "，据公开报道"
    return f"{source.title}{source.locator}{dated}{hearsay}"
