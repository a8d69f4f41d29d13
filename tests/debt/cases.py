"""Small cases for the tests of plans."""

from decimal import Decimal

from bot.debt.budget import Budget
from bot.debt.case import Case, Debt


def budget(income: int = 6500, essentials: int = 4700, buffer: int | None = 300) -> Budget:
    return Budget(Decimal(income), Decimal(essentials), None if buffer is None else Decimal(buffer))


def debt(creditor: str = "分期乐", principal: int | str = 32600, **more: object) -> Debt:
    return Debt(creditor, Decimal(principal), **more)


def case(*debts: Debt, apr: str | None = None, longest: int = 60, **of_budget: int) -> Case:
    owed = debts or (debt(), debt("微粒贷", 15400))
    return Case(budget(**of_budget), owed, None if apr is None else Decimal(apr), longest)
