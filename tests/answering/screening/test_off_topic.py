"""A first message tells how likely it is on another matter than debt; in a talk about debt none is."""

import pytest

from bot.answering.screen import screen


@pytest.mark.parametrize(
    "asked", ["电动车充不进电了", "怎么给宝宝断奶", "我跟女朋友吵架了，怎么哄"]
)
def test_what_has_nothing_to_do_with_debt_is_strange(asked: str) -> None:
    assert screen(asked).off_topic > 0.2
    assert screen(asked, ["花呗逾期了"]).off_topic == 0


@pytest.mark.parametrize(
    "asked", ["信用卡还不上了", "他们天天打给我妈", "明天到期还差两千", "老婆为了欠钱的事跟我吵架"]
)
def test_what_people_in_debt_ask_is_not(asked: str) -> None:
    assert screen(asked).off_topic < 0.1
