"""Five thousand entries are listed and searched while somebody waits."""

import time
from collections.abc import Callable
from datetime import date

import pytest

from bench.curation import LISTS, generated
from bot.curation.records import Wanted
from bot.store.database import open_database
from bot.store.entries import Entries
from bot.store.files import Files

COUNT = 5000
TRIES = 5
MOST_MS = 200


@pytest.fixture(scope="module")
def entries(tmp_path_factory: pytest.TempPathFactory) -> Entries:
    engine = open_database(f"sqlite:///{tmp_path_factory.mktemp('many')}/aid.sqlite3")
    Files(engine).take(list(generated(COUNT)), "")
    return Entries(engine)


@pytest.mark.parametrize("name", LISTS)
def test_each_list_comes_at_once(entries: Entries, name: str) -> None:
    best = min(milliseconds(lambda: entries.page(LISTS[name])) for _ in range(TRIES))
    assert best < MOST_MS  # the best of a few, since other work on the machine is no fault of ours


def test_pages_show_each_entry_once(entries: Entries) -> None:
    wanted = Wanted(words="上门", order="title")
    total = entries.page(wanted).total
    pages = [entries.page(wanted, first=first, size=100) for first in range(0, total, 100)]
    shown = [each.id for page in pages for each in page.items]
    assert len(shown) == len(set(shown)) == total > 100


def test_what_is_due_is_counted(entries: Entries) -> None:
    assert entries.page(Wanted(due_by=date(2100, 1, 1)), size=1).total == COUNT


def milliseconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000
