"""Hold one text to the rules of the knowledge base, and name what breaks them by field."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from itertools import chain
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.curation.like_forms import may_be_doubles
from bot.curation.records import Fault, Fields
from bot.knowledge.entry import Entry
from bot.knowledge.fork import forms_sent_to
from bot.knowledge.library import Library
from ingest import check as rules
from ingest.check.forks import DANGERS
from ingest.export import write_entry
from ingest.finding import Finding, Located, Place
from ingest.load.guidance import read_entry
from ingest.load.knowledge_base import Sources

OF_ITS_OWN = (
    rules.dates.check,
    rules.lengths.check,
    rules.citations.check,
    rules.mentions.check,
    rules.misplaced.check,
    rules.old_articles.check,
    rules.confidence.check,
    rules.hotlines.check,
    rules.contacts.check,
)
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
UNFIT = {"missing": "blank", "too_short": "blank", "date": "no-date", "enum": "no-choice"}
REGISTRIES = {each.name for each in fields(Sources)} & Library.model_fields.keys() - {"entries"}
NOWHERE = Path("elsewhere")


def check_entry(fields: Fields, library: Library, letters: frozenset[str]) -> tuple[Fault, ...]:
    """Everything that keeps a text from being published beside the entries of a library."""
    try:
        entry = Entry.model_validate(fields)
    except ValidationError as invalid:
        return tuple(_unfit(each) for each in invalid.errors())
    if missing := tuple(_missing(entry)):
        return missing
    file = Path("guidance") / entry.topic / f"{entry.id}.md"
    read = read_entry(file, write_entry(entry))
    if isinstance(read, list) or read.value != entry:
        return tuple(_not_writable(entry, read))
    others = [each for each in library.entries if each.id != entry.id]
    findings = set(_findings(read, others, library, letters))
    located = tuple(_located(each, read.lines) for each in sorted(findings))
    return (*located, *_forked(entry, library))


def retiring(entry: str, library: Library) -> tuple[Fault, ...]:
    """What keeps an entry from going away: a button that leads to it."""
    return tuple(
        say("fork-entry", "id", f"{fork.id} leads here", label=branch.label, asks=fork.asks)
        for fork in library.forks
        for branch in fork.branches
        if branch.entry == entry
    )


def _forked(entry: Entry, library: Library) -> Iterator[Fault]:
    """What questions asked back need of the entry that their buttons lead to."""
    for sent in forms_sent_to(library.forks, entry.id):
        if not entry.lists(sent.form):
            asks, about = sent.fork.asks, f"{sent.fork.id} sends {sent.form}"
            yield say("fork-form", "questions", about, form=sent.form, label=sent.label, asks=asks)
    for fork in library.forks:
        leads_here = any(each.entry == entry.id for each in fork.branches)
        if leads_here and entry.english is None:
            yield say("fork-english", "english", f"{fork.id} leads here", asks=fork.asks)
        if entry.risk in DANGERS and entry.id in fork.under:
            yield say("fork-in-danger", "risk", f"{fork.id} is asked under it", asks=fork.asks)


def say(code: str, field: str, message: str, **about: str) -> Fault:
    """A fault of a whole field, with the names in its message."""
    return Fault(field, None, code, message, tuple(about.items()))


def _findings(
    changed: Located[Entry], others: Sequence[Entry], library: Library, letters: frozenset[str]
) -> Iterator[Finding]:
    alone = _sources((changed,), library, letters)
    beside = replace(alone, entries=(*map(_unplaced, others), changed))
    forms = replace(alone, entries=(*_with_like_forms(others, changed.value), changed))
    text = _sources((changed,), Library(), letters)
    found = [rule(alone) for rule in OF_ITS_OWN]
    found.append(rules.phrases.check(text))
    found.append(rules.references.check(beside))
    found.append(rules.question_forms.check(forms))
    yield from (each for each in chain.from_iterable(found) if each.file == changed.file)


def _with_like_forms(others: Sequence[Entry], changed: Entry) -> Iterator[Located[Entry]]:
    """The others with only those forms that could be doubles."""
    forms = [other.questions for other in others]
    alike = iter(may_be_doubles(forms, changed.questions).tolist())
    for other in others:
        if like := tuple(form for form in other.questions if next(alike)):
            yield _unplaced(other.model_copy(update={"questions": like}))


def _unplaced(entry: Entry) -> Located[Entry]:
    return Located(entry, NOWHERE, {})


def _sources(
    entries: tuple[Located[Entry], ...], library: Library, letters: frozenset[str]
) -> Sources:
    registries = {name: _placed(getattr(library, name)) for name in REGISTRIES}
    return Sources(folder=Path(), entries=entries, letters=letters, faults=(), **registries)


def _placed(values: Sequence[BaseModel]) -> tuple[Located[Any], ...]:
    return tuple(Located(value, NOWHERE, {}) for value in values)


def not_a_name(field: str) -> Fault:
    """What is said of an id or topic that no file could bear."""
    return Fault(field, None, "name", "small letters and digits, joined by hyphens")


def _missing(entry: Entry) -> Iterator[Fault]:
    """Names that are no names, and texts that are blank."""
    for name in ("id", "topic"):
        if not SLUG.fullmatch(getattr(entry, name)):
            yield not_a_name(name)
    for name in ("title", "short_answer"):
        if not getattr(entry, name).strip():
            yield Fault(name, None, "blank", "has to be filled in")
    for name in ("questions", "steps", "they_may_not", "do_not", "why"):
        for number, text in enumerate(getattr(entry, name)):
            if not text.strip():
                yield Fault(name, number, "blank", "has to be filled in or taken out")
    if not entry.steps:
        yield Fault("steps", None, "blank", "two to six steps")


def _not_writable(entry: Entry, read: Located[Entry] | list[Finding]) -> Iterator[Fault]:
    """A text that its file could not hold: a list item of two lines, a heading inside a field."""
    message = "stands in no file: one line for each item, no line that begins with ##"
    if isinstance(read, Located):
        names = [n for n in Entry.model_fields if getattr(read.value, n) != getattr(entry, n)]
    else:
        names = [n for n in Entry.model_fields if _breaks_lines(getattr(entry, n))]
    yield from (Fault(name, None, "one-line", message) for name in names or ["short_answer"])


def _breaks_lines(value: object) -> bool:
    texts = value if isinstance(value, tuple) else (value,)
    several = isinstance(value, tuple)
    return any(
        isinstance(each, str) and (not each.strip() or "## " in each or (several and "\n" in each))
        for each in texts
    )


def _located(finding: Finding, lines: Mapping[Place, int]) -> Fault:
    """The finding at the innermost part of the entry that stands on its line."""
    places = [place for place, line in lines.items() if line == finding.line and place]
    place = max(places, key=len) if places else ("",)
    return Fault(*_field(place), finding.code, finding.message, finding.about)


def _unfit(error: ErrorDetails) -> Fault:
    """A field that is missing or holds what it cannot."""
    kind = error["type"]
    code = next((code for word, code in UNFIT.items() if word in kind), "schema")
    return Fault(*_field(error["loc"]), code, error["msg"])


def _field(place: Sequence[str | int]) -> tuple[str, int | None]:
    field = str(place[0]) if place else ""
    return field, next((step for step in place[1:] if isinstance(step, int)), None)
