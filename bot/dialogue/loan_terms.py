"""The terms of a loan or an offer in the borrower's own words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.chinese.amounts import Amount
from bot.chinese.durations import Duration
from bot.chinese.normalise import normalise
from bot.chinese.rates import PER_YEAR, Period, Rate
from bot.chinese.reading import Reading, read
from bot.debt.money import LARGEST, ZERO, percent, to_fen, yuan
from bot.debt.rate import Received, flat_fee
from bot.debt.schedule import payment_to_clear
from bot.dialogue.creditor_names import NO_NAMES, CreditorNames

EXAMPLE = Decimal(10_000)  # a price in per cent does not depend on the sum
A_MONTH = 30

# the last of these words before a figure says what it is
_WORDS: tuple[tuple[str, str], ...] = (
    ("received", r"到手|到账|实收|实际拿到|拿到|收到|放款|只给|给我"),
    ("instalment", r"每个?月(?:要|得|需)?(?:还|付)?|每一?期(?:要|得)?(?:还|付)?|月供|月还款?"),
    (
        "fees",
        r"手续费|服务费|担保费|会员费|中介费|保证金|砍头息?|前期(?:费用?)?|扣(?:了|掉|除)?|先收",
    ),
    ("repay", r"连本带利|本息|总共还|一共还|一次(?:性)?还|到期还|要还|得还|归还|还款?|还清"),
    (
        "contract",
        r"合同(?:上)?(?:写|金额)?|借条(?:写|打)?|借款?|贷款?|本金|欠款?|账单|分期金额|总额",
    ),
)
_PATTERN = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _WORDS))
_AFTER = re.compile(
    r"\s?(?:的)?(?P<fees>手续费|服务费|担保费|会员费|砍头息?)|\s?(?P<instalment>每月|一个月|一期|/月|/期)"
)
_WITHHELD = re.compile(
    r"砍头息?(?:是|收|扣)?\s?([0-9]+(?:\.[0-9]+)?)\s?%|扣(?:了|掉)?\s?([0-9]+(?:\.[0-9]+)?)\s?%"
)
_BULLET = re.compile(r"先息后本|到期还本|按月付息")
_FEE_FIRST = re.compile(
    r"((?:手续|服务)费率?)(?:是|为|按)?(每一?期|每个?月|一期|一个月)(?=\s?[0-9])"
)
_LENDERS: tuple[tuple[str, str], ...] = (
    (r"信用卡|账单分期", "credit_card"),
    (r"消费金融|消金", "consumer_finance"),
    (r"小额贷款|小贷", "microloan"),
    (r"朋友|亲戚|同事|熟人|私人|民间|高利贷|老板", "private"),
    (r"平台|网贷|助贷", "platform"),
    (r"银行", "bank"),
)


@dataclass(frozen=True, slots=True)
class LoanTerms:
    """A loan's flows as told: what came, what goes back, and over what time."""

    received: Received | None
    payments: tuple[Decimal, ...] = ()
    repay: Decimal | None = None
    days: int | None = None
    advertised: Decimal | None = None
    fee_rate: Decimal | None = None
    months: int | None = None
    lender_type: str | None = None
    assumptions: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def loan_terms(text: str, today: date, names: CreditorNames = NO_NAMES) -> LoanTerms:
    """Read the terms; what is missing is named, never filled in silently."""
    plain = fee_named_last(normalise(text))
    named = names.find(plain)
    reading = read(plain, today, named)
    lender_type = named[0].lender.lender_type if named else lender_in(plain)
    return _Terms(reading, lender_type).told()


def fee_named_last(plain: str) -> str:
    """The words with a fee's period before its name, where readers of rates look for it.

    >>> fee_named_last("手续费每期0.6%分24期")
    '每期手续费0.6%分24期'
    """
    return _FEE_FIRST.sub(r"\2\1", plain)


def lender_in(plain: str) -> str | None:
    """What kind of lender a text speaks of."""
    return next((kind for words, kind in _LENDERS if re.search(words, plain)), None)


class _Terms:
    """The figures of one loan by what they are."""

    def __init__(self, reading: Reading, lender_type: str | None) -> None:
        self.text = reading.text
        self.rate = next((each for each in reading.rates if not each.absurd), None)
        self.lender_type = lender_type
        self.figures = figures_of(reading)
        self.months = _months(reading, has_instalments=bool("instalment" in self.figures))
        self.days = _days(reading, self.months)
        self.assumptions: list[str] = []

    def told(self) -> LoanTerms:
        """The flows, from the most exact that was told to the least."""
        figures = self.figures
        if "instalment" in figures and self.months:
            return self._of([figures["instalment"]] * self.months)
        if self.days and "repay" in figures:
            return self._of([], figures["repay"], self.days)
        if self.rate and self.rate.fee and self.months:
            return self._flat_fee(self.rate, self.months)
        if self.rate and self.months:
            return self._at_interest(self.rate, self.months)
        if self.rate and self.days:
            return self._for_days(self.rate, self.days)
        if self.rate and not figures:
            return LoanTerms(None, missing=("months",), advertised=self.rate.apr)
        return LoanTerms(None, lender_type=self.lender_type, missing=tuple(self._missing()))

    def _missing(self) -> Iterator[str]:
        if not {"received", "contract"} & self.figures.keys():
            yield "received"
        if not {"instalment", "repay"} & self.figures.keys():
            yield "instalment"
        if not self.months and not self.days:
            yield "months"

    def _of(
        self, payments: Sequence[Decimal], repay: Decimal | None = None, days: int | None = None
    ) -> LoanTerms:
        received = self._received()
        missing = () if received else ("received",)
        return LoanTerms(
            received,
            tuple(payments),
            repay,
            days,
            self.rate.apr if self.rate else None,
            months=self.months,
            lender_type=self.lender_type,
            assumptions=tuple(self.assumptions),
            missing=missing,
        )

    def _received(self) -> Received | None:
        contract = self.figures.get("contract")
        received = self.figures.get("received", contract)
        if received is None:
            return None
        fees = self.figures.get("fees", ZERO)
        withheld = _WITHHELD.search(self.text)
        if withheld and "received" not in self.figures:
            fees += to_fen(received * Decimal(withheld[1] or withheld[2]) / 100)
        if contract is not None and "received" not in self.figures and not fees:
            self.assumptions.append(f"没有写扣费，按到手 {yuan(received)} 元算。")
        return Received(received, fees, contract if "received" in self.figures else None)

    def _principal(self) -> Decimal:
        principal = self.figures.get("contract", self.figures.get("received"))
        if principal is None:
            principal = EXAMPLE
            self.figures["contract"] = principal
            self.assumptions.append(f"没有写金额，按每 {yuan(EXAMPLE)} 元算；利率不受影响。")
        return principal

    def _flat_fee(self, rate: Rate, months: int) -> LoanTerms:
        principal = self._principal()
        a_month = rate.apr / 12
        self.assumptions.append(
            f"本金按 {months} 期平均还，手续费每期按最初本金的 {percent(a_month)} 收。"
        )
        terms = self._of(flat_fee(principal, months, a_month))
        return _with_fee_rate(terms, a_month)

    def _at_interest(self, rate: Rate, months: int) -> LoanTerms:
        principal = self._principal()
        if _BULLET.search(self.text):
            interest = to_fen(principal * rate.apr / 12)
            self.assumptions.append("按月付息、到期还本。")
            return self._of([interest] * (months - 1) + [principal + interest])
        self.assumptions.append("没有写还款方式的，按等额本息算。")
        return self._of([payment_to_clear(principal, months, rate.apr)] * months)

    def _for_days(self, rate: Rate, days: int) -> LoanTerms:
        principal = self._principal()
        interest = to_fen(principal * rate.rate * _periods(rate, days))
        self.assumptions.append(f"到期一次还本付息，利息 {yuan(interest)} 元。")
        return self._of([], principal + interest, days)


def _with_fee_rate(terms: LoanTerms, fee_rate: Decimal) -> LoanTerms:
    return LoanTerms(
        terms.received, terms.payments, terms.repay, terms.days, terms.advertised, fee_rate,
        terms.months, terms.lender_type, terms.assumptions, terms.missing,
    )  # fmt: skip


def _periods(rate: Rate, days: int) -> Decimal:
    """How many of the rate's periods a number of days is."""
    if rate.period is Period.MONTH:
        return Decimal(days) / A_MONTH
    return Decimal(days) * PER_YEAR[rate.period] / 365


def figures_of(reading: Reading) -> dict[str, Decimal]:
    """The sums of one loan by what they are: received, contract, instalment, repay, fees."""
    return dict(_labelled(reading))


def _labelled(reading: Reading) -> Iterator[tuple[str, Decimal]]:
    """Each figure with what it is; one without a word is the sum that is borrowed."""
    begin = 0
    seen: set[str] = set()
    for each in reading.amounts:
        role = _role(reading.text[begin : each.start], reading.text[each.end :], each)
        begin = each.end
        if role is None:
            role = "contract"
        if role in seen or not 0 < each.value <= LARGEST:
            continue
        seen.add(role)
        yield role, to_fen(each.value)


def _role(before: str, after: str, figure: Amount) -> str | None:
    follows = _AFTER.match(after)
    if follows and figure.named:
        return "fees" if follows["fees"] else "instalment"
    words = list(_PATTERN.finditer(before))
    return words[-1].lastgroup if words else None


def _months(reading: Reading, *, has_instalments: bool) -> int | None:
    if reading.terms:
        return reading.terms[0].months
    long = [each for each in reading.durations if _is_months(each)]
    rated = any(rate.fee for rate in reading.rates)
    if long and (has_instalments or rated):
        return (
            long[0].days // A_MONTH if "年" not in long[0].text else round(long[0].days / 365 * 12)
        )
    return None


def _days(reading: Reading, months: int | None) -> int | None:
    if months:
        return None
    return reading.durations[0].days if reading.durations else None


def _is_months(each: Duration) -> bool:
    return "月" in each.text or "年" in each.text
