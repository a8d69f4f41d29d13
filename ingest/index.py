"""Write a new index version beside the old one and swap it in whole."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from bot.answering.retrieval.citation_prior import citation_prior
from bot.answering.retrieval.embedding import Embedder
from bot.answering.retrieval.filter import FilterColumns
from bot.answering.retrieval.known_questions import KnownQuestions
from bot.answering.retrieval.lexical import LexicalIndex
from bot.answering.retrieval.neighbours import Neighbours
from bot.answering.retrieval.postings import Postings
from bot.answering.retrieval.rows import Lines, searched_text, write_rows
from bot.knowledge.index import EXTRAS, LOCK, VECTOR_STORE, Manifest, checked_files, checksums
from bot.knowledge.passage import Passage
from ingest.citations import Cited
from ingest.embed import background, is_small, reused_table, store_vectors
from ingest.forms import gather
from ingest.match import Match
from ingest.memory import give_back
from ingest.reuse import OldVersion
from ingest.versions import current_folder, make_current, new_version

NO_EXTRAS: Mapping[str, bytes] = {}


def do_nothing() -> None:
    """What is done before a version becomes current, unless something else is wanted."""


def write_index(
    passages: Iterable[Passage],
    index_dir: Path,
    *,
    embedder: Embedder,
    extras: Mapping[str, bytes] = NO_EXTRAS,
    reuse_from: Path | None = None,
    before_swap: Callable[[], object] = do_nothing,
) -> Manifest:
    """Index passages as the new current version, working out only what changed.

    What is known is taken from the current version, or from that of the folder ``reuse_from``;
    where ``before_swap`` raises, the version is thrown away.
    """
    rows = list(passages)
    _refuse_doubles(rows)
    with new_version(index_dir) as version_dir:
        old = OldVersion.open(current_folder(reuse_from or index_dir), embedder.model_id)
        manifest = _fill(version_dir, rows, old, embedder, extras)
        before_swap()
        make_current(index_dir, version_dir, manifest)
    return manifest


def _fill(
    version_dir: Path,
    passages: Sequence[Passage],
    old: OldVersion | None,
    embedder: Embedder,
    extras: Mapping[str, bytes],
) -> Manifest:
    lines = Lines.of(passages)
    same = Match.of(old.line_keys if old else (), lines.of_lines)
    alike = Match.of(old.text_keys if old else (), lines.of_texts)
    fresh = [searched_text(passages[row]) for row in alike.fresh]
    LexicalIndex.build(_postings(fresh, old, alike)).save(version_dir / "lexical")
    give_back()
    table = reused_table(old.vectors if old else None, alike, fresh, embedder)
    small = is_small(table, embedder)
    with ThreadPoolExecutor(max_workers=1) as aside:
        storing = aside.submit(store_vectors, table, old, alike, version_dir / VECTOR_STORE, small)
        if not small:
            wait([storing])  # one after the other bounds the memory of a large build
            give_back()
        table.save(version_dir / "vectors")
        FilterColumns.build(passages).save(version_dir / "columns")
        Neighbours.build(passages).save(version_dir / "neighbours")
        _write_prior(version_dir, passages, old, same)
        questions = _write_questions(version_dir, passages, old, same, embedder)
        _write_extras(version_dir, extras)
        stored = storing.result()
    write_rows(version_dir / "rows", lines, stored.slots)
    return Manifest(
        version=version_dir.name,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        model_id=embedder.model_id,
        dimensions=table.table.shape[1],
        passages=len(passages),
        questions=questions,
        reused=len(alike.kept),
        background=background(table),
        exact=stored.exact,
        checksums=_checksums(version_dir),
        store_checksums=stored.checksums,
    )


def _postings(fresh: Sequence[str], old: OldVersion | None, alike: Match) -> Postings:
    if old is None:
        return Postings.build(fresh)
    new, places = Postings.build(fresh), alike.places(len(old.text_keys))
    return Postings.merge([(old.postings, places), (new, alike.fresh)], len(alike.old_rows))


def _write_prior(
    version_dir: Path, passages: Sequence[Passage], old: OldVersion | None, same: Match
) -> None:
    cited = Cited.read(passages, old.cited if old else None, same)
    cited.save(version_dir)
    np.save(version_dir / "prior.npy", citation_prior(passages, cited.found))


def _write_questions(
    version_dir: Path,
    passages: Sequence[Passage],
    old: OldVersion | None,
    same: Match,
    embedder: Embedder,
) -> int:
    """The question forms, and what finds them: postings and vectors; how many they are."""
    forms, known = gather(passages, old.forms if old else None, same)
    forms.save(version_dir)
    fresh = [forms.texts[form] for form in known.fresh]
    postings = Postings.build(fresh, sounds=True)
    if old is not None:
        parts = [(old.form_postings, known.places(len(old.forms.texts))), (postings, known.fresh)]
        postings = Postings.merge(parts, len(forms.texts))
    KnownQuestions.build(postings, forms.held.turned(len(forms.texts))).save(version_dir / "known")
    table = reused_table(old.form_vectors if old else None, known, fresh, embedder)
    table.save(version_dir / "form_vectors")
    return len(forms.texts)


def _write_extras(version_dir: Path, extras: Mapping[str, bytes]) -> None:
    (version_dir / EXTRAS).mkdir()
    for name, content in extras.items():
        (version_dir / EXTRAS / name).write_bytes(content)


def _checksums(version_dir: Path) -> dict[str, str]:
    (version_dir / LOCK).touch()
    return checksums(checked_files(version_dir), version_dir)


def _refuse_doubles(passages: Sequence[Passage]) -> None:
    seen: set[str] = set()
    for passage in passages:
        if passage.id in seen:
            raise ValueError(f"two passages have the id {passage.id}")
        seen.add(passage.id)
