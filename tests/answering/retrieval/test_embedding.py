import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from bot.answering.retrieval.embedding import (
    SHIPPED_MODEL,
    EmbedderUnavailable,
    StaticEmbedder,
    open_embedder,
)

TEXTS = [
    "催收员能不能进我家",
    "",
    "🙂",
    "can debt collectors enter my home",
    "逾期 90 天，怎么办？",
]


def test_the_shipped_model_equals_sentence_transformers() -> None:
    from sentence_transformers import SentenceTransformer

    theirs = SentenceTransformer(str(SHIPPED_MODEL), device="cpu").encode(TEXTS)
    ours = open_embedder().encode(TEXTS)
    assert ours.shape == theirs.shape
    assert np.allclose(ours, theirs, atol=1e-6)


def test_the_shipped_model_needs_no_torch() -> None:
    script = (
        "import sys; from bot.answering.retrieval.embedding import open_embedder; "
        "open_embedder().encode(['催收']); print('torch' in sys.modules)"
    )
    said = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert said.stdout == "False\n"


def test_a_question_has_the_vector_of_the_same_passage() -> None:
    embedder = open_embedder()
    assert np.array_equal(embedder.encode_query("催收"), embedder.encode(["催收"])[0])
    assert np.isclose(np.linalg.norm(embedder.encode_query("催收")), 1)


def test_words_of_one_matter_lie_nearer_than_others() -> None:
    visit, same, other = open_embedder().encode(["催收上门", "上门催债", "征信报告异议"])
    assert visit @ same > visit @ other


def test_many_batches_are_as_one() -> None:
    embedder = open_embedder()
    many = embedder.encode(TEXTS * 500)
    assert np.array_equal(many[-len(TEXTS) :], embedder.encode(TEXTS))


def test_a_model_in_floating_numbers_is_read_too(tmp_path: Path) -> None:
    from safetensors.numpy import save_file

    tokenizer = Tokenizer(models.WordLevel({"a": 0, "b": 1}, unk_token="a"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    table = np.array([[1, 0], [0, 1]], np.float32)
    save_file({"embedding.weight": table}, tmp_path / "model.safetensors")
    (tmp_path / "modules.json").write_text('[{"type": "x.StaticEmbedding"}]', "utf-8")
    assert np.allclose(open_embedder(tmp_path).encode(["a b"]), [[0.5**0.5, 0.5**0.5]])


def test_the_name_of_a_model_changes_with_its_weights(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        for file in ("modules.json", "tokenizer.json", "model.safetensors"):
            content = (SHIPPED_MODEL / file).read_bytes()
            (tmp_path / name / file).write_bytes(content)
    weights = tmp_path / "two" / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    names = [StaticEmbedder.open(tmp_path / name).model_id.split("@")[1] for name in ("one", "two")]
    assert names[0] != names[1]


@pytest.mark.parametrize("damaged", ["model.safetensors", "tokenizer.json"])
def test_a_damaged_model_is_named(tmp_path: Path, damaged: str) -> None:
    for file in ("modules.json", "tokenizer.json", "model.safetensors"):
        (tmp_path / file).write_bytes((SHIPPED_MODEL / file).read_bytes())
    (tmp_path / damaged).write_bytes(b"damaged")
    with pytest.raises(EmbedderUnavailable, match=str(tmp_path)):
        open_embedder(tmp_path)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(EmbedderUnavailable, match="BORROWER_AID_EMBEDDING_MODEL"):
        open_embedder(tmp_path / "gone")
