"""Several debts paid from one monthly sum: in proportion, or one after the other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.debt.case import Debt
from bot.debt.money import fen_shares, from_fen, in_fen
from bot.debt.schedule import LONGEST, Schedule, monthly_fraction

Split = Callable[[list[int], int], list[int]]


@dataclass(frozen=True, slots=True)
class Course:
    """How paying several debts goes: the sums together, the first month's parts, each one's end."""

    schedule: Schedule
    first: tuple[Decimal, ...]
    finished: tuple[int, ...]


def in_proportion(
    debts: Sequence[Debt], monthly: Decimal, rates: Sequence[Decimal]
) -> Course | None:
    """Each month's sum is shared by claim among those still owed."""
    weights = [in_fen(debt.claim) for debt in debts]
    order = range(len(debts))
    known: dict[tuple[bool, ...], list[int]] = {}  # parts change only when a debt is cleared

    def split(owed: list[int], sum_of_month: int) -> list[int]:
        alive = tuple(left > 0 for left in owed)
        if alive not in known:
            left_over = [weight * is_owed for weight, is_owed in zip(weights, alive, strict=True)]
            known[alive] = fen_shares(sum_of_month, left_over)
        parts = [min(part, left) for part, left in zip(known[alive], owed, strict=True)]
        return _top_up(parts, owed, sum_of_month, order)

    return _run(debts, monthly, rates, split)


def one_after_another(
    debts: Sequence[Debt], monthly: Decimal, rates: Sequence[Decimal], order: Sequence[int]
) -> Course | None:
    """The whole sum goes to the first debt in the order until it is cleared, then to the next."""

    def split(owed: list[int], sum_of_month: int) -> list[int]:
        return _top_up([0] * len(owed), owed, sum_of_month, order)

    return _run(debts, monthly, rates, split)


def highest_rate_first(rates: Sequence[Decimal]) -> list[int]:
    """Places of the debts, the dearest first, ties to the earlier."""
    return sorted(range(len(rates)), key=lambda place: (-rates[place], place))


def smallest_first(debts: Sequence[Debt]) -> list[int]:
    """Places of the debts, the smallest claim first, ties to the earlier."""
    return sorted(range(len(debts)), key=lambda place: (debts[place].claim, place))


def secured_first(debts: Sequence[Debt]) -> list[int]:
    """Places of the debts, those on a home or with a guarantor first."""
    safe = [not (debt.secured or debt.guaranteed) for debt in debts]
    return sorted(range(len(debts)), key=lambda place: (safe[place], place))


def _top_up(parts: list[int], owed: list[int], limit: int, order: Sequence[int]) -> list[int]:
    """Hand what is left of the month's sum to the debts in order."""
    left = limit - sum(parts)
    for place in order:
        if not left:
            break
        more = min(left, owed[place] - parts[place])
        parts[place] += more
        left -= more
    return parts


def _run(
    debts: Sequence[Debt], monthly: Decimal, rates: Sequence[Decimal], split: Split
) -> Course | None:
    balances = [in_fen(debt.claim) for debt in debts]
    fractions = [monthly_fraction(rate) for rate in rates]
    sum_of_month = in_fen(monthly)
    paid: list[int] = []
    interests: list[int] = []
    first: list[int] = []
    finished = [0] * len(balances)
    while any(balances):
        charged = [
            (2 * balance * over + under) // (2 * under)
            for balance, (over, under) in zip(balances, fractions, strict=True)
        ]
        if sum(charged) >= sum_of_month or len(paid) == LONGEST:
            return None
        owed = [balance + more for balance, more in zip(balances, charged, strict=True)]
        parts = split(owed, sum_of_month)
        balances = [due - part for due, part in zip(owed, parts, strict=True)]
        paid.append(sum(parts))
        interests.append(sum(charged))
        first = first or parts
        for place, balance in enumerate(balances):
            if not balance and not finished[place]:
                finished[place] = len(paid)
    total = from_fen(sum(in_fen(debt.claim) for debt in debts))
    schedule = Schedule(total, tuple(paid), tuple(interests))
    return Course(schedule, tuple(from_fen(part) for part in first), tuple(finished))
