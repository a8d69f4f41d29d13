"""The `rate` command: one loan in, its true price out."""

from datetime import date
from decimal import Decimal
from typing import Any

from bot.debt.money import ZERO
from bot.debt.rate import RateResult, Received, dated_rate, days_rate, monthly_rate
from bot.dialogue.creditor_names import NO_NAMES, CreditorNames
from bot.dialogue.loan_terms import LoanTerms, loan_terms
from bot.transports.jsonl.fields import (
    count,
    money,
    optional_day,
    optional_money,
    optional_rate,
    optional_text,
)
from bot.transports.jsonl.lines import Record, RecordError

MOST_PAYMENTS = 1200


def rate_record(record: Record, today: date, names: CreditorNames = NO_NAMES) -> Record:
    """The true price of a loan given in fields, or in the borrower's own words."""
    if record.get("text") is not None:
        return from_text(record, today, names)
    received = received_of(record)
    lender = optional_text(record, "lender_type")
    said = optional_rate(record, "advertised_apr")
    if record.get("repay") is not None or record.get("days") is not None:
        return written(
            days_rate(received, positive(record, "repay"), count(record, "days"), lender, said)
        )
    if record.get("payments") is not None:
        return written(from_dates(record, received, lender, said))
    return written(monthly_rate(received, payments_of(record), lender, said))


def from_text(record: Record, today: date, names: CreditorNames) -> Record:
    """The price of a loan told in words."""
    terms = loan_terms(optional_text(record, "text") or "", today, names)
    if terms.missing or terms.received is None:
        raise RecordError("missing_facts", "；".join(asked(terms)))
    check_net(terms.received)
    if terms.repay is not None and terms.days:
        result = days_rate(
            terms.received, terms.repay, terms.days, terms.lender_type, terms.advertised
        )
    else:
        result = monthly_rate(terms.received, terms.payments, terms.lender_type, terms.advertised)
    reply = written(result)
    reply["assumptions"] = [*terms.assumptions, *reply["assumptions"]]
    return reply


def asked(terms: LoanTerms) -> list[str]:
    """What to ask for each fact that is missing."""
    return [_QUESTIONS[name] for name in terms.missing]


_QUESTIONS = {
    "received": "缺少 received：实际到手多少钱？",
    "instalment": "缺少 instalment：每期（或到期一次）还多少钱，或者手续费、利率是多少？",
    "months": "缺少 months：分多少期，或者借多少天？",
}


def received_of(record: Record) -> Received:
    """What reached the borrower."""
    received = Received(
        positive(record, "received"),
        optional_money(record, "upfront_fees") or ZERO,
        optional_money(record, "contract_amount"),
    )
    check_net(received)
    return received


def check_net(received: Received) -> None:
    """Something must be left of the money after the fees."""
    if received.net <= 0:
        raise RecordError(
            "invalid_amount", "upfront_fees 不能大于或等于 received：扣完费没有到手的钱"
        )


def payments_of(record: Record) -> list[Decimal]:
    """The monthly payments: a list, or the same one for a number of months."""
    listed = record.get("monthly")
    if listed is None:
        if record.get("instalment") is None:
            raise RecordError(
                "missing_field", "缺少 monthly、instalment 和 months，或 repay 和 days"
            )
        each = positive(record, "instalment")
        return [each] * limited(count(record, "months"))
    if not isinstance(listed, list) or not listed:
        raise RecordError("invalid_payments", "monthly 应当是每月还款的列表")
    limited(len(listed))
    paid = [money({"monthly": each}, "monthly") for each in listed]
    if not any(paid):
        raise RecordError("invalid_payments", "monthly 全是 0，算不出利率")
    return paid


def from_dates(
    record: Record, received: Received, lender: str | None, said: Decimal | None
) -> RateResult:
    """The price of payments with dates: payments [{date, amount}] and received_on."""
    start = optional_day(record, "received_on")
    listed: Any = record["payments"]
    if start is None or not isinstance(listed, list) or not listed:
        raise RecordError("missing_field", "payments 要写成 [{date, amount}]，并写明 received_on")
    limited(len(listed))
    paid = [dated(each, f"payments[{place}].") for place, each in enumerate(listed)]
    if not any(amount for _, amount in paid) or any(day <= start for day, _ in paid):
        raise RecordError("invalid_payments", "payments 要有还款金额，日期要在 received_on 之后")
    try:
        return dated_rate(received, start, paid, lender, said)
    except ValueError as fault:
        raise RecordError("no_rate", "这些还款算不出利率，请核对日期和金额") from fault


def dated(given: Any, within: str) -> tuple[date, Decimal]:
    """One payment with its day."""
    if not isinstance(given, dict):
        raise RecordError("invalid_payments", f"{within.rstrip('.')} 应当是一个对象")
    day = optional_day(given, "date")
    if day is None:
        raise RecordError("missing_field", f"缺少 {within}date")
    return day, money(given, "amount", within)


def positive(record: Record, name: str) -> Decimal:
    """A sum that must be more than nothing."""
    value = money(record, name)
    if value <= 0:
        raise RecordError("invalid_amount", f"{name} 必须大于 0：{record[name]}")
    return value


def limited(payments: int) -> int:
    """A number of payments somebody could mean."""
    if payments > MOST_PAYMENTS:
        raise RecordError("invalid_number", f"还款期数最多 {MOST_PAYMENTS} 期")
    return payments


def written(result: RateResult) -> Record:
    """A price as the contract writes it: rates as numbers, money as decimal strings."""
    return {
        "monthly_irr": rounded(result.monthly_irr),
        "apr_nominal": rounded(result.apr_nominal),
        "apr_effective": rounded(result.apr_effective),
        "total_repaid": str(result.total_repaid),
        "total_cost": str(result.total_cost),
        "findings": [
            {
                "code": each.code,
                "text": each.text,
                "certainty": each.certainty,
                "citation": {"instrument": each.instrument, "article": each.article}
                if each.instrument
                else None,
            }
            for each in result.findings
        ],
        "assumptions": list(result.assumptions),
    }


def rounded(rate: float | None) -> float | None:
    """A rate to a hundredth of a basis point."""
    return None if rate is None else round(rate, 6)
