"""Web pages: the article without its frame -> blocks; what the page hides from readers is named."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from ingest.intake import Block, Code, Concern, Document, Source, Unreadable
from ingest.load.text import decode

HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0*)?\s*(?:;|$)"
    r"|font-size\s*:\s*[01](?:px|pt|em|%)?\s*(?:;|$)"
    r"|(?:text-indent|left|top|margin-left)\s*:\s*-\d{3,}"
    r"|(?<![-\w])color\s*:\s*(?:#fff(?:fff)?|white|transparent)\b",
    re.IGNORECASE,
)
DARK_GROUND = re.compile(r"background(?:-color|-image)?\s*:", re.IGNORECASE)
META_CHARSET = re.compile(rb"<meta[^>]{0,100}charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
NOT_READ = ("script", "style", "noscript", "template", "svg")
FEWEST_HIDDEN = 6  # letters; an empty drop-down hides a word or two on every page
HEADINGS = {f"h{level}": level for level in range(1, 7)}
PLACE_SIGNS = 12


def read_html(source: Source) -> Document:
    """The main text of a page, with headings, by the lines of its source."""
    text = decode(_with_charset(source))
    tree = _tree(text)
    concerns = tuple(_take_out_hidden(tree))
    blocks = tuple(_placed(_main_text(tree), text))
    if not blocks:
        raise Unreadable("holds no article that can be told from its frame")
    title = (tree.findtext(".//title") or "").strip() or blocks[0].text
    return Document(title=title, blocks=blocks, concerns=concerns)


def _with_charset(source: Source) -> Source:
    """What the server says of the encoding goes before what the page says."""
    found = META_CHARSET.search(source.content[:4096])
    if source.charset or not found:
        return source
    named = found[1].decode("ascii").lower()
    # Chinese pages say gb2312 and write its larger successor.
    charset = "gb18030" if named in ("gb2312", "gbk") else named
    return Source(source.name, source.content, charset, source.from_web, source.form)


def _tree(text: str) -> Any:
    from lxml import etree, html  # type: ignore[import-untyped]

    # a declared encoding would be applied twice, so the parser is told of ours
    parser = html.HTMLParser(encoding="utf-8", remove_pis=True, remove_comments=True)
    try:
        return html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as fault:
        raise Unreadable("holds no page") from fault


def _take_out_hidden(tree: Any) -> Iterator[Concern]:
    """Remove what a reader would not see, and say what it was."""
    for element in tree.xpath("//body//*"):
        if element.tag in NOT_READ or not _is_hidden(element):
            continue
        words = " ".join("".join(element.itertext()).split())
        line = element.sourceline or 1
        _remove(element)
        if len(words) >= FEWEST_HIDDEN:
            yield Concern(Code.HIDDEN, line, "the page hides text from readers", words[:200])


def _is_hidden(element: Any) -> bool:
    style = element.get("style", "")
    styled = HIDING.search(style)
    if styled and "color" in styled[0].lower() and DARK_GROUND.search(style):
        styled = None
    return bool(styled or element.get("hidden") is not None)


def _remove(element: Any) -> None:
    parent = element.getparent()
    if parent is None:
        return
    previous, tail = element.getprevious(), element.tail or ""
    if previous is not None:
        previous.tail = (previous.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def _main_text(tree: Any) -> Sequence[tuple[str, int]]:
    """Paragraphs and headings of the article, found by trafilatura."""
    from trafilatura import extract

    found = extract(
        tree,
        output_format="xml",
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        include_formatting=False,
    )
    if not found:
        return []
    from lxml import etree

    body = etree.fromstring(found.encode("utf-8")).find("main")
    return [] if body is None else [*_paragraphs(body)]


def _paragraphs(body: Any) -> Iterator[tuple[str, int]]:
    for element in body.iter("p", "head", "item", "cell", "quote"):
        if element.tag != "head" and element.find(".//p") is not None:
            continue
        for line in "".join(element.itertext("p", "head", "item", "cell", "quote")).split("\n"):
            words = " ".join(line.split())
            if words:
                yield words, HEADINGS.get(element.get("rend", ""), 0)


def _placed(paragraphs: Sequence[tuple[str, int]], text: str) -> Iterator[Block]:
    """Each paragraph with the line of the source where its first words stand."""
    lines = [re.sub(r"<[^>]*>|\s", "", line) for line in text.splitlines()]
    last = 0
    for words, level in paragraphs:
        start = re.sub(r"\s", "", words)[:PLACE_SIGNS]
        found = next((n for n in range(last, len(lines)) if start in lines[n]), last)
        last = found
        yield Block(words, found + 1, level=level)
