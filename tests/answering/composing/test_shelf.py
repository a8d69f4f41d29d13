"""A shelf made from the one before weighs as one made from nothing."""

from random import Random

import numpy as np
import pytest

from bot.answering.composing.shelf import Shelf
from bot.knowledge.entry import Entry
from bot.knowledge.library import Library
from bot.settings import ROOT
from ingest.load.knowledge_base import read_knowledge_base

LAW_GONE = 5  # the step at which an instrument goes
QUESTIONS = ("催收说明天上门怎么办", "利息太高了能不能不还", "没有人写过的话：䶮㐂")


@pytest.fixture(scope="module")
def library() -> Library:
    return read_knowledge_base(ROOT / "knowledge_base")


def with_entries(library: Library, entries: list[Entry], **fields: object) -> Library:
    others = {name: getattr(library, name) for name in Library.model_fields}
    return Library.model_construct(**{**others, "entries": tuple(entries), **fields})


def assert_same(shelf: Shelf, library: Library) -> None:
    whole = Shelf(library)
    for question in QUESTIONS:
        one, other = (each.weights(each.question(question)) for each in (shelf, whole))
        assert np.allclose(one, other)
    for entry in library.entries:
        lines = zip(shelf.lines(entry.id), whole.lines(entry.id), strict=True)
        for one, other in lines:
            assert (one.line, one.cites, one.signs) == (other.line, other.cites, other.signs)
            weighed = (
                np.sort(each.weights(line.keys)) for each, line in ((shelf, one), (whole, other))
            )
            assert np.allclose(*weighed)


def changed(entries: list[Entry], chance: Random) -> list[Entry]:
    at, other = chance.randrange(len(entries)), chance.choice(entries)
    one = entries[at]
    new = one.model_copy(update={"id": f"{one.id}-{chance.random()}", "steps": ("新的一步䶮。",)})
    edited = one.model_copy(update={"short_answer": other.short_answer, "why": other.steps})
    rest = [*entries[:at], *entries[at + 1 :]]
    return chance.choice([[*rest], [*entries, new], [*rest, edited]])


def test_any_edits_weigh_as_a_shelf_made_from_nothing(library: Library) -> None:
    chance = Random(3)  # noqa: S311 - the same edits each time
    entries = list(library.entries[:60])
    shelf = Shelf(with_entries(library, entries))
    for step in range(8):
        entries = changed(entries, chance)
        laws = library.instruments[: -1 if step == LAW_GONE else None]
        now = with_entries(library, entries, instruments=laws)
        shelf = Shelf(now, shelf)
        assert_same(shelf, now)
