"""The notation of the word lists."""

import pytest

from bot.answering.screening.concept import Concept
from bot.answering.screening.spelling import Spelling


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("不想…活", "不想再这样活"),
        ("(跳|投)(了)?河", "跳了河"),
        ("(跳|投)(了)?河", "投河"),
        ("交#元", "交三千元"),
        ("走了$", "他们走了，怎么办"),
        ("走了$", "他们走了"),
        ("骗局？", "是骗局?"),
        ("owes? me", "he owe me money"),
        ("(老公|老(婆|妈))说", "老妈说"),
    ],
)
def test_a_phrase_is_found(phrase: str, said: str) -> None:
    assert Concept([phrase]).first(Spelling({})(said))


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("不想…活", "不想去。活动取消"),
        ("不想…活", "不想一二三四五六七八九活"),
        ("走了$", "走了一趟"),
        ("he", "the bank"),
        ("交#元", "交元"),
    ],
)
def test_what_the_phrase_does_not_say_is_not_found(phrase: str, said: str) -> None:
    assert Concept([phrase]).first(Spelling({})(said)) is None


def test_blanking_hides_each_place() -> None:
    assert Concept(["跳楼(价|机)"]).blank("跳楼价和跳楼机") == "□和□"


def test_no_phrases_find_nothing() -> None:
    assert Concept([]).first("不想活了") is None


def test_brackets_that_do_not_close_are_refused() -> None:
    with pytest.raises(ValueError, match="brackets"):
        Concept(["(跳楼"])


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("不 想 活 了", "不想活了"),
        ("不.想*活", "不想活"),
        ("我想\u200b死", "我想死"),
        ("Ｉ　ＷＡＮＴ", "i want"),
        ("催收說", "催收说"),
        ("崔收", "催收"),
        ("紫砂壶", "紫砂壶"),
        ("紫砂", "自杀"),
        ("can’t", "can't"),
    ],
)
def test_spelling_is_levelled(written: str, plain: str) -> None:
    homophones = {"崔收": "催收", "紫砂": "自杀", "紫砂壶": "紫砂壶"}

    assert Spelling(homophones)(written) == plain
