"""Every phone number and web address comes from a registry."""

import re
from collections.abc import Iterator

from bot.knowledge.registry import Record
from ingest.check.wording import everything
from ingest.finding import Finding, Located
from ingest.load.knowledge_base import Sources

MONEY_OR_COUNT = r"(?!\d|[.,]\d|[%％]|\s*(?:[元块万千百亿期天日年月个人次家笔起条份套]|号令))"
NUMBER = re.compile(
    r"(?<![\d.\-/—〔第])(?:"
    r"400[-\s]?\d{3}[-\s]?\d{4}|400[-\s]?\d{4}[-\s]?\d{3}|800[-\s]?\d{3}[-\s]?\d{4}"
    r"|0\d{2,3}[-\s]\d{7,8}|1[3-9]\d{9}|\d{5}(?!-\d)|9\d{5}|1[12]\d"
    rf"){MONEY_OR_COUNT}"
)
CALLED = re.compile(
    rf"(?:打|拨|拨打|致电|热线|电话|专线|call|dial)\s*[:：]?\s*(\d[\d-]{{2,12}}){MONEY_OR_COUNT}"
)
SITE = re.compile(
    r"(?:https?://)?((?:[a-z0-9-]+\.)+(?:cn|com|net|org|gov|top|cc|vip|xyz))(?![a-z])", re.I
)
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def check(sources: Sources) -> Iterator[Finding]:
    """Numbers and sites in a text that no channel, help line or creditor bears."""
    known = _known(sources)
    for holder, line in everything(sources):
        for contact in contacts(line.text):
            if contact not in known:
                message = "{contact} is in no registry"
                yield holder.finding("unknown-contact", message, *line.place, contact=contact)


def contacts(text: str) -> set[str]:
    """The phone numbers, sites and mail addresses in a text, in one spelling.

    >>> sorted(contacts("打 400-810-8866 或看 www.12315.cn"))
    ['12315.cn', '4008108866']
    """
    addresses = set(ADDRESS.findall(text))
    rest = ADDRESS.sub(" ", text)
    sites = {site.lower().removeprefix("www.") for site in SITE.findall(rest)}
    rest = SITE.sub(" ", rest)
    numbers = NUMBER.findall(rest) + CALLED.findall(rest)
    return addresses | sites | {re.sub(r"\D", "", number) for number in numbers}


def _known(sources: Sources) -> set[str]:
    bearers: tuple[Located[Record], ...] = (
        *sources.channels,
        *sources.help_lines,
        *sources.creditors,
    )
    written = [
        text
        for record in bearers
        for field in ("number", "site", "contact")
        if (text := getattr(record.value, field, None))
    ]
    known: set[str] = set().union(*map(contacts, written))
    return known | {re.sub(r"\D", "", text) for text in written}
