"""Lines that fit a phone and that a tired reader can take in."""

import re
from collections.abc import Iterator

from bot.knowledge.entry import Entry
from ingest.check.wording import chinese_lines
from ingest.finding import Finding, Located
from ingest.load.knowledge_base import Sources

LONGEST_ANSWER = 120
LONGEST_STEP = 60
LONGEST_FACT = 90
LONGEST_SENTENCE = 60
FEWEST_STEPS, MOST_STEPS = 2, 6
FEWEST_ACTIONS, MOST_ACTIONS = 2, 3
BRACKETS = re.compile(r"（[^（）]*）|\([^()]*\)|〔[^〔〕]*〕")
SENTENCE_END = re.compile(r"[。；？！;?!…\n]+")


def check(sources: Sources) -> Iterator[Finding]:
    """Texts longer, and lists longer or shorter, than docs/knowledge-format.md allows."""
    for entry in sources.entries:
        yield from _counts(entry)
        yield from _long_lines(entry)
        yield from _long_sentences(entry)


def _counts(entry: Located[Entry]) -> Iterator[Finding]:
    steps, actions = len(entry.value.steps), len(entry.value.actions)
    if not FEWEST_STEPS <= steps <= MOST_STEPS:
        limits = {"fewest": FEWEST_STEPS, "most": MOST_STEPS}
        message = "{count} steps, not {fewest} to {most}"
        yield entry.finding("step-count", message, "steps", count=steps, **limits)
    if actions and not FEWEST_ACTIONS <= actions <= MOST_ACTIONS:
        message = "{count} actions, not two or three"
        yield entry.finding("action-count", message, "actions", count=actions)


def _long_lines(entry: Located[Entry]) -> Iterator[Finding]:
    value = entry.value
    limits = (
        ("short_answer", (value.short_answer,), LONGEST_ANSWER),
        ("steps", value.steps, LONGEST_STEP),
        ("why", value.why, LONGEST_FACT),
    )
    for field, texts, limit in limits:
        for number, text in enumerate(texts):
            if len(text) > limit:
                message, length = "{length} characters, at most {most}", len(text)
                yield entry.finding("too-long", message, field, number, length=length, most=limit)


def _long_sentences(entry: Located[Entry]) -> Iterator[Finding]:
    for place, text in chinese_lines(entry):
        for sentence in SENTENCE_END.split(BRACKETS.sub("", text)):
            if len(sentence) > LONGEST_SENTENCE:
                message = "{length} characters in one sentence: {begins}…"
                blanks = {"length": len(sentence), "begins": sentence[:12]}
                yield entry.finding("long-sentence", message, *place, **blanks)
