"""Plain text and Markdown: bytes in one of the usual encodings -> blocks by line."""

import codecs
import re
from collections.abc import Iterator

from ingest.intake import Block, Document, Source, Unreadable

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Characters of GB 2312's first plane: nearly all of what people write in Chinese.
COMMON_SHARE = 0.7
HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*")
INDENT = re.compile(r"[\s　]")


def read_text(source: Source) -> Document:
    """The lines of a text file; lines that begin with # are headings."""
    blocks = tuple(text_blocks(decode(source)))
    if not blocks:
        raise Unreadable("holds no text")
    return Document(title=title_of(blocks, source), blocks=blocks)


def decode(source: Source) -> str:
    """The text of bytes in UTF-8, UTF-16 or GB18030; anything else is refused, not guessed."""
    content = source.content
    encodings = [name for mark, name in BYTE_ORDER_MARKS if content.startswith(mark)]
    encodings += [source.charset] if source.charset else []
    for encoding in [*encodings, "utf-8", *_utf16(content)]:
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return _gb18030(content)


def text_blocks(text: str, first_line: int = 1) -> Iterator[Block]:
    """The blocks of a text whose first line has the given number."""
    after_blank = True
    for number, line in enumerate(text.splitlines(), first_line):
        stripped = line.strip()
        if not stripped:
            after_blank = True
            continue
        heading = HEADING.fullmatch(stripped)
        opens = after_blank or INDENT.match(line) is not None
        if heading:
            yield Block(heading[2], number, level=len(heading[1]))
        else:
            yield Block(stripped, number, opens=opens)
        after_blank = heading is not None


def title_of(blocks: tuple[Block, ...], source: Source) -> str:
    """The first heading, a short first line, or the file's name."""
    for block in blocks:
        if block.level:
            return block.text
    first = blocks[0].text
    return first if len(first) <= 40 else source.name.rpartition("/")[2]


def _utf16(content: bytes) -> list[str]:
    """UTF-16 without a mark shows in the zero bytes of its digits, letters and line ends."""
    zeros = [content[start::2].count(0) for start in (0, 1)]
    if max(zeros) < max(1, len(content) // 200):
        return []
    return ["utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"]


def _gb18030(content: bytes) -> str:
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError as fault:
        raise Unreadable("neither UTF-8, UTF-16 nor GB18030") from fault
    if _common_share(text) < COMMON_SHARE:
        raise Unreadable("encoding not recognised: read as GB18030 it makes no sense")
    return text


def _common_share(text: str) -> float:
    foreign = [char for char in text if not char.isascii() and char.isalpha()]
    common = sum(0xB0A1 <= _gb2312(char) <= 0xD7F9 for char in foreign)
    return common / len(foreign) if foreign else 0.0


def _gb2312(char: str) -> int:
    try:
        return int.from_bytes(char.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return 0
