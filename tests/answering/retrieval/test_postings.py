import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.retrieval.postings import Postings

TEXTS = st.lists(st.text(alphabet="催收上门a1 ，", max_size=12), max_size=8)


def same(one: Postings, other: Postings) -> bool:
    return all(
        np.array_equal(getattr(one, name), getattr(other, name)) for name in Postings.__slots__
    )


@given(TEXTS, st.data())
def test_edited_postings_are_those_of_the_edited_texts(
    texts: list[str], data: st.DataObject
) -> None:
    kept = [place for place in range(len(texts)) if data.draw(st.booleans())]
    added = data.draw(TEXTS)
    order = data.draw(st.permutations(range(len(kept) + len(added))))
    after = [""] * len(order)
    places = np.full(len(texts), -1)
    for old, new in zip(kept, order, strict=False):
        after[new], places[old] = texts[old], new
    fresh = np.array(order[len(kept) :], dtype=np.int64)
    for text, new in zip(added, fresh, strict=True):
        after[new] = text
    parts = [(Postings.build(texts), places), (Postings.build(added), fresh)]
    assert same(Postings.merge(parts, len(after)), Postings.build(after))


def test_many_batches_count_as_one(monkeypatch) -> None:
    texts = ["上门催收", "催收上门催收", "", "门"]
    whole = Postings.build(texts)
    monkeypatch.setattr("bot.answering.retrieval.postings.BATCH", 1)
    assert same(Postings.build(texts), whole)


def test_counts_stop_at_what_a_byte_holds() -> None:
    assert Postings.build(["催" * 1000]).counts.max() == 255


@given(TEXTS)
def test_each_text_stands_once_under_a_key(texts: list[str]) -> None:
    """Scores are added to the texts of a key at once, which counts a text named twice but once."""
    postings = Postings.build(texts, sounds=True)
    for first, last in zip(postings.starts[:-1], postings.starts[1:], strict=True):
        docs = postings.docs[first:last].tolist()
        assert len(set(docs)) == len(docs)
