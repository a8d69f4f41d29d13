"""Everything countable in a text, each thing read once: days, rates, times, terms, amounts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.chinese.amounts import Amount, amounts
from bot.chinese.dates import Day, days
from bot.chinese.durations import Duration, Term, durations, terms
from bot.chinese.normalise import normalise
from bot.chinese.rates import PER_YEAR, Period, Rate, rates
from bot.chinese.spans import HasPlace, Place, without

SMALLEST_PLAIN = 100  # below it a figure without a unit may mean yuan, thousands or 万
_CLOCK = re.compile(
    r"(?<![0-9])[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![0-9])|[0-9]{1,2}点(?:半|钟|[0-9]{1,2}分)?"
)
_TELEPHONE = re.compile(
    r"(?<![0-9])(?:1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8}|400-?[0-9]{3}-?[0-9]{4})(?![0-9])"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text counts; ``text`` is the normalised form that the places point into."""

    text: str
    amounts: tuple[Amount, ...]
    rates: tuple[Rate, ...]
    durations: tuple[Duration, ...]
    terms: tuple[Term, ...]
    days: tuple[Day, ...]
    unclear: tuple[Amount, ...]

    @property
    def nothing(self) -> bool:
        """Whether no figure was found."""
        return not (
            self.amounts or self.rates or self.durations or self.terms or self.days or self.unclear
        )


def read(text: str, today: date, names: Sequence[HasPlace] = ()) -> Reading:
    """Read a text; ``names`` are places in the normalised text that hold no figures (360借条)."""
    plain = normalise(text)
    left = without(plain, *names)
    left = without(left, *(Place(*match.span()) for match in _TELEPHONE.finditer(left)))
    found_days = days(left, today)
    left = without(left, *found_days)
    found_rates = rates(left)
    left = without(left, *found_rates)
    found_terms = terms(left)
    left = without(left, *found_terms)
    found_durations = durations(left)
    left = without(left, *found_durations)
    left = without(left, *(Place(*match.span()) for match in _CLOCK.finditer(left)))
    sums = amounts(left)
    fractions = [each for each in sums if _is_fraction(each)]
    unclear = [each for each in sums if not each.named and abs(each.value) < SMALLEST_PLAIN]
    return Reading(
        text=plain,
        amounts=tuple(each for each in sums if each not in unclear),
        rates=(*found_rates, *map(_as_rate, fractions)),
        durations=tuple(found_durations),
        terms=tuple(found_terms),
        days=tuple(found_days),
        unclear=tuple(each for each in unclear if each not in fractions),
    )


def _is_fraction(figure: Amount) -> bool:
    return not figure.named and 0 < figure.value < 1 and figure.high is None


def _as_rate(figure: Amount) -> Rate:
    """A bare 0.24: read as an annual rate, and asked about."""
    percent = format((figure.value * 100).normalize(), "f")
    return Rate(
        apr=figure.value,
        rate=figure.value / Decimal(PER_YEAR[Period.YEAR]),
        period=Period.YEAR,
        assumed=f"{figure.text} 按小数形式的年利率，即 {percent}%",
        start=figure.start,
        end=figure.end,
        text=figure.text,
        question=f"“{figure.text}”是年利率 {percent}% 吗？",
    )
