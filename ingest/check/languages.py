"""What is told in Chinese and in English is told in each of them."""

import re
from collections.abc import Iterator

from bot.knowledge.registry import Record
from ingest.finding import Finding, Located

_HAN = re.compile(r"[\u3400-\u9fff]")


def in_two_languages(record: Located[Record], told: tuple[str | int, ...]) -> Iterator[Finding]:
    """The faults of a field and its ``_en`` twin: ``told`` is the place, the Chinese, the English."""
    *place, chinese, english = told
    if not _HAN.search(str(chinese)):
        yield record.finding("language", f"not Chinese: {chinese}", *place)
    if _HAN.search(str(english)):
        yield record.finding("language", f"not English: {english}", *place[:-1], f"{place[-1]}_en")
