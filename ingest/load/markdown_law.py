"""Statutes: front matter or the LawRefBook layout, then chapters and 第X条 -> blocks and facts."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.chinese.provisions import NUMERAL, article_key
from ingest.intake import Block, Code, Concern, Document, Source, Unreadable
from ingest.load.located_yaml import UnreadableYaml, read_yaml
from ingest.load.text import decode, text_blocks, title_of

ARTICLE = re.compile(rf"第({NUMERAL})条(?:之({NUMERAL}))?(?=[\s　:：]|$)")
POINT = re.compile(r"([一二三四五六七八九十]+)、")
LEVELS = {"编": 2, "分编": 3, "章": 4, "节": 5}
HEADING = re.compile(rf"第{NUMERAL}(编|分编|章|节)(?:[\s　]+.{{0,40}})?")
INFO_END = "<!-- INFO END -->"
DAY = r"(\d{4})年(\d{1,2})月(\d{1,2})日"
FACTS = {
    "promulgated": re.compile(rf"{DAY}[^起，。；]{{0,40}}?(?:公布|发布|通过)"),
    "effective": re.compile(rf"(?:自|于)?{DAY}\s*(?:起)?(?:施行|实施|生效)"),
    "document_no": re.compile(r"((?:法释|国务院令|主席令|公告)?(?:〔\d{4}〕\d+号|第\d+号))"),
}
DATES = frozenset({"promulgated", "effective", "ended"})
PROLOGUE = 100  # lines at most before the first article


def read_markdown_law(source: Source) -> Document:
    """A statute in Markdown or plain text."""
    text = decode(source)
    head, body, first_line = _front_matter(text)
    blocks = tuple(block for block in text_blocks(body, first_line) if block.text != INFO_END)
    if not blocks:
        raise Unreadable("holds no text")
    document = Document(title=title_of(blocks, source), blocks=blocks, facts=_facts(head, source))
    return as_law(document)


def as_law(document: Document) -> Document:
    """A document read by any reader, with a statute's headings and what it says of itself."""
    blocks = tuple(_heading(block) for block in document.blocks)
    told = dict(_told(blocks)) | dict(document.facts)
    _refuse_false_dates(told)
    named = told.get("title", document.title)
    return replace(document, blocks=blocks, title=_plain_name(named), facts=told)


def is_law(text: str) -> bool:
    """Whether a text has articles at the beginning of its lines, as statutes have."""
    return INFO_END in text or sum(bool(ARTICLE.match(line)) for line in text.splitlines()) > 1


def article_concerns(document: Document) -> Iterator[Concern]:
    """What is odd about a statute's articles: none, twice the same, out of order."""
    last = (0, 0)
    seen: set[tuple[int, int]] = set()
    whole = "节选" not in document.facts.get("scope", "")
    for block in document.blocks:
        if not (found := ARTICLE.match(block.text)):
            continue
        number = article_number(found)
        if number in seen:
            yield Concern(Code.ARTICLES, block.line, "an article stands twice", found[0])
        elif number < last:
            yield Concern(Code.ARTICLES, block.line, "an article is out of order", found[0])
        elif whole and last != (0, 0) and number[0] > last[0] + 1:
            yield Concern(Code.ARTICLES, block.line, "articles before this are missing", found[0])
        seen.add(number)
        last = max(last, number)


def article_number(found: re.Match[str]) -> tuple[int, int]:
    """The number of an article and of what was inserted after it."""
    number, _, inserted = article_key(*found.groups()).partition("-")
    return int(number), int(inserted or 0)


def _front_matter(text: str) -> tuple[str, str, int]:
    lines = text.splitlines()
    if lines and lines[0].strip() == "---" and "---" in lines[1:]:
        end = lines.index("---", 1)
        return "\n".join(lines[1:end]), "\n".join(lines[end + 1 :]), end + 2
    return "", text, 1


def _facts(head: str, source: Source) -> Mapping[str, str]:
    if not head:
        return {}
    try:
        fields, _ = read_yaml(head, Path(source.name), first_line=2)
    except UnreadableYaml as fault:
        raise Unreadable(fault.finding.message, fault.finding.line) from fault
    if not isinstance(fields, dict):
        raise Unreadable("front matter must be a mapping", 2)
    return {str(name): str(value) for name, value in fields.items() if value is not None}


def _refuse_false_dates(facts: Mapping[str, str]) -> None:
    for name in DATES & facts.keys():
        try:
            date.fromisoformat(facts[name])
        except ValueError as fault:
            raise Unreadable(f"{name} is no date: {facts[name]}") from fault


def _heading(block: Block) -> Block:
    found = HEADING.fullmatch(block.text)
    return replace(block, level=LEVELS[found[1]]) if found and not block.level else block


def _told(blocks: tuple[Block, ...]) -> Iterator[tuple[str, str]]:
    """Facts that the lines before the first article state."""
    for block in blocks[:PROLOGUE]:
        if ARTICLE.match(block.text):
            return
        for name, pattern in FACTS.items():
            if found := [*pattern.finditer(block.text)]:
                yield name, _fact(found[-1])


def _fact(found: re.Match[str]) -> str:
    if len(found.groups()) == 1:
        return found[1]
    year, month, day = map(int, found.groups())
    return f"{year:04}-{month:02}-{day:02}"


def _plain_name(title: str) -> str:
    return re.sub(r"[（(](?:节选|全文|\d{4}年?(?:修订|修正))[）)]$", "", title).strip("《》 　")
