"""What the knowledge base holds, in figures."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.knowledge.library import Library
from ingest.load.registries import REGISTRIES


@dataclass(frozen=True)
class Statistics:
    """Counts for ``borrower-aid kb stats``."""

    entries: int
    question_forms: int
    with_english: int
    instruments: int
    provisions: int
    records: dict[str, int]
    by_topic: dict[str, int]
    by_risk: dict[str, int]
    citations_by_verification: dict[str, int]
    next_review: date | None


def statistics(library: Library) -> Statistics:
    """Count what a library holds."""
    return Statistics(
        entries=len(library.entries),
        question_forms=sum(len(entry.questions) for entry in library.entries),
        with_english=sum(entry.english is not None for entry in library.entries),
        instruments=len(library.instruments),
        provisions=sum(len(each.provisions) for each in library.instruments),
        records={name: len(getattr(library, name)) for name in REGISTRIES},
        by_topic=_count(entry.topic for entry in library.entries),
        by_risk=_count(str(entry.risk) for entry in library.entries),
        citations_by_verification=_count(
            str(citation.verified) for entry in library.entries for citation in entry.citations
        ),
        next_review=min((entry.review_due for entry in library.entries), default=None),
    )


def _count(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))
