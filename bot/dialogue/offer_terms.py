"""A lender's counter-offer in the borrower's own words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from bot.chinese.amounts import Amount
from bot.chinese.normalise import normalise
from bot.chinese.numbers import CHINESE_DIGIT, chinese_number
from bot.chinese.reading import Reading, read
from bot.debt.case import Debt
from bot.debt.money import ZERO
from bot.debt.offer import Offer, OfferKind
from bot.dialogue.creditor_names import NO_NAMES, CreditorNames
from bot.dialogue.loan_terms import fee_named_last, figures_of, lender_in

_TENTHS = rf"(?:[0-9](?:\.[0-9])?|{CHINESE_DIGIT})"
_AT_ONCE = re.compile(
    r"一次(?:性)?(?:还|结|付|交)?清?|全额|结清|减免|打\s?[0-9一二三四五六七八九.]+\s?折|减掉"
)
_WAIVED = re.compile(
    rf"(?:减免|免|减|少还|优惠)(?:掉|了)?\s?(?:(?P<tenths>{_TENTHS})\s?成|(?P<percent>[0-9.]+)\s?%)"
)
_PAID = re.compile(
    rf"(?:打|按)?\s?(?P<discount>[0-9](?:\.?[0-9])?|{CHINESE_DIGIT}{{1,2}})\s?折"
    rf"|(?:还|付|交)(?P<tenths>{_TENTHS})\s?成(?:结清|就|就行)?"
)
_WAIVED_SUM = re.compile(r"(?:减免|免去|免掉|免|少还|减)(?:掉|了)?\s?$")
_FIRST_PART = re.compile(r"先(?:还|付|交)|首付|首期")
_HALF = re.compile(r"减半|对半|打对折|免一半|减一半")
_THIS_WEEK = re.compile(r"[本这]周(?:一次|(?![一二三四五六日天]))|周末前")
_THIS_MONTH = re.compile(r"本月(?!\s?[0-9])|这个月(?!\s?[0-9])")


@dataclass(frozen=True, slots=True)
class OfferTold:
    """What a message tells of a proposal; None with what to ask where it is not enough."""

    offer: Offer | None
    questions: tuple[str, ...] = ()


def offer_terms(
    text: str, today: date, names: CreditorNames = NO_NAMES, debts: Sequence[Debt] = ()
) -> OfferTold:
    """Read a proposal; its sum is the debt it is about where the words do not name one."""
    plain = fee_named_last(normalise(text))
    named = names.find(plain)
    reading = read(plain, today, named)
    kept = tuple(each for each in reading.amounts if not _is_waived(each, reading))
    figures = figures_of(replace(reading, amounts=kept))
    debt = _debt_meant(plain, debts)
    owed = figures.get("contract", debt.claim if debt else None)
    lender_type = named[0].lender.lender_type if named else lender_in(plain)
    base = Offer(
        OfferKind.INSTALMENTS,
        owed or ZERO,
        creditor=debt.creditor if debt else named[0].lender.name if named else None,
        lender_type=debt.lender_type if debt else lender_type,
    )
    if reading.terms and _FIRST_PART.search(plain):
        return OfferTold(None, ("先付的那一笔是多少元，剩下的分多少期、每期多少？",))
    if reading.terms:
        return _asked(_in_instalments(base, reading, figures), owed)
    if _AT_ONCE.search(plain):
        return _asked(_at_once(base, reading, figures, today), owed)
    return OfferTold(None, ("对方让你分多少期，或者一次付多少？每期手续费或者利率多少？",))


def _debt_meant(plain: str, debts: Sequence[Debt]) -> Debt | None:
    """The debt a message names, or the only one there is."""
    named = [debt for debt in debts if normalise(debt.creditor) in plain]
    if named:
        return named[0]
    return debts[0] if len(debts) == 1 else None


def _asked(offer: Offer | None, owed: Decimal | None) -> OfferTold:
    if not owed:
        return OfferTold(None, ("这个方案说的是哪一家，按多少钱算？",))
    if offer is None:
        return OfferTold(None, ("一次结清要付多少钱，或者减免多少？",))
    return OfferTold(offer)


def _in_instalments(base: Offer, reading: Reading, figures: dict[str, Decimal]) -> Offer:
    rate = next((each for each in reading.rates if not each.absurd), None)
    fee = rate.apr / 12 if rate and rate.fee else ZERO
    return replace(
        base,
        months=reading.terms[0].months,
        fee_rate=fee,
        apr=rate.apr if rate and not rate.fee else ZERO,
        instalment=None if rate else figures.get("instalment"),
    )


def _at_once(
    base: Offer, reading: Reading, figures: dict[str, Decimal], today: date
) -> Offer | None:
    waived = _waived(reading.text) or _waived_sum(base, reading)
    if waived is None and "repay" in figures and base.principal:
        waived = 1 - min(figures["repay"] / base.principal, Decimal(1))
    if waived is None:
        return None
    return replace(
        base,
        kind=OfferKind.LUMP_SUM,
        discount=waived,
        within_days=_within(reading, today),
    )


def _waived_sum(base: Offer, reading: Reading) -> Decimal | None:
    """The part that a named sum is: 减免5000."""
    sums = [each.value for each in reading.amounts if _is_waived(each, reading)]
    return sums[0] / base.principal if sums and 0 < sums[0] < base.principal else None


def _is_waived(figure: Amount, reading: Reading) -> bool:
    return bool(_WAIVED_SUM.search(reading.text[: figure.start]))


def _waived(text: str) -> Decimal | None:
    """The part that is waived: 减免三成, 打7折, 还五成."""
    if _HALF.search(text):
        return Decimal("0.5")
    waived = _WAIVED.search(text)
    if waived:
        return _tenths(waived["tenths"]) if waived["tenths"] else Decimal(waived["percent"]) / 100
    paid = _PAID.search(text)
    if paid is None:
        return None
    return 1 - (_tenths(paid["tenths"]) if paid["tenths"] else _discount(paid["discount"]))


def _tenths(said: str) -> Decimal:
    return (chinese_number(said) or ZERO) / 10


def _discount(said: str) -> Decimal:
    """7折 and 七折 are 0.7, 85折 and 八五折 are 0.85."""
    figure = chinese_number(said) or ZERO
    return figure / (100 if figure > 10 else 10)


def _within(reading: Reading, today: date) -> int | None:
    """How many days are left to pay."""
    if reading.durations:
        return reading.durations[0].days
    named = [each.day for each in reading.days if each.day and each.day >= today]
    if named:
        return (named[0] - today).days
    if _THIS_WEEK.search(reading.text):
        return 6 - today.weekday()
    if _THIS_MONTH.search(reading.text):
        next_month = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
        return (next_month - today).days - 1
    return None
