"""What only a bank, a court or an app knows is told from the rules and ways that the knowledge holds."""

import pytest

from bot.answering.screen import screen
from bot.answering.screening.outcome import Outcome


@pytest.mark.parametrize(
    "asked",
    [
        "交通银行把我的罚息减了多少",
        "我的延期申请批下来没有",
        "我那个执行案现在到哪一步了",
        "哪家公司接手了我的债权，现在归谁",
        "我的限高解除了没",
        "法院冻结了我哪几个账户",
        "我妈名下现在一共欠了多少",
        "我的钱什么时候解冻",
        "has my bank approved my request",
        "how much do i still owe on my card",
    ],
)
def test_a_fact_of_ones_own_file_is_not_guessed(asked: str) -> None:
    found = screen(asked)
    assert (found.outcome, found.variant) == (Outcome.UNKNOWABLE, "look_into_my_file")


@pytest.mark.parametrize(
    "asked",
    [
        "罚息一般能减多少",
        "延期申请没批下来怎么办",
        "怎么知道执行案到哪一步了",
        "债权转给谁了去哪里查",
        "还清了限高就解除了吗",
        "冻结的账户能不能留生活费",
        "我妈欠的钱我要还多少",
        "我欠了好几家，先还哪家",
        "只给我打了一万七，按多少还",
        "what happens if my request was not approved",
        "我的案子调解不成会怎么样",
    ],
)
def test_rules_and_ways_are_for_the_knowledge(asked: str) -> None:
    assert screen(asked).outcome is not Outcome.UNKNOWABLE


@pytest.mark.parametrize(
    "asked", ["我妈那张卡停息没停息", "平安是不是把我告了", "他们把我推给哪个律所了"]
)
def test_it_may_be_said_both_ways(asked: str) -> None:
    assert screen(asked).variant == "look_into_my_file"


def test_the_number_of_an_article_is_in_nobodys_file() -> None:
    assert screen("把我身份证号挂网上，是刑法第几条").outcome is not Outcome.UNKNOWABLE
