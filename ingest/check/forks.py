"""A question asked back leads on, on a button that fits, in both languages, and never in danger."""

from collections import Counter
from collections.abc import Iterator, Mapping

from bot.knowledge.entry import Entry
from bot.knowledge.fork import Branch, Fork
from bot.knowledge.vocabulary import Risk
from ingest.check.languages import in_two_languages
from ingest.finding import Finding, Located
from ingest.load.knowledge_base import Sources

LONGEST_LABEL = 64  # bytes: what Telegram lets a button carry, and about what a phone shows
DANGERS = {Risk.CRISIS, Risk.VIOLENCE}


def check(sources: Sources) -> Iterator[Finding]:
    """Forks that cannot be asked, or whose buttons lead nowhere."""
    entries = sources.library().entry
    for fork in sources.forks:
        yield from _under(fork, entries)
        yield from in_two_languages(fork, ("asks", fork.value.asks, fork.value.asks_en))
        yield from _told_twice(fork)
        for number, branch in enumerate(fork.value.branches):
            yield from _leads_on(fork, number, branch, entries)
            yield from _label(fork, number, branch)


def _under(fork: Located[Fork], entries: Mapping[str, Entry]) -> Iterator[Finding]:
    for number, name in enumerate(fork.value.under):
        entry = entries.get(name)
        if entry is None:
            yield fork.finding("unknown-id", f"under: no {name}", "under", number)
        elif entry.risk in DANGERS:
            yield fork.finding("fork-in-danger", f"{name} is about {entry.risk}", "under", number)


def _leads_on(
    fork: Located[Fork], number: int, branch: Branch, entries: Mapping[str, Entry]
) -> Iterator[Finding]:
    entry = entries.get(branch.entry)
    place = ("branches", number)
    if entry is None:
        yield fork.finding("unknown-id", f"no entry {branch.entry}", *place, "entry")
        return
    for field in ("question", "question_en"):
        if not entry.lists(getattr(branch, field)):
            message = f"{branch.entry} does not list {getattr(branch, field)}"
            yield fork.finding("not-listed", message, *place, field)
    if entry.english is None:
        yield fork.finding("no-english", f"{branch.entry} has no English", *place, "question_en")
    yield from in_two_languages(fork, (*place, "question", branch.question, branch.question_en))


def _label(fork: Located[Fork], number: int, branch: Branch) -> Iterator[Finding]:
    yield from in_two_languages(fork, ("branches", number, "label", branch.label, branch.label_en))
    for field in ("label", "label_en"):
        size = len(getattr(branch, field).encode())
        if size > LONGEST_LABEL:
            message = f"{size} bytes, at most {LONGEST_LABEL}"
            yield fork.finding("too-long", message, "branches", number, field)


def _told_twice(fork: Located[Fork]) -> Iterator[Finding]:
    counted = Counter(word for branch in fork.value.branches for word in branch.words)
    for word, times in counted.items():
        if times > 1:
            yield fork.finding("word-twice", f"{word} tells {times} branches", "branches")
