"""Repayment schedules: month by month, to the fen."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from itertools import chain, repeat

from bot.debt.money import ZERO, from_fen, in_fen, up_to_fen

DIVISION_NOISE = Decimal("1e-9")  # the last digits of a quotient must not cost a whole fen
LONGEST = 1200  # months: a plan beyond a century is no plan


@dataclass(frozen=True, slots=True)
class Instalment:
    """One month's payment and what it leaves."""

    number: int
    payment: Decimal
    interest: Decimal
    balance: Decimal
    due: date | None = None

    @property
    def principal(self) -> Decimal:
        """The part that lowers the debt."""
        return self.payment - self.interest


@dataclass(frozen=True, slots=True)
class Schedule:
    """Monthly payments from the first month to the last, and the interest within them, in fen.

    Kept as two columns: a comparison of plans needs the sums, only a letter needs the rows.
    """

    debt: Decimal
    payments: tuple[int, ...]
    interests: tuple[int, ...]
    first_due: date | None = None

    @property
    def months(self) -> int:
        """How many months it runs, those without a payment included."""
        return len(self.payments)

    @property
    def total(self) -> Decimal:
        """Everything that is paid."""
        return from_fen(sum(self.payments))

    @property
    def interest(self) -> Decimal:
        """Everything that is paid beyond the debt."""
        return from_fen(sum(self.interests))

    @property
    def last(self) -> Decimal:
        """The last payment."""
        return from_fen(self.payments[-1]) if self.payments else ZERO

    @property
    def finish(self) -> date | None:
        """The day of the last payment, where the first is known."""
        return months_after(self.first_due, self.months - 1) if self.first_due else None

    @property
    def instalments(self) -> tuple[Instalment, ...]:
        """The rows of the table."""
        return tuple(self._rows())

    def _rows(self) -> Iterator[Instalment]:
        balance = in_fen(self.debt)
        for number, (paid, interest) in enumerate(
            zip(self.payments, self.interests, strict=True), 1
        ):
            balance += interest - paid
            due = months_after(self.first_due, number - 1) if self.first_due else None
            yield Instalment(number, from_fen(paid), from_fen(interest), from_fen(balance), due)


def equal_payments(
    debt: Decimal, monthly: Decimal, apr: Decimal = Decimal(0), first_due: date | None = None
) -> Schedule | None:
    """The same payment at each month's end until nothing is left; None if that never comes."""
    return run_down(debt, apr, (), in_fen(monthly), first_due)


def deferred(
    debt: Decimal,
    monthly: Decimal,
    pause: int,
    apr: Decimal = Decimal(0),
    first_due: date | None = None,
) -> Schedule | None:
    """Months without a payment, then equal ones; interest, if any, runs through the pause."""
    return run_down(debt, apr, (0,) * pause, in_fen(monthly), first_due)


def stepped_up(
    debt: Decimal,
    first: Decimal,
    months: int,
    later: Decimal,
    apr: Decimal = Decimal(0),
    first_due: date | None = None,
) -> Schedule | None:
    """A smaller payment for some months, then the full one."""
    return run_down(debt, apr, (in_fen(first),) * months, in_fen(later), first_due)


def run_down(
    debt: Decimal, apr: Decimal, first: Sequence[int], then: int, first_due: date | None = None
) -> Schedule | None:
    """Pay the first sums month by month, then the same one until nothing is left."""
    columns = _at_interest(in_fen(debt), apr, first, then) if apr else _free(debt, first, then)
    return Schedule(debt, *columns, first_due) if columns else None


def _at_interest(
    balance: int, apr: Decimal, first: Sequence[int], then: int
) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """Payments and interest; None where the steady payment does not cover the interest."""
    over, under = monthly_fraction(apr)
    twice_over, twice_under = 2 * over, 2 * under
    paid: list[int] = []
    interests: list[int] = []
    steady = chain(first, repeat(then))
    while balance > 0:
        interest = (balance * twice_over + under) // twice_under  # rounded half up to the fen
        owed = balance + interest
        if interest >= then or len(paid) == LONGEST:
            return None
        payment = next(steady)
        if payment > owed:
            payment = owed
        balance = owed - payment
        paid.append(payment)
        interests.append(interest)
    return tuple(paid), tuple(interests)


def _free(
    debt: Decimal, first: Sequence[int], then: int
) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """Payments without interest, by division rather than month by month."""
    balance = in_fen(debt)
    paid: list[int] = []
    for sum_of_month in first:
        paid.append(min(sum_of_month, balance))
        balance -= paid[-1]
        if not balance:
            break
    if balance and (not then or balance > then * LONGEST):
        return None
    months, last = divmod(balance, then) if balance else (0, 0)
    paid += [then] * months + [last] * bool(last)
    return tuple(paid), (0,) * len(paid)


def months_to_clear(debt: Decimal, monthly: Decimal) -> int | None:
    """How many payments clear a debt without interest; None when nothing can be paid."""
    if monthly <= 0:
        return None
    return int((debt / monthly).to_integral_value(ROUND_CEILING))


def months_at_rate(debt: Decimal, monthly: Decimal, apr: Decimal) -> int | None:
    """How many payments at each month's end clear a debt at a rate; None if it never ends."""
    schedule = equal_payments(debt, monthly, apr)
    return schedule.months if schedule else months_beyond(debt, monthly, apr)


def payment_to_clear(debt: Decimal, months: int, apr: Decimal = Decimal(0)) -> Decimal:
    """The least equal payment, to the fen, that clears a debt within so many months.

    >>> str(payment_to_clear(Decimal(48000), 60)), str(payment_to_clear(Decimal(12000), 12))
    ('800.00', '1000.00')
    """
    if not apr:
        return up_to_fen(debt / months)
    rate = apr / 12
    exact = debt * rate / (1 - (1 + rate) ** -months)
    return up_to_fen(exact.quantize(DIVISION_NOISE))


def worth_today(schedule: Schedule, apr: Decimal) -> Decimal:
    """What the payments of a schedule are worth to a lender now, at its rate."""
    step = 1 + float(apr) / 12
    worth = sum(paid / step**month for month, paid in enumerate(schedule.payments, 1))
    return from_fen(round(worth))


def months_after(day: date, months: int) -> date:
    """The same day some months later, or that month's last day.

    >>> str(months_after(date(2026, 1, 31), 1))
    '2026-02-28'
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def monthly_fraction(apr: Decimal) -> tuple[int, int]:
    """A twelfth of an annual rate as an exact fraction of whole numbers."""
    over, under = apr.as_integer_ratio()
    return over, under * 12


def months_beyond(debt: Decimal, monthly: Decimal, apr: Decimal) -> int | None:
    """The count by formula where a table would run past a century."""
    if monthly <= 0:
        return None
    if not apr:
        return months_to_clear(debt, monthly)
    rate = apr / 12
    if debt * rate >= monthly:
        return None
    months = -(1 - debt * rate / monthly).ln() / (1 + rate).ln()
    return int(months.to_integral_value(ROUND_CEILING)) if months > LONGEST else None
