from datetime import date
from typing import Any

import pytest

from bot.transports.jsonl.lines import RecordError
from bot.transports.jsonl.rate import rate_record
from tests.dialogue.test_intake import NAMES

TODAY = date(2026, 11, 23)
FIELDS = {
    "monthly_irr", "apr_nominal", "apr_effective", "total_repaid", "total_cost", "findings",
    "assumptions",
}  # fmt: skip


def priced(**record: Any) -> dict[str, Any]:
    return rate_record(record, TODAY, NAMES)


def codes(reply: dict[str, Any]) -> list[str]:
    return [each["code"] for each in reply["findings"]]


def test_equal_instalments() -> None:
    reply = priced(received=20000, instalment=1251.11, months=18)
    assert set(reply) == FIELDS
    assert reply["apr_nominal"] == pytest.approx(0.1536, abs=0.0001)
    assert (reply["total_repaid"], reply["total_cost"]) == ("22519.98", "2519.98")


def test_listed_instalments() -> None:
    assert priced(received=1000, monthly=[1010])["monthly_irr"] == 0.01
    assert priced(received=1000, monthly=[0, "1020.1"])["monthly_irr"] == 0.01


def test_a_loan_of_days() -> None:
    reply = priced(received=9000, contract_amount=10000, repay=10000, days=7)
    assert reply["apr_nominal"] == pytest.approx(5.793651)
    assert {"short_term_loan", "beheading_interest"} <= set(codes(reply))
    citation = reply["findings"][1]["citation"]
    assert citation == {"instrument": "civil-code", "article": "670"}


def test_dated_payments() -> None:
    paid = [{"date": "2027-01-01", "amount": 1100}]
    reply = priced(received=1000, received_on="2026-01-01", payments=paid)
    assert reply["apr_effective"] == pytest.approx(0.1)


def test_what_was_advertised_is_compared() -> None:
    reply = priced(received=20000, instalment=1251.11, months=18, advertised_apr="月费率0.7%")
    assert "above_advertised" in codes(reply)


@pytest.mark.parametrize(
    ("text", "apr", "cost"),
    [
        ("银行说 2 万分 18 期，每期手续费 0.7%，划算吗", 0.153626, "2520.00"),
        ("银行让我分24期每期手续费0.6%", 0.132657, "1440.00"),
        ("花呗账单5000分12期，月费率0.75%", 0.162166, "450.00"),
        ("借了两万，每期1251.11，18期", 0.153625, "2519.98"),
        ("10万 36期 每月还3120", 0.07704, "12320.00"),
        ("合同5万到手4.5万分12期每月还4600", 0.39506, "10200.00"),
        ("到手8000，每个月还900，还12个月", 0.593859, "2800.00"),
        ("贷10万，年利率7.2%，36期等额本息", 0.072002, "11487.32"),
        ("借1万，年化12%，分12期先息后本", 0.12, "1200.00"),
        ("借一万，日息万五，借30天", 0.1825, "150.00"),
        ("借1万到手9000，7天后还1万", 5.793651, "1000.00"),
        ("借3000到手2400，14天还3000", 6.517857, "600.00"),
        ("朋友借我5万，月息2分，借3个月", 0.243333, "3000.00"),
        ("借2万，砍头息10%，分12期每期还2000", 0.567548, "6000.00"),
        ("手机到手5000，手续费500，分10期每期600", 0.672536, "1500.00"),
    ],
)
def test_loans_as_people_tell_them(text: str, apr: float, cost: str) -> None:
    reply = priced(text=text)
    assert reply["apr_nominal"] == pytest.approx(apr, abs=0.00001)
    assert reply["total_cost"] == cost


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("信用卡2万分12期每期手续费1%", "card_no_fixed_cap"),
        ("借朋友1万，到手1万，12期每期还950", "private_four_lpr"),
        ("小贷公司借1万分12期每期还950", "microloan_24"),
        ("花呗1万分12期每期还950", "consumer_finance_guidance"),
        ("借1万分12期每期还950", "lender_type_unknown"),
    ],
)
def test_the_limit_follows_who_lends(text: str, code: str) -> None:
    assert code in codes(priced(text=text))


@pytest.mark.parametrize(
    ("record", "code", "named"),
    [
        ({}, "missing_field", "received"),
        ({"received": 0, "monthly": [1]}, "invalid_amount", "received"),
        ({"received": -1, "monthly": [1]}, "invalid_amount", "received"),
        ({"received": float("nan"), "monthly": [1]}, "invalid_number", "received"),
        ({"received": 1e12, "monthly": [1]}, "invalid_amount", "received"),
        ({"received": 100}, "missing_field", "monthly"),
        ({"received": 100, "monthly": []}, "invalid_payments", "monthly"),
        ({"received": 100, "monthly": [0, 0]}, "invalid_payments", "monthly"),
        ({"received": 100, "monthly": [-1]}, "invalid_amount", "monthly"),
        ({"received": 100, "monthly": [1] * 1201}, "invalid_number", "1200"),
        ({"received": 100, "instalment": 10}, "missing_field", "months"),
        ({"received": 100, "instalment": 10, "months": 0}, "invalid_number", "months"),
        ({"received": 100, "repay": 110}, "missing_field", "days"),
        ({"received": 100, "days": 7}, "missing_field", "repay"),
        ({"received": 100, "upfront_fees": 100, "monthly": [9]}, "invalid_amount", "upfront_fees"),
        (
            {"received": 100, "payments": [{"date": "2026-01-01", "amount": 9}]},
            "missing_field",
            "received_on",
        ),
        (
            {
                "received": 9,
                "received_on": "2026-02-01",
                "payments": [{"date": "2026-01-01", "amount": 9}],
            },
            "invalid_payments",
            "received_on",
        ),
        ({"text": "年化24%"}, "missing_facts", "months"),
        ({"text": "每月还500还12期"}, "missing_facts", "received"),
        ({"text": "借1万"}, "missing_facts", "instalment"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(record: dict, code: str, named: str) -> None:
    with pytest.raises(RecordError) as refused:
        priced(**record)
    assert refused.value.code == code
    assert named in refused.value.message
