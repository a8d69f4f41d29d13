"""Articles that carried other numbers before a law was revised."""

from collections.abc import Iterator
from typing import NamedTuple

from bot.knowledge.entry import Entry
from ingest.check.mentions import mentions, names_of
from ingest.check.wording import chinese_lines
from ingest.finding import Finding, Located
from ingest.load.knowledge_base import Sources


class Moved(NamedTuple):
    """Matter that left an article when its law was renumbered."""

    instrument: str
    article: str
    now: str
    matter: tuple[str, ...]


MOVED = (
    Moved(
        "public-security-penalties-law-2025", "26", "30", ("寻衅滋事", "强拿硬要", "追逐", "拦截")
    ),
    Moved(
        "public-security-penalties-law-2025",
        "40",
        "47",
        ("侵入", "进屋", "住宅", "限制人身自由", "搜查"),
    ),
    Moved(
        "public-security-penalties-law-2025",
        "42",
        "50",
        ("骚扰", "威胁", "恐吓", "侮辱", "诽谤", "隐私", "滋扰", "偷窥"),
    ),
)


def check(sources: Sources) -> Iterator[Finding]:
    """Lines and citations that give a matter the number it had before the revision."""
    names = names_of(sources)
    for entry in sources.entries:
        for line in chinese_lines(entry):
            for mention in mentions(line.text, names):
                law = mention.instrument
                for moved in MOVED:
                    if law is not None and (law.id, mention.article) == moved[:2]:
                        yield from _told(entry, moved, line.text, *line.place)
        for number, citation in enumerate(entry.value.citations):
            for moved in MOVED:
                if (citation.instrument, citation.article) == moved[:2]:
                    text = "".join(line.text for line in chinese_lines(entry))
                    yield from _told(entry, moved, text, "citations", number)


def _told(entry: Located[Entry], moved: Moved, text: str, *place: str | int) -> Iterator[Finding]:
    found = next((word for word in moved.matter if word in text), None)
    if found is not None:
        message = "{matter} is article {now} since the revision, not {before}"
        blanks = {"matter": found, "now": moved.now, "before": moved.article}
        yield entry.finding("old-article", message, *place, **blanks)
