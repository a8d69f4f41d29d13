"""Write a new index version beside the old one and swap it in whole."""

from collections.abc import Callable, Iterable, Mapping, Sequence
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
from bot.answering.retrieval.rows import searched_text, text_key, write_rows
from bot.answering.retrieval.tokens import normalise
from bot.knowledge.index import EXTRAS, FORMS, LOCK, VECTOR_STORE, Manifest, checked_files, checksum
from bot.knowledge.passage import Passage
from ingest.embed import background, embed, encoded, reused_table
from ingest.memory import give_back
from ingest.reuse import Match, OldVersion
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
        old = OldVersion.open(current_folder(reuse_from or index_dir))
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
    texts = [searched_text(passage) for passage in passages]
    match = Match.of(old.text_keys if old else (), [text_key(passage) for passage in passages])
    LexicalIndex.build(_postings(texts, old, match)).save(version_dir / "lexical")
    give_back()
    embedded = embed(texts, old, match, embedder, version_dir / VECTOR_STORE)
    give_back()
    embedded.table.save(version_dir / "vectors")
    write_rows(version_dir / "rows", passages, embedded.slots)
    FilterColumns.build(passages).save(version_dir / "columns")
    Neighbours.build(passages).save(version_dir / "neighbours")
    np.save(version_dir / "prior.npy", citation_prior(passages))
    forms = _forms(passages)
    _write_forms(version_dir, forms, old, embedder)
    _write_extras(version_dir, extras)
    return Manifest(
        version=version_dir.name,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        model_id=embedder.model_id,
        dimensions=embedded.table.table.shape[1],
        passages=len(passages),
        questions=len(forms),
        reused=len(match.kept),
        background=background(embedded.table),
        exact=embedded.exact,
        checksums=_checksums(version_dir),
    )


def _postings(texts: Sequence[str], old: OldVersion | None, match: Match) -> Postings:
    if old is None:
        return Postings.build(texts)
    fresh = Postings.build([texts[row] for row in match.fresh])
    places = match.places(len(old.text_keys))
    return Postings.merge([(old.postings, places), (fresh, match.fresh)], len(texts))


def _forms(passages: Sequence[Passage]) -> dict[str, list[int]]:
    """The question forms, on one line each, and the rows that each is tied to."""
    forms: dict[str, list[int]] = {}
    for row, passage in enumerate(passages):
        for form in dict.fromkeys(" ".join(normalise(raw).split()) for raw in passage.questions):
            if form:
                forms.setdefault(form, []).append(row)
    return forms


def _write_forms(
    version_dir: Path, forms: Mapping[str, list[int]], old: OldVersion | None, embedder: Embedder
) -> None:
    texts = list(forms)
    match = Match.of(old.forms if old else (), texts)
    postings = _form_postings(texts, old, match)
    KnownQuestions.build(postings, list(forms.values())).save(version_dir / "known")
    if old is None or old.model_id != embedder.model_id:
        table = encoded(texts, embedder)
    else:
        table = reused_table(old.form_vectors, match, texts, embedder)
    table.save(version_dir / "form_vectors")
    (version_dir / FORMS).write_text("".join(f"{form}\n" for form in texts), "utf-8")


def _form_postings(texts: Sequence[str], old: OldVersion | None, match: Match) -> Postings:
    if old is None:
        return Postings.build(texts, sounds=True)
    fresh = Postings.build([texts[row] for row in match.fresh], sounds=True)
    places = match.places(len(old.forms))
    return Postings.merge([(old.form_postings, places), (fresh, match.fresh)], len(texts))


def _write_extras(version_dir: Path, extras: Mapping[str, bytes]) -> None:
    (version_dir / EXTRAS).mkdir()
    for name, content in extras.items():
        (version_dir / EXTRAS / name).write_bytes(content)


def _checksums(version_dir: Path) -> dict[str, str]:
    (version_dir / LOCK).touch()
    files = checked_files(version_dir)
    return {path.relative_to(version_dir).as_posix(): checksum(path) for path in files}


def _refuse_doubles(passages: Sequence[Passage]) -> None:
    seen: set[str] = set()
    for passage in passages:
        if passage.id in seen:
            raise ValueError(f"two passages have the id {passage.id}")
        seen.add(passage.id)
