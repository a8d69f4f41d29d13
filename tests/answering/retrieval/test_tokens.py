import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.retrieval.tokens import keys_of, normalise, query_keys, readable, without_sounds


def shared(one: str, other: str, *, sounds: bool = False) -> int:
    keys = [query_keys(normalise(text), sounds=sounds) for text in (one, other)]
    return len(np.intersect1d(*keys))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("催收員可以進我屋企嗎", "催收员可以进我屋企吗"),
        ("ＡＢＣ　１２３", "abc 123"),
        ("催\u200b收\ufeff", "催收"),
        ("催\ud800收", "催收"),
    ],
)
def test_writes_the_same_words_the_same_way(written: str, meant: str) -> None:
    assert normalise(written) == meant


def test_characters_and_their_pairs_are_keys() -> None:
    assert set(readable("催收")) == set(query_keys("催收").tolist())
    assert len(query_keys("催收")) == 3


def test_pairs_do_not_cross_punctuation() -> None:
    assert shared("上门，打人", "门打") == 2


@pytest.mark.parametrize(
    "text", ["", "催收上门 collection 12378", "a1 b2 c3 d4 e5 f6", "逾期，怎么办"]
)
def test_keys_without_sounds_are_those_of_the_text_alone(text: str) -> None:
    assert np.array_equal(without_sounds(query_keys(text, sounds=True)), query_keys(text))


@pytest.mark.parametrize(
    ("heard", "meant"), [("崔收", "催收"), ("预期", "逾期"), ("分期了", "分期乐"), ("协伤", "协商")]
)
def test_a_homophone_shares_the_sound(heard: str, meant: str) -> None:
    assert shared(heard, meant, sounds=True) == shared(heard, meant) + len(meant) - 1


def test_southern_speech_shares_the_sound() -> None:
    assert shared("四心", "是新", sounds=True) == 1


@pytest.mark.parametrize(("one", "other"), [("collector", "collectors"), ("lawyers", "lawyer")])
def test_long_english_words_share_their_beginning(one: str, other: str) -> None:
    assert shared(one, other) == 1


def test_numbers_are_whole_words() -> None:
    assert shared("12378", "12363") == 0


@given(st.lists(st.text(), max_size=6))
def test_texts_keep_their_keys_when_read_together(texts: list[str]) -> None:
    texts = [normalise(text) for text in texts]
    keys, owners = keys_of(texts, sounds=True)
    for place, text in enumerate(texts):
        alone = keys_of([text], sounds=True)[0]
        assert sorted(keys[owners == place].tolist()) == sorted(alone.tolist())
