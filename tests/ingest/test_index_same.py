"""A version made from the one before is, file by file, the version that would be built from nothing."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from bot.answering.retrieval.dense import read_back
from bot.answering.retrieval.embedding import Embedder, open_embedder
from bot.answering.retrieval.version import IndexVersion
from bot.knowledge.index import MANIFEST, VECTOR_STORE, Manifest, checked_files
from bot.knowledge.passage import Passage
from ingest.index import write_index
from ingest.versions import current_folder
from tests.answering.retrieval.builders import CountingEmbedder, passage

STEPS = 6
ROLLED_BACK = 0.2  # of the steps
NAMED = "催收指南"  # a title that texts cite
LAWS = [
    passage(f"law:{number}", f"第{number}条 借款人应当还款。", title=f"民法典{number % 3}")
    for number in range(12)
]
WORDS = "催收上门坐牢利息逾期单位家人電話 collector"
FORMS = [
    "催收会上门吗",
    "會坐牢嗎",
    "利息太高了",
    "can they call my boss",
    "单位知道了",
    " ",
    "逾期",
]


def texts(chance: Random) -> Iterator[str]:
    while True:
        cited = chance.choice(["", "《民法典1》第3条", "依照民法典2第5条", f"见《{NAMED}》第一条"])
        yield "".join(chance.sample(WORDS, 12)) + cited


def entry(name: str, chance: Random) -> Passage:
    return passage(
        name,
        next(texts(chance)),
        title="".join(chance.sample(WORDS[:6], 2)),
        heading=(chance.choice(["first-steps", "home-visits"]),),
        questions=(*chance.sample(FORMS, 3), "".join(chance.sample(WORDS, 4))),
        cites=tuple(chance.sample([law.id for law in LAWS], 2)),
    )


def added(now: list[Passage], chance: Random) -> list[Passage]:
    at = chance.randint(0, len(now))
    return [*now[:at], entry(f"new-{chance.random()}", chance), *now[at:]]


def changed(now: list[Passage], chance: Random) -> list[Passage]:
    at, other = chance.randrange(len(now)), entry("other", chance)
    field = chance.choice(["text", "title", "questions", "cites", "heading"])
    return [
        replace(each, **{field: getattr(other, field)}) if row == at else each
        for row, each in enumerate(now)
    ]


def retired(now: list[Passage], chance: Random) -> list[Passage]:
    at = chance.randrange(len(now))
    return [*now[:at], *now[at + 1 :]]


def moved(now: list[Passage], chance: Random) -> list[Passage]:
    rest = retired(now, chance)
    (gone,) = [each for each in now if each not in rest]
    at = chance.randint(0, len(rest))
    return [*rest[:at], gone, *rest[at:]]


def named(now: list[Passage], chance: Random) -> list[Passage]:
    """The title that texts cite comes or goes."""
    if any(each.title == NAMED for each in now):
        return [replace(each, title=each.id) if each.title == NAMED else each for each in now]
    at = chance.randrange(len(now))
    return [*now[:at], replace(now[at], title=NAMED), *now[at + 1 :]]


EDITS: list[Callable[[list[Passage], Random], list[Passage]]] = [
    added,
    changed,
    retired,
    moved,
    named,
]


def assert_same(one: Path, other: Path, embedder: Embedder) -> None:
    folders = [current_folder(each) for each in (one, other)]
    assert folders[0] is not None
    assert folders[1] is not None
    manifests = [Manifest.from_json((each / MANIFEST).read_text()) for each in folders]
    for name in ("model_id", "dimensions", "passages", "questions", "background", "exact"):
        assert getattr(manifests[0], name) == getattr(manifests[1], name), name
    files = [{p.relative_to(each): p for p in checked_files(each)} for each in folders]
    assert files[0].keys() == files[1].keys()
    differ = [str(n) for n in files[0] if files[0][n].read_bytes() != files[1][n].read_bytes()]
    assert set(differ) <= {"rows/slots.npy"}  # the names of the vectors in the store, no more
    version = IndexVersion.open(one, embedder.model_id)
    held = read_back(folders[0] / VECTOR_STORE, version.rows.slots)
    assert held == (len(version.rows), version.vectors.digest())
    version.close()


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("make", [open_embedder, CountingEmbedder])
def test_any_row_of_edits_ends_where_a_whole_build_does(
    tmp_path: Path, seed: int, make: Callable[[], Embedder]
) -> None:
    chance = Random(seed)  # noqa: S311 - the same edits each time
    embedder = make()
    now = [*(entry(f"entry-{number}", chance) for number in range(20)), *LAWS]
    seen = [now]
    write_index(now, tmp_path / "edited", embedder=embedder)
    for _ in range(STEPS):
        back = chance.random() < ROLLED_BACK
        now = chance.choice(seen) if back else chance.choice(EDITS)(now, chance)
        seen.append(now)
        write_index(now, tmp_path / "edited", embedder=embedder)
        write_index(now, tmp_path / "whole", embedder=embedder)
        assert_same(tmp_path / "edited", tmp_path / "whole", embedder)
        shutil.rmtree(tmp_path / "whole")


def test_a_store_that_somebody_touched_is_read_back_whole_and_built_anew(tmp_path: Path) -> None:
    embedder = open_embedder()
    write_index(LAWS, tmp_path / "edited", embedder=embedder)
    store = current_folder(tmp_path / "edited") / VECTOR_STORE
    strange = [replace(each, text=each.text[::-1]) for each in LAWS]
    write_index(strange, tmp_path / "strange", embedder=embedder)
    shutil.rmtree(store)
    shutil.copytree(current_folder(tmp_path / "strange") / VECTOR_STORE, store)
    more = [*LAWS, passage("more", "一天打三十个电话")]
    write_index(more, tmp_path / "edited", embedder=embedder)
    write_index(more, tmp_path / "whole", embedder=embedder)
    assert_same(tmp_path / "edited", tmp_path / "whole", embedder)
