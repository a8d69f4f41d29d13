"""The lines of an entry or record, each with its place: what most rules look at."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pydantic import BaseModel

from bot.knowledge.entry import Entry
from ingest.finding import Located, Place
from ingest.load.knowledge_base import Sources

NOT_WORDING = {"id", "instrument", "article", "questions", "words", "aliases", "site"}


class Line(NamedTuple):
    """One line that a borrower may be shown."""

    place: Place
    text: str


def chinese_lines(entry: Located[Entry]) -> Iterator[Line]:
    """Every Chinese line of an entry except its title."""
    value = entry.value
    for number, text in enumerate(filter(None, value.short_answer.splitlines())):
        yield Line(("short_answer", number), text)
    for field in ("steps", "they_may_not", "do_not", "why"):
        for number, text in enumerate(getattr(value, field)):
            yield Line((field, number), text)
    for number, text in enumerate(filter(str.strip, (value.script or "").splitlines())):
        yield Line(("script", number), text)


def english_lines(entry: Located[Entry]) -> Iterator[Line]:
    """Every English line of an entry."""
    if entry.value.english is not None:
        yield Line(("english", "short_answer"), entry.value.english.short_answer)
        for number, text in enumerate(entry.value.english.steps):
            yield Line(("english", "steps", number), text)


def all_lines(entry: Located[Entry]) -> Iterator[Line]:
    """Title, Chinese and English lines."""
    yield Line(("title",), entry.value.title)
    yield from chinese_lines(entry)
    yield from english_lines(entry)


def record_lines(record: Located[BaseModel]) -> Iterator[Line]:
    """Every text of a registry record or instrument that people may be shown."""
    yield from _texts(record.value.model_dump(mode="json"), ())


def everything(sources: Sources) -> Iterator[tuple[Located[BaseModel], Line]]:
    """Every line of the knowledge base with what it belongs to."""
    for entry in sources.entries:
        for line in all_lines(entry):
            yield entry, line
    for record in sources.records():
        for line in record_lines(record):
            yield record, line


def _texts(value: object, place: Place) -> Iterator[Line]:
    if isinstance(value, str):
        yield Line(place, value)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if key not in NOT_WORDING:
                yield from _texts(inner, (*place, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts(inner, (*place, number))
