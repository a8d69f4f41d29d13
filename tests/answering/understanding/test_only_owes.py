"""Who says no more than that he owes hears the first steps, whatever the sum."""

import pytest

from bot.answering.understanding.only_owes import PLAIN, PLAIN_IN_ENGLISH, plainly_asked
from bot.app import App


@pytest.mark.parametrize(
    "said",
    [
        "外面欠了二十来万咋整",
        "我一共欠了37000块网贷",
        "背了一身债咋办",
        "负债50万还有救吗",
        "在网上借了六七万还不上",
    ],
)
def test_a_sum_that_cannot_be_paid_is_asked_plainly(said: str) -> None:
    assert plainly_asked(said) == PLAIN


def test_it_is_in_english_too() -> None:
    assert plainly_asked("I owe 200,000 yuan, what should I do?") == PLAIN_IN_ENGLISH


@pytest.mark.parametrize(
    "said",
    [
        "信用卡欠了5万怎么办",
        "欠朋友三万还不上",
        "欠5万要还吗",
        "欠了3万还能借吗",
        "欠6万会坐牢吗",
        "欠两万利息多少",
        "怎么办",
    ],
)
def test_whatever_else_is_said_stays(said: str) -> None:
    assert plainly_asked(said) == said


def test_an_entry_lists_what_it_comes_to(app: App) -> None:
    first = app.library.entry["first-steps-overdue"]
    assert first.lists(PLAIN)
    assert first.lists(PLAIN_IN_ENGLISH)
