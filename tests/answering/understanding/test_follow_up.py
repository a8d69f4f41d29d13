"""A message is read in its talk: followed, turned away from, asked about again."""

import pytest

from bot.answering.reply import Utterance
from bot.answering.understanding.creditors import CreditorNames
from bot.answering.understanding.follow_up import Asked, FollowUp, Thread
from bot.answering.understanding.forks import Forks
from bot.answering.understanding.other_lender import OtherLender
from bot.knowledge.library import Library
from bot.knowledge.vocabulary import Language
from tests.answering.understanding.test_questions import creditor

FOLLOW_UP = FollowUp(
    Forks(Library()), OtherLender(CreditorNames([creditor("huabei", "花呗")]), ("网贷", "信用卡"))
)
ORDER = "收到支付令怎么办"
TOLD = "**15日内还款，或者书面提出异议。**\n\n1. 打12368核实。\n2. 核对本金和利率。"


def talk(*said: str) -> tuple[Utterance, ...]:
    return tuple(
        each for text in said for each in (Utterance("user", text), Utterance("assistant", TOLD))
    )


def read(text: str, *before: str) -> Asked:
    thread = FOLLOW_UP.thread(talk(*before), Language.SIMPLIFIED)
    return FOLLOW_UP(text, thread, Language.SIMPLIFIED)


def test_a_follow_up_gets_its_subject_and_may_be_read_in_other_ways() -> None:
    asked = read("那要多久", ORDER)
    assert asked.questions == (f"{ORDER} 那要多久",)
    assert "那要多久" in asked.or_else


def test_a_follow_up_to_a_follow_up_still_knows_the_subject() -> None:
    asked = read("那怎么写", ORDER, "那要多久")
    assert asked.questions == (f"{ORDER} 那要多久 那怎么写",)
    assert f"{ORDER} 那怎么写" in asked.or_else


def test_a_message_without_words_leaves_the_thread_as_it_was() -> None:
    assert read("那要多久", ORDER, "").questions == (f"{ORDER} 那要多久",)
    assert read("那要多久", "").questions == ("那要多久",)


def test_a_short_question_may_stand_alone_or_on_its_subject() -> None:
    asked = read("几年能下来", "我上了失信名单")
    assert asked.questions == ("几年能下来",)
    assert "我上了失信名单 几年能下来" in asked.or_else


def test_the_lender_named_before_is_kept_in_mind() -> None:
    assert "网贷 那利息呢" in read("那利息呢", "网贷还不上了怎么办").or_else


@pytest.mark.parametrize(
    "turn",
    [
        "催收半夜给我家里人打电话违法吗",
        "换个问题，征信上的逾期几年能消",
        "by the way, can they call my boss",
    ],
)
def test_another_matter_drags_nothing_along(turn: str) -> None:
    asked = read(turn, ORDER)
    assert all(ORDER not in each for each in (*asked.questions, *asked.or_else))


@pytest.mark.parametrize(
    "said",
    [
        "说详细点",
        "能不能再讲具体一点？",
        "什么意思",
        "没看懂",
        "还有呢",
        "tell me more",
        "what do you mean?",
    ],
)
def test_more_is_wanted_of_the_last_answer(said: str) -> None:
    asked = read(said, ORDER)
    assert asked.more
    assert asked.questions == (ORDER,)


@pytest.mark.parametrize("said", ["再说一遍", "重复一下", "say that again please"])
def test_the_same_is_wanted_once_more(said: str) -> None:
    asked = read(said, ORDER)
    assert asked.questions == (ORDER,)
    assert not asked.more
    assert not asked.brief


@pytest.mark.parametrize("said", ["太长了", "说简单点", "能不能简短点", "shorter please"])
def test_less_is_wanted_of_the_last_answer(said: str) -> None:
    asked = read(said, ORDER)
    assert asked.questions == (ORDER,)
    assert asked.brief


@pytest.mark.parametrize("said", ["好的谢谢", "你好", "没有了"])
def test_thanks_leave_the_thread_as_it_was(said: str) -> None:
    assert read("那要多久", ORDER, said).questions == (f"{ORDER} 那要多久",)


@pytest.mark.parametrize(
    "said", ["支付令是什么意思", "什么意思 他们要来我家", "说详细点怎么写异议"]
)
def test_who_says_more_asks_something_else(said: str) -> None:
    assert not read(said, ORDER).more


def test_a_step_is_asked_about_by_its_number() -> None:
    assert read("第二步怎么弄", ORDER).questions == ("核对本金和利率。 第二步怎么弄",)
    assert read("step 1?", ORDER).questions == ("打12368核实。 step 1?",)
    assert read("第五步怎么弄", ORDER).more  # there is none: all there is, then


def test_a_follow_up_in_another_language_is_read_in_that_of_the_talk() -> None:
    assert (
        f"{ORDER} 要多久"
        in (asked := read("how long does it take?", ORDER)).questions + asked.or_else
    )
    assert "do i have to pay" in read("我要还吗", "my cousin took a loan").questions


def test_the_first_message_stands_alone() -> None:
    assert FOLLOW_UP("那要多久", Thread(), Language.SIMPLIFIED) == Asked(("那要多久",))
