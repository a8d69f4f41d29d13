"""The question before, asked of another lender or put right."""

import pytest

from bot.answering.understanding.creditors import CreditorNames
from bot.answering.understanding.other_lender import OtherLender
from tests.answering.understanding.test_questions import creditor

NAMES = CreditorNames([creditor("huabei", "花呗"), creditor("jiebei", "借呗", "蚂蚁借呗")])
OTHER = OtherLender(NAMES, ("信用卡", "网贷", "朋友", "credit card", "online loan"))


@pytest.mark.parametrize(
    ("said", "before", "meant"),
    [
        ("那借呗呢", "花呗逾期会上门吗", "借呗逾期会上门吗"),
        ("如果是信用卡的话呢？", "花呗能分60期吗", "信用卡能分60期吗"),
        ("我欠的是借呗", "能分期吗", "借呗能分期吗"),
        (
            "what about a credit card?",
            "can my online loan be split",
            "can my credit card be split",
        ),
        ("not the online loan, a credit card", "online loan overdue", "credit card overdue"),
        ("不是花呗，是借呗", "花呗逾期怎么协商", "借呗逾期怎么协商"),
        ("我说的是借呗不是花呗", "花呗逾期怎么协商", "借呗逾期怎么协商"),
        ("说错了，是信用卡", "网贷利息多少算高", "信用卡利息多少算高"),
        ("不对，是借呗", "欠花呗三个月了", "欠借呗三个月了"),
        ("更正一下 应该是信用卡", "网贷还不上了", "信用卡还不上了"),
        ("sorry, it's a credit card", "my online loan is overdue", "my credit card is overdue"),
        ("不是三个月，是半年", "逾期三个月会怎样", "逾期半年会怎样"),
    ],
)
def test_the_lender_or_the_right_word_takes_the_place_of_the_old(
    said: str, before: str, meant: str
) -> None:
    assert OTHER(said, before) == meant


@pytest.mark.parametrize(
    "said",
    ["借呗逾期会坐牢吗", "是不是骗人的", "他不是法院的，是什么人", "会上门吗", "银行说要起诉我"],
)
def test_a_question_of_its_own_changes_nothing(said: str) -> None:
    assert OTHER(said, "花呗逾期怎么协商") is None
