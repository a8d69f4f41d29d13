"""Question forms: enough of them, in several voices, each pointing to one entry."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from bot.chinese.normalise import simplified
from bot.knowledge.entry import Entry
from ingest.finding import Finding, Located
from ingest.load.knowledge_base import Sources

FEWEST = 12
TOO_ALIKE = 0.8
HAN = re.compile(r"[\u4e00-\u9fff]")
NOT_WORD = re.compile(r"[\W_]+")
ALSO = "also {form} ({entry}:{line})"
HARD_TO_TELL = "hard to tell from {form} ({entry}:{line})"
PARTICLES = re.compile(r"^(?:请问|你好|那个)|(?:吗|呢|啊|呀|嘛|吧|么|了|的)+$")


def check(sources: Sources) -> Iterator[Finding]:
    """Entries with too few or too uniform forms, and forms that two entries claim."""
    forms: list[_Form] = []
    for entry in sources.entries:
        yield from _variety(entry)
        forms += [
            _Form(entry, number, plain(text), _core(text))
            for number, text in enumerate(entry.value.questions)
        ]
    yield from _twice(forms)
    yield from _alike(forms)


def plain(question: str) -> str:
    """The form without case, width, punctuation, spaces and script variants."""
    return NOT_WORD.sub("", simplified(unicodedata.normalize("NFKC", question)).casefold())


@dataclass(frozen=True)
class _Form:
    entry: Located[Entry]
    number: int
    plain: str
    core: frozenset[str]

    def beside(self, code: str, message: str, other: "_Form") -> Finding:
        """A finding that names the other form, its entry and its line."""
        entry, line = other.entry.value, other.entry.line("questions", other.number)
        blanks = {"form": entry.questions[other.number], "entry": entry.id, "line": line}
        return self.entry.finding(code, message, "questions", self.number, **blanks)


def _variety(entry: Located[Entry]) -> Iterator[Finding]:
    forms = entry.value.questions
    if len(forms) < FEWEST:
        message, count = "{count} of {fewest} forms", len(forms)
        yield entry.finding("few-questions", message, "questions", count=count, fewest=FEWEST)
    if not any(is_english(form) for form in forms):
        yield entry.finding("no-english-question", "no form is in English", "questions")
    if not any(is_traditional(form) for form in forms):
        yield entry.finding("no-traditional-question", "no form is Traditional", "questions")


def is_english(form: str) -> bool:
    """Whether a form is written in English words."""
    return HAN.search(form) is None and len(re.findall(r"[A-Za-z]+", form)) > 1


def is_traditional(form: str) -> bool:
    """Whether a form has characters that only Traditional script writes."""
    return HAN.search(form) is not None and simplified(form) != form


def _twice(forms: list[_Form]) -> Iterator[Finding]:
    first: dict[str, _Form] = {}
    for form in forms:
        other = first.setdefault(form.plain, form)
        if other is not form:
            yield form.beside("question-twice", ALSO, other)
            yield other.beside("question-twice", ALSO, form)


def _alike(forms: list[_Form]) -> Iterator[Finding]:
    """Forms of different entries that share most of their pieces.

    Two sets can only be that alike if they share one of their rarest pieces, so only forms that do
    are compared.
    """
    count: dict[str, int] = defaultdict(int)
    for form in forms:
        for piece in form.core:
            count[piece] += 1
    holders: dict[str, list[_Form]] = defaultdict(list)
    for form in forms:
        rarest = sorted(form.core, key=lambda piece: (count[piece], piece))
        rarest = rarest[: len(rarest) - ceil(TOO_ALIKE * len(rarest)) + 1]
        others = {id(other): other for piece in rarest for other in holders[piece]}
        for other in others.values():
            if _too_alike(form, other):
                yield form.beside("question-alike", HARD_TO_TELL, other)
                break
        for piece in rarest:
            holders[piece].append(form)


def _too_alike(form: _Form, other: _Form) -> bool:
    if form.entry is other.entry or form.plain == other.plain:
        return False
    shared = len(form.core & other.core)
    return shared >= TOO_ALIKE * len(form.core | other.core)


def _core(question: str) -> frozenset[str]:
    """The pairs of characters, or the words of an English form, without polite filler."""
    if HAN.search(question) is None:
        return frozenset(re.findall(r"[a-z0-9]+", question.casefold()))
    text = PARTICLES.sub("", plain(question))
    return frozenset(a + b for a, b in pairwise(text)) or frozenset({text})
