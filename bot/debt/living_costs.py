"""What looks high or low in a household's essentials, so that nothing needed is left out."""

from collections.abc import Iterator
from decimal import Decimal

from bot.debt.budget import Budget, Need
from bot.debt.money import ZERO, percent, to_fen, yuan

# guide figures of this product's own, only to prompt a second look; no rule states them
LEAST_FOOD_A_PERSON = Decimal(450)
MOST_HOUSING = Decimal("0.4")
MOST_OF_INCOME = {
    Need.FOOD: Decimal("0.4"),
    Need.TRANSPORT: Decimal("0.2"),
    Need.UTILITIES: Decimal("0.15"),
}
LEAST_FOR_ONE = Decimal(800)
NAMES = {Need.FOOD: "吃饭", Need.TRANSPORT: "交通", Need.UTILITIES: "水电和通讯"}
USUAL = (Need.HOUSING, Need.FOOD, Need.UTILITIES, Need.TRANSPORT)
USUAL_NAMES = {**NAMES, Need.HOUSING: "住房"}


def second_look(budget: Budget) -> Iterator[str]:
    """What to check again about the essentials, each with its reason."""
    yield from _left_out(budget)
    yield from _low(budget)
    yield from _high(budget)


def spent_on(budget: Budget, need: Need) -> Decimal:
    """What goes to one kind of need."""
    return sum((each.amount for each in budget.spending if each.need is need), ZERO)


def _left_out(budget: Budget) -> Iterator[str]:
    named = {each.need for each in budget.spending}
    if not named or Need.OTHER in named:
        return
    missing = [USUAL_NAMES[need] for need in USUAL if need not in named]
    if missing:
        yield f"没有写{'、'.join(missing)}：有的话要先留出来，再定每月还多少。"


def _low(budget: Budget) -> Iterator[str]:
    people = budget.dependants + 1
    food = spent_on(budget, Need.FOOD)
    if food and food < LEAST_FOOD_A_PERSON * people:
        each = to_fen(food / people)
        yield f"吃饭按 {people} 人算每人每月 {yuan(each)} 元，偏低，可能算漏；饭钱不要省来还债。"
    if budget.essentials is not None and 0 < budget.essentials < LEAST_FOR_ONE * people:
        total = yuan(budget.essentials)
        yield f"{people} 人每月必要开支 {total} 元偏低，看病、衣服、人情这些可能没算进去。"


def _high(budget: Budget) -> Iterator[str]:
    if not budget.income:
        return
    housing = spent_on(budget, Need.HOUSING) / budget.income
    if housing > MOST_HOUSING:
        yield f"住房占收入 {percent(housing)}，机构可能会问；准备好合同，能合租、换租再考虑。"
    for need, most in MOST_OF_INCOME.items():
        share = spent_on(budget, need) / budget.income
        if share > most:
            yield f"{NAMES[need]}占收入 {percent(share)}，机构可能会问；说得清原因、有票据就不怕。"
