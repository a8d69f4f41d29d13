"""Dates in their order, and a review within half a year."""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.knowledge.instrument import InstrumentStatus
from ingest.finding import Finding
from ingest.load.knowledge_base import Sources

ENDED = {InstrumentStatus.REPEALED, InstrumentStatus.EXPIRED}
LONGEST_UNREVIEWED = timedelta(days=183)


def check(sources: Sources) -> Iterator[Finding]:
    """Reviews before creation, due dates too far off, instruments that end before they begin."""
    for entry in sources.entries:
        value = entry.value
        if value.reviewed < value.created:
            yield entry.finding("date-order", "reviewed before it was created", "reviewed")
        if not value.reviewed < value.review_due <= value.reviewed + LONGEST_UNREVIEWED:
            latest = value.reviewed + LONGEST_UNREVIEWED
            message = "due after {first}, at latest {last}"
            days = {"first": value.reviewed, "last": latest}
            yield entry.finding("review-due", message, "review_due", **days)
    for instrument in sources.instruments:
        law = instrument.value
        if not _in_order(law.promulgated, law.effective, law.ended):
            yield instrument.finding("date-order", "promulgated, effective, ended: out of order")
        if law.status in ENDED and law.ended is None:
            yield instrument.finding("no-end", f"{law.status} on which day?", "status")


def _in_order(*days: date | None) -> bool:
    known = [day for day in days if day is not None]
    return known == sorted(known)
