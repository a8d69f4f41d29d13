from datetime import date
from decimal import Decimal

import pytest

from bot.debt.case import Debt
from bot.debt.offer import OfferKind, judge
from bot.dialogue.offer_terms import offer_terms
from tests.dialogue.test_intake import NAMES

TODAY = date(2026, 11, 23)  # a Monday
OWED = Debt("花呗", Decimal(20000), lender_type="consumer_finance")


@pytest.mark.parametrize(
    ("text", "months", "fee", "apr"),
    [
        ("银行让我分24期每期手续费0.6%", 24, "0.006", "0"),
        ("招行同意分60期免息", 60, "0", "0"),
        ("平台说分36期，年化12%", 36, "0", "0.12"),
    ],
)
def test_offers_in_instalments(text: str, months: int, fee: str, apr: str) -> None:
    offer = offer_terms(text, TODAY, NAMES, [OWED]).offer
    assert offer.kind is OfferKind.INSTALMENTS
    assert (offer.months, offer.fee_rate, offer.apr) == (months, Decimal(fee), Decimal(apr))
    assert offer.principal == 20000


@pytest.mark.parametrize(
    ("text", "discount", "days"),
    [
        ("平台说减免三成但要本周一次还清", "0.3", 6),
        ("分期乐说打7折，三天内一次性结清", "0.3", 3),
        ("打八五折一次还清", "0.15", None),
        ("减免30%，12月1号前一次付清", "0.3", 8),
        ("还五成就结清，今天之内", "0.5", 0),
        ("利息全免还要再减半，本月结清", "0.5", 7),
        ("让我一次还1万4结清", "0.3", None),
        ("减免5000一次结清", "0.25", None),
        ("免去6000元，月底前结清", "0.3", 7),
    ],
)
def test_offers_to_settle_at_once(text: str, discount: str, days: int | None) -> None:
    offer = offer_terms(text, TODAY, NAMES, [OWED]).offer
    assert offer.kind is OfferKind.LUMP_SUM
    assert (offer.discount, offer.within_days) == (Decimal(discount), days)


def test_an_offer_names_its_debt_and_lender() -> None:
    offer = offer_terms("分期乐欠2万，让我分18期每期还1251.11", TODAY, NAMES).offer
    assert (offer.creditor, offer.lender_type) == ("分期乐", "platform")
    assert (offer.principal, offer.instalment) == (20000, Decimal("1251.11"))
    assert judge(offer).rate.apr_nominal == pytest.approx(0.1536, abs=0.0001)


def test_of_several_debts_the_named_one_is_meant() -> None:
    debts = [OWED, Debt("分期乐", Decimal(30000), lender_type="platform")]
    offer = offer_terms("分期乐说减免三成一次还清", TODAY, NAMES, debts).offer
    assert (offer.creditor, offer.principal) == ("分期乐", 30000)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("银行让我分24期每期手续费0.6%", "哪一家"),
        ("欠2万，银行让我一次结清", "减免多少"),
        ("银行说可以谈", "多少期"),
        ("花呗欠2万，先还30%再分12期", "先付的那一笔"),
    ],
)
def test_what_an_offer_leaves_out_is_asked(text: str, asked: str) -> None:
    told = offer_terms(text, TODAY, NAMES)
    assert told.offer is None
    assert asked in told.questions[0]
