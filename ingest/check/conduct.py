"""Verdicts on collectors' conduct: of the four there are, and no stronger than their source."""

from collections.abc import Iterator

from ingest.finding import Finding
from ingest.load.knowledge_base import Sources

VERDICTS = {"unlawful", "against_standard", "allowed", "more_facts"}


def check(sources: Sources) -> Iterator[Finding]:
    """Unknown verdicts, and conduct called unlawful that only a recommendation forbids."""
    instruments = sources.library().instrument
    for rule in sources.conduct_rules:
        verdict = rule.value.verdict
        if verdict not in VERDICTS:
            yield rule.finding("verdict", f"{verdict} is none of {sorted(VERDICTS)}", "verdict")
        laws = [instruments.get(citation.instrument) for citation in rule.value.citations]
        if verdict == "unlawful" and not any(law is not None and law.binding for law in laws):
            yield rule.finding("called-law", "unlawful only by a recommendation", "verdict")
