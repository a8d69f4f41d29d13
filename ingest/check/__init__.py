"""The rules that the knowledge base must keep, one file a rule."""

from pathlib import Path

from ingest.check import (
    citations,
    conduct,
    confidence,
    contacts,
    dates,
    forks,
    hotlines,
    identity,
    layout,
    lengths,
    mentions,
    misplaced,
    official_texts,
    old_articles,
    paraphrases,
    phrases,
    question_forms,
    references,
    stated_quantities,
    worries,
)
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
    misplaced.check,
    old_articles.check,
    confidence.check,
    conduct.check,
    contacts.check,
    hotlines.check,
    phrases.check,
    forks.check,
    worries.check,
)
CHECKS_WITH_TEXTS = (official_texts.check, paraphrases.check, stated_quantities.check)


def check(folder: Path, law_texts: Path | None = None) -> list[Finding]:
    """Everything wrong with the knowledge base in a folder, by file and line."""
    sources = read_sources(folder)
    found = set(sources.faults)
    for rule in CHECKS:
        found.update(rule(sources))
    texts = official_texts.read_texts(sources, law_texts)
    for rule_with_texts in CHECKS_WITH_TEXTS:
        found.update(rule_with_texts(sources, texts))
    return sorted(found)
