"""The rules that the knowledge base must keep, one file a rule."""

from pathlib import Path

from ingest.check import (
    citations,
    confidence,
    contacts,
    dates,
    identity,
    layout,
    lengths,
    mentions,
    old_articles,
    phrases,
    question_forms,
    references,
)
from ingest.check.law_texts import check as check_law_texts
from ingest.finding import Finding
from ingest.load.knowledge_base import read_sources

CHECKS = (
    identity.check,
    layout.check,
    references.check,
    dates.check,
    lengths.check,
    question_forms.check,
    citations.check,
    mentions.check,
    old_articles.check,
    confidence.check,
    contacts.check,
    phrases.check,
)


def check(folder: Path, law_texts: Path | None = None) -> list[Finding]:
    """Everything wrong with the knowledge base in a folder, by file and line."""
    sources = read_sources(folder)
    found = set(sources.faults)
    for rule in CHECKS:
        found.update(rule(sources))
    if law_texts is not None:
        found.update(check_law_texts(sources, law_texts))
    return sorted(found)
