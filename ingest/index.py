"""Write a new index version beside the old one and swap it in whole."""

import shutil
import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.answering.retrieval.citation_prior import citation_prior
from bot.answering.retrieval.dense import VectorTable, write_vectors
from bot.answering.retrieval.embedding import Embedder
from bot.answering.retrieval.filter import FilterColumns
from bot.answering.retrieval.known_questions import KnownQuestions
from bot.answering.retrieval.lexical import LexicalIndex
from bot.answering.retrieval.postings import Postings
from bot.answering.retrieval.rows import passage_to_line, searched_text, write_rows
from bot.answering.retrieval.tokens import normalise
from bot.knowledge.index import (
    EXTRAS,
    MANIFEST,
    POINTER,
    VECTOR_STORE,
    VERSIONS,
    Manifest,
    checked_files,
    checksum,
)
from bot.knowledge.passage import Passage

Floats = npt.NDArray[np.float32]

NO_EXTRAS: Mapping[str, bytes] = {}
VERSIONS_KEPT = 2
BACKGROUND_SAMPLE = 512


def write_index(
    passages: Iterable[Passage],
    index_dir: Path,
    *,
    embedder: Embedder,
    extras: Mapping[str, bytes] = NO_EXTRAS,
) -> Manifest:
    """Index passages as a new version and make it the current one."""
    rows = list(passages)
    _refuse_doubles(rows)
    version = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}"
    version_dir = index_dir / VERSIONS / version
    version_dir.mkdir(parents=True)
    manifest = _fill(version_dir, rows, embedder, extras)
    (version_dir / MANIFEST).write_text(manifest.to_json(), "utf-8")
    _point_to(index_dir, version)
    _forget_old(index_dir)
    return manifest


def _refuse_doubles(passages: list[Passage]) -> None:
    seen: set[str] = set()
    for passage in passages:
        if passage.id in seen:
            raise ValueError(f"two passages have the id {passage.id}")
        seen.add(passage.id)


def _fill(
    version_dir: Path, passages: list[Passage], embedder: Embedder, extras: Mapping[str, bytes]
) -> Manifest:
    texts = [searched_text(passage) for passage in passages]
    vectors = embedder.encode(texts)
    write_rows(
        version_dir / "rows",
        [passage_to_line(passage) for passage in passages],
        np.arange(len(passages), dtype=np.int64),
    )
    FilterColumns.build(passages).save(version_dir / "columns")
    LexicalIndex.build(Postings.build(texts)).save(version_dir / "lexical")
    np.save(version_dir / "prior.npy", citation_prior(passages))
    VectorTable.build(vectors).save(version_dir / "vectors")
    write_vectors(version_dir / VECTOR_STORE, vectors)
    forms = _forms(passages)
    _write_forms(version_dir, forms, embedder)
    for name, content in extras.items():
        (version_dir / EXTRAS).mkdir(exist_ok=True)
        (version_dir / EXTRAS / name).write_bytes(content)
    return Manifest(
        version=version_dir.name,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        model_id=embedder.model_id,
        dimensions=vectors.shape[1],
        passages=len(passages),
        questions=len(forms),
        reused=0,
        background=_background(vectors),
        checksums={
            str(path.relative_to(version_dir)): checksum(path)
            for path in checked_files(version_dir)
        },
    )


def _forms(passages: list[Passage]) -> dict[str, list[int]]:
    forms: dict[str, list[int]] = {}
    for row, passage in enumerate(passages):
        for question in dict.fromkeys(normalise(form) for form in passage.questions):
            forms.setdefault(" ".join(question.split()), []).append(row)
    return forms


def _write_forms(version_dir: Path, forms: dict[str, list[int]], embedder: Embedder) -> None:
    texts = list(forms)
    postings = Postings.build(texts, sounds=True)
    KnownQuestions.build(postings, list(forms.values())).save(version_dir / "known")
    VectorTable.build(embedder.encode(texts)).save(version_dir / "form_vectors")
    (version_dir / "forms.txt").write_text("\n".join(texts), "utf-8")


def _background(vectors: Floats) -> tuple[float, float]:
    """Mean and spread of the cosine of passages that have nothing to do with each other."""
    if len(vectors) < 2:
        return 0.0, 1.0
    chosen = np.random.default_rng(0).permutation(len(vectors))[:BACKGROUND_SAMPLE]
    sample = vectors[chosen]
    cosines = (sample @ sample.T)[~np.eye(len(sample), dtype=bool)]
    return float(cosines.mean()), max(float(cosines.std()), 1e-3)


def _point_to(index_dir: Path, version: str) -> None:
    fresh = index_dir / f"{POINTER}.{version}"
    fresh.write_text(version, "utf-8")
    fresh.replace(index_dir / POINTER)


def _forget_old(index_dir: Path) -> None:
    kept = sorted(path for path in (index_dir / VERSIONS).iterdir())[-VERSIONS_KEPT:]
    for path in (index_dir / VERSIONS).iterdir():
        if path not in kept:
            shutil.rmtree(path)
