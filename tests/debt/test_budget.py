from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.debt.budget import Budget, Need, Spending, disposable
from bot.debt.living_costs import second_look, spent_on

money = st.none() | st.decimals(min_value=0, max_value=100_000, places=2)


def household(income: int = 6000, dependants: int = 0, **spending: int) -> Budget:
    lines = tuple(Spending(Need(need), need, Decimal(amount)) for need, amount in spending.items())
    essentials = sum((each.amount for each in lines), Decimal(0))
    return Budget(Decimal(income), essentials, dependants=dependants, spending=lines)


@pytest.mark.parametrize(
    ("income", "essentials", "buffer", "pledge", "left"),
    [
        (6500, 4700, 300, None, 1500),
        (6500, 4700, None, None, 1800),
        (4000, 4700, 300, None, 0),
        (4800, 4700, 300, None, 0),
        (6500, 4700, 300, 1000, 1000),
        (6500, 4700, 300, 2000, 1500),
        (None, None, None, 800, 800),
        (None, 4700, 300, None, 0),
    ],
)
def test_what_can_be_paid(income, essentials, buffer, pledge, left: int) -> None:
    told = [None if each is None else Decimal(each) for each in (income, essentials, buffer)]
    budget = Budget(*told, pledge=None if pledge is None else Decimal(pledge))
    assert disposable(budget) == left


@given(money, money, money, money)
def test_a_payment_is_never_taken_from_essentials_or_buffer(
    income, essentials, buffer, pledge
) -> None:
    budget = Budget(income, essentials, buffer, pledge=pledge)
    offered = disposable(budget)
    assert offered >= 0
    if budget.left_over is not None:
        assert offered <= max(budget.left_over, Decimal(0))


@pytest.mark.parametrize(
    ("budget", "complete"),
    [
        (Budget(), False),
        (Budget(Decimal(1)), False),
        (Budget(Decimal(1), Decimal(1)), True),
        (Budget(pledge=Decimal(1)), True),
    ],
)
def test_when_a_budget_says_enough(budget: Budget, complete: bool) -> None:
    assert budget.complete is complete


def test_costs_of_one_need_add_up() -> None:
    budget = Budget(
        spending=(
            Spending(Need.FOOD, "吃饭", Decimal(800)),
            Spending(Need.FOOD, "奶粉", Decimal(300)),
        )
    )
    assert spent_on(budget, Need.FOOD) == 1100


@pytest.mark.parametrize(
    ("budget", "words"),
    [
        (household(housing=1500), "没有写吃饭、水电和通讯、交通"),
        (household(food=300, other=1000), "每人每月 300 元，偏低"),
        (household(dependants=2, food=1200, other=3000), "每人每月 400 元，偏低"),
        (household(food=500, other=100), "1 人每月必要开支 600 元偏低"),
        (household(housing=3000, other=1000), "住房占收入 50%"),
        (household(food=3000, other=100), "吃饭占收入 50%"),
        (household(transport=1500, other=1000), "交通占收入 25%"),
    ],
)
def test_what_looks_wrong_gets_a_second_look(budget: Budget, words: str) -> None:
    assert any(words in each for each in second_look(budget))


@pytest.mark.parametrize(
    "budget",
    [
        Budget(Decimal(6500), Decimal(4700)),
        household(housing=1500, food=1200, utilities=200, transport=200),
        Budget(),
    ],
)
def test_what_looks_usual_is_left_alone(budget: Budget) -> None:
    assert list(second_look(budget)) == []
