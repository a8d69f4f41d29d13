"""What a field of the form can hold, by its name: entries and lenders found by words, letters listed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.chinese.normalise import normalise
from bot.curation.web.entry_fields import IDS
from bot.curation.web.rendering import similar_forms

if TYPE_CHECKING:
    from bot.curation.web.office import Office

MOST = 8
LONGEST_WORDS = 80


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be chosen; ``because`` is the question form by which it was found."""

    id: str
    name: str
    because: str = ""
    known: bool = True


@dataclass(frozen=True, slots=True)
class Search:
    """What somebody looks for in a field, and what there is."""

    field: str
    words: str
    found: Sequence[Choice]


def chosen(office: "Office", field: str, ids: Iterable[str]) -> list[Choice]:
    """What stands in a field; what borrowers cannot be led to is marked."""
    names = _names(office, field)
    return [Choice(each, names.get(each, each), known=each in names) for each in ids]


def search(
    office: "Office", field: str, words: str, entry: str, without: Iterable[str]
) -> Search | None:
    """What a field can hold that the words are about; none where it holds no ids."""
    if field not in IDS:
        return None
    plain = words.strip()[:LONGEST_WORDS]
    left = {entry, *without}
    found = {each.id: each for each in _found(office, field, plain, entry) if each.id not in left}
    return Search(field, plain, list(found.values())[:MOST])


def letters(office: "Office") -> Mapping[str, str]:
    """The titles of the letters by their ids."""
    return _letters(office.app.settings.knowledge_dir / "letters")


def _names(office: "Office", field: str) -> Mapping[str, str]:
    if field == "creditors":
        return {each.id: each.name for each in office.library.creditors}
    return {each.id: each.title for each in office.library.entries}


def _found(office: "Office", field: str, words: str, entry: str) -> Iterator[Choice]:
    """Those whose name has every word; then, of entries, those that are asked for in such words."""
    pieces = normalise(words).lower().split()
    if not pieces:
        return
    for id_, name, also in _known(office, field):
        told = normalise(f"{name} {id_} {also}").lower()
        if all(piece in told for piece in pieces):
            yield Choice(id_, name)
    if field != "creditors":
        for each in similar_forms(office, [words], entry):
            yield Choice(each.entry, each.title, each.form)


def _known(office: "Office", field: str) -> Iterator[tuple[str, str, str]]:
    if field == "creditors":
        yield from (
            (each.id, each.name, " ".join(each.aliases)) for each in office.library.creditors
        )
    else:
        yield from ((each.id, each.title, "") for each in office.library.entries)


@cache
def _letters(folder: Path) -> Mapping[str, str]:
    from bot.drafting.template import read_templates

    return {each.id: each.title for each in read_templates(folder).values()}
