"""Personal details of people, which no draft may carry on."""

from collections.abc import Iterator

from bot.answering.redact import Finding, Kind, masked, redact
from ingest.intake import Code, Concern, Document


def personal_data(document: Document) -> Iterator[Concern]:
    """A concern for each paragraph with such details; it names their kinds, never the details."""
    for block in document.blocks:
        if kinds := list(dict.fromkeys(each.kind.value for each in details(block.text))):
            reason = f"holds personal details, masked in the draft: {'、'.join(kinds)}"
            yield Concern(Code.PERSONAL_DATA, block.line, reason)


def without_details(text: str) -> str:
    """The text with personal details masked.

    >>> without_details("问所在乡镇街道，或打13800138000")
    '问所在乡镇街道，或打〔手机号〕'
    """
    return masked(text, details(text))


def details(text: str) -> list[Finding]:
    """Personal details; a place without a number is where an office is, not where one lives."""
    return [
        each
        for each in redact(text).found
        if each.kind is not Kind.ADDRESS or any(map(str.isdigit, text[each.start : each.end]))
    ]
