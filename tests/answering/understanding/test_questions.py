"""Several questions are told apart, and a follow-up is completed from the talk."""

import pytest

from bot.answering.understanding.article_question import asks_for_article
from bot.answering.understanding.creditors import CreditorNames
from bot.answering.understanding.greeting import is_greeting
from bot.answering.understanding.questions import MOST_QUESTIONS, complete, separate
from bot.knowledge.registry import Creditor
from bot.knowledge.vocabulary import LenderType, Verification

ASKED = "收到支付令怎么办"


@pytest.mark.parametrize(
    ("message", "questions"),
    [
        ("分期乐上门是真的吗？他们真的会去吗？", 2),
        ("我妈病了，家里没钱，逾期两个月了，怎么办？", 1),
        ("1. 会坐牢吗\n2. 会上门吗", 2),
        ("会坐牢吗？会上门吗？会打给家人吗？会起诉吗？", MOST_QUESTIONS),
        ("上门", 1),
        ("会上门吗？我妈有心脏病。", 1),
    ],
)
def test_questions_are_told_apart(message: str, questions: int) -> None:
    assert len(separate(message)) == questions


def test_nothing_of_a_message_is_lost() -> None:
    message = "我妈病了。逾期两个月。会上门吗？会起诉吗？谢谢"
    joined = "".join(separate(message))
    assert all(part in joined for part in ("我妈病了", "会上门吗", "会起诉吗", "谢谢"))


@pytest.mark.parametrize(
    "follow_up", ["那要多久", "多少钱", "为什么", "他们不同意呢", "我不去呢", "how long"]
)
def test_a_follow_up_leans_on_what_was_asked(follow_up: str) -> None:
    assert complete([follow_up], ASKED) == (f"{ASKED} {follow_up}",)


@pytest.mark.parametrize(
    "whole", ["信用卡逾期会坐牢吗", "怎样投诉小贷公司违规催收", "征信逾期几年能消除"]
)
def test_a_question_complete_in_itself_leans_on_nothing(whole: str) -> None:
    assert complete([whole], ASKED) == (whole,)


def test_the_second_question_leans_on_the_first() -> None:
    assert complete(["分期乐会上门吗", "真的会吗"], "") == (
        "分期乐会上门吗",
        "分期乐会上门吗 真的会吗",
    )


@pytest.mark.parametrize("text", ["你好", "在吗？", "hello", "您好啊"])
def test_a_greeting_is_only_a_greeting(text: str) -> None:
    assert is_greeting(text)
    assert not is_greeting(f"{text} 催收上门怎么办")


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("留置送达是第几条", True),
        ("爆通讯录违反哪条法律", True),
        ("which article protects my salary", True),
        ("宣判前还上能从轻吗，解释几条", True),
        ("举报了要不要告诉我结果，个保法", True),
        ("小额诉讼举证几天，哪里规定", True),
        ("in which interpretation is the amount", True),
        ("which PIPL article is on consent", True),
        ("what will the court do", False),
        ("how many days do I have to appeal", True),
        ("I got a summons, what must I do and how long do I have", False),
        ("收到传票怎么办", False),
        ("合同里这条款有效吗", False),
        ("他一天发我几条短信算骚扰", False),
        ("还不上了，还有没有办法", False),
        ("闹纠纷了有哪几条路", False),
    ],
)
def test_a_question_for_the_article_is_noticed(question: str, wanted: bool) -> None:
    assert asks_for_article(question) is wanted


def creditor(id_: str, name: str, *aliases: str) -> Creditor:
    return Creditor(
        id=id_,
        name=name,
        aliases=aliases,
        lender_type=LenderType.PLATFORM,
        how_to_find="看合同",
        regulator_channel="nfra-12378",
        verified=Verification.MEMORY,
    )


NAMES = CreditorNames(
    [creditor("fenqile", "分期乐", "分期了", "乐分期"), creditor("jd-baitiao", "京东白条", "白条")]
)


def test_lenders_are_known_by_any_of_their_names_once_each() -> None:
    assert NAMES.named_in("分期了和京东白条都逾期，白条催得凶") == ("fenqile", "jd-baitiao")


def test_the_topic_is_what_is_left_without_the_lender() -> None:
    assert NAMES.without("京东白条一直打我家人") == "一直打我家人"
    assert NAMES.without("一直打我家人") == "一直打我家人"


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("白条逾期两个月了，晚上睡不着怎么办", "晚上睡不着怎么办"),
        ("分期乐还清了 征信记录什么时候消", "征信记录什么时候消"),
        ("分期乐把我起诉到外地法院了，能换地方吗", "把我起诉到外地法院了 能换地方吗"),
        ("京东白条逾期，怎么办", "逾期，怎么办"),
    ],
)
def test_a_clause_that_only_names_the_lender_is_no_topic(said: str, topic: str) -> None:
    assert NAMES.topic(said) == topic
