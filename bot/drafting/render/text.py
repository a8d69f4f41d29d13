"""A letter as plain text, to paste into a customer-service chat or an e-mail."""

from collections.abc import Iterator, Sequence

from bot.drafting.letter import Block, Heading, Items, Letter, Paragraph, Picture, Table

ENCLOSURES = "附件（按实际有的勾选）："


BETWEEN = "\n" + "－" * 20 + "\n\n"


def as_text(letters: Sequence[Letter]) -> bytes:
    """The letters as text, one after the other."""
    return BETWEEN.join("\n".join(_lines(each)).strip() + "\n" for each in letters).encode()


def enclosure_line(letter: Letter) -> str | None:
    """What is enclosed, each with a box to tick."""
    if not letter.enclosures:
        return None
    return ENCLOSURES + "　".join(f"□ {each}" for each in letter.enclosures)


def _lines(letter: Letter) -> Iterator[str]:
    yield letter.title
    yield ""
    if letter.addressee:
        yield letter.addressee
    for block in letter.blocks:
        yield from _block(block)
    if letter.closing:
        yield ""
        yield from letter.closing
    yield ""
    yield from letter.signature
    if enclosures := enclosure_line(letter):
        yield ""
        yield enclosures


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(text):
            yield ""
            yield text
        case Paragraph(text):
            yield f"　　{text}"
        case Items(lines):
            yield from (f"{number}. {line}" for number, line in enumerate(lines, 1))
        case Table(rows):
            yield from ("　".join(each for each in row if each) for row in rows)
        case Picture(curves):
            yield from (f"· {curve.name}" for curve in curves)
