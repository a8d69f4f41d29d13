"""A worry's sentence is short, in both languages, and says nothing that its entry does not."""

import re
from collections.abc import Iterator, Mapping

from bot.knowledge.entry import Entry
from bot.knowledge.worry import Worry
from ingest.check.languages import in_two_languages
from ingest.finding import Finding, Located
from ingest.load.knowledge_base import Sources

LONGEST = 60  # characters: one line of several under an answer
_FIGURE = re.compile(r"\d+")


def check(sources: Sources) -> Iterator[Finding]:
    """Worries that lead nowhere, are told twice, or say too much."""
    entries = sources.library().entry
    words: dict[str, str] = {}
    for worry in sources.worries:
        yield from _entries(worry, entries)
        yield from in_two_languages(worry, ("says", worry.value.says, worry.value.says_en))
        if len(worry.value.says) > LONGEST:
            message = f"{len(worry.value.says)} characters, at most {LONGEST}"
            yield worry.finding("too-long", message, "says")
        for number, word in enumerate(worry.value.words):
            if word in words:
                message = f"{word} tells {words[word]} too"
                yield worry.finding("word-twice", message, "words", number)
            words[word] = worry.value.id


def _entries(worry: Located[Worry], entries: Mapping[str, Entry]) -> Iterator[Finding]:
    for number, name in enumerate(worry.value.answered_by):
        if name not in entries:
            yield worry.finding("unknown-id", f"no entry {name}", "answered_by", number)
    entry = entries.get(worry.value.entry)
    if entry is None:
        yield worry.finding("unknown-id", f"no entry {worry.value.entry}", "entry")
        return
    for number, citation in enumerate(worry.value.citations):
        if citation not in entry.citations:
            message = f"{entry.id} does not cite {citation.instrument} {citation.article}"
            yield worry.finding("not-cited", message, "citations", number)
    told = " ".join((entry.short_answer, *entry.steps, *entry.they_may_not, *entry.why))
    for figure in _FIGURE.findall(worry.value.says):
        if not re.search(rf"(?<!\d){figure}(?!\d)", told):
            yield worry.finding("figure", f"{entry.id} does not say {figure}", "says")
