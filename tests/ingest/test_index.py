"""A version is written whole, takes over what it knows, and always agrees with itself."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answering.retrieval.dense import COLLECTION, open_client
from bot.answering.retrieval.postings import Postings
from bot.answering.retrieval.retriever import Retriever
from bot.answering.retrieval.rows import searched_text
from bot.answering.retrieval.version import IndexVersion
from bot.knowledge.index import VECTOR_STORE
from bot.knowledge.passage import Passage
from ingest.index import write_index
from ingest.versions import current_folder
from tests.answering.retrieval.builders import CountingEmbedder, found, passage

VISIT = passage("visit", "催收员没有权力进你家", questions=("能不能进我家",))
PRISON = passage("prison", "欠钱不还一般不会坐牢", questions=("会坐牢吗",))
PHONE = passage("phone", "一天打三十个电话怎么办", questions=("打电话太多",))

WORDS = st.text(alphabet="催收上门坐牢 a", max_size=6)
PASSAGES = st.lists(
    st.builds(
        passage,
        st.sampled_from("abcdefgh"),
        WORDS,
        title=WORDS,
        questions=st.lists(WORDS, max_size=2).map(tuple),
    ),
    max_size=6,
    unique_by=lambda one: one.id,
)


@pytest.fixture
def embedder() -> CountingEmbedder:
    return CountingEmbedder()


def stored_vectors(folder: Path) -> dict[str, list[float]]:
    client = open_client(folder / VECTOR_STORE)
    try:
        stored = client.get_collection(COLLECTION, embedding_function=None)
        everything = stored.get(include=["embeddings"])
        return dict(zip(everything["ids"], np.asarray(everything["embeddings"]), strict=True))
    finally:
        client.close()


def assert_agrees(index_dir: Path, passages: Sequence[Passage], embedder: CountingEmbedder) -> None:
    version = IndexVersion.open(index_dir, embedder.model_id)
    assert [version.rows[row] for row in range(len(version.rows))] == list(passages)
    texts = [searched_text(one) for one in passages]
    fresh = Postings.build(texts)
    for name in Postings.__slots__:
        assert np.array_equal(getattr(version.lexical.postings, name), getattr(fresh, name))
    vectors = version.vectors.vectors(np.arange(len(passages)))
    assert np.allclose(vectors, embedder.encode(texts), atol=0.01)
    stored = stored_vectors(current_folder(index_dir))
    slots = [str(slot) for slot in version.rows.slots.tolist()]
    assert sorted(stored) == sorted(slots)
    for row, slot in enumerate(slots):
        assert np.allclose(stored[slot], vectors[row], atol=1e-5)
    version.close()


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(edits=st.lists(PASSAGES, min_size=1, max_size=4))
def test_vectors_postings_and_rows_agree_after_any_edits(
    edits: list[list[Passage]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    index_dir, embedder = tmp_path_factory.mktemp("index"), CountingEmbedder()
    for passages in edits:
        manifest = write_index(passages, index_dir, embedder=embedder)
        assert manifest.passages == len(passages)
        assert_agrees(index_dir, passages, embedder)


def test_only_what_changed_is_embedded(tmp_path: Path, embedder: CountingEmbedder) -> None:
    write_index([VISIT, PRISON], tmp_path, embedder=embedder)
    before = embedder.encoded
    manifest = write_index([PHONE, PRISON, VISIT], tmp_path, embedder=embedder)
    assert embedder.encoded - before == 2  # the new passage and its question
    assert manifest.reused == 2
    assert_agrees(tmp_path, [PHONE, PRISON, VISIT], embedder)


def test_another_model_embeds_everything(tmp_path: Path, embedder: CountingEmbedder) -> None:
    write_index([VISIT, PRISON], tmp_path, embedder=embedder)
    other = CountingEmbedder("other")
    write_index([VISIT, PRISON], tmp_path, embedder=other)
    assert other.encoded == 4
    assert_agrees(tmp_path, [VISIT, PRISON], other)


def test_two_passages_may_not_share_an_id(tmp_path: Path, embedder: CountingEmbedder) -> None:
    with pytest.raises(ValueError, match="visit"):
        write_index([VISIT, VISIT], tmp_path, embedder=embedder)


def test_extras_are_kept_with_the_version(tmp_path: Path, embedder: CountingEmbedder) -> None:
    write_index([VISIT], tmp_path, embedder=embedder, extras={"library.json": b"{}"})
    retriever = Retriever.open(tmp_path, embedder)
    assert retriever.extra("library.json") == b"{}"
    assert "extras/library.json" in retriever.manifest.checksums
    retriever.close()


def test_a_reader_finishes_on_its_version(tmp_path: Path, embedder: CountingEmbedder) -> None:
    write_index([VISIT], tmp_path, embedder=embedder)
    reader = Retriever.open(tmp_path, embedder)
    for passages in ([PRISON], [PHONE], [PRISON, PHONE]):
        write_index(passages, tmp_path, embedder=embedder)
    assert found(reader, "能不能进我家") == ["visit"]
    assert reader.vectors_working
    reader.close()


def test_versions_nobody_reads_are_deleted(tmp_path: Path, embedder: CountingEmbedder) -> None:
    for passages in ([VISIT], [PRISON], [PHONE]):
        write_index(passages, tmp_path, embedder=embedder)
    assert [folder.name for folder in (tmp_path / "versions").iterdir()] == [
        current_folder(tmp_path).name
    ]


def test_nothing_is_taken_over_from_a_damaged_version(
    tmp_path: Path, embedder: CountingEmbedder
) -> None:
    write_index([VISIT, PRISON], tmp_path, embedder=embedder)
    (current_folder(tmp_path) / "vectors" / "table.npy").write_bytes(b"damaged")
    assert write_index([VISIT, PRISON], tmp_path, embedder=embedder).reused == 0
    assert_agrees(tmp_path, [VISIT, PRISON], embedder)


def test_a_missing_vector_store_is_built_again(tmp_path: Path, embedder: CountingEmbedder) -> None:
    write_index([VISIT, PRISON], tmp_path, embedder=embedder)
    for file in (current_folder(tmp_path) / VECTOR_STORE).rglob("*.sqlite3"):
        file.unlink()
    write_index([PRISON, VISIT], tmp_path, embedder=embedder)
    assert_agrees(tmp_path, [PRISON, VISIT], embedder)
