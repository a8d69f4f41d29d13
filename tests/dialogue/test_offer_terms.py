from datetime import date
from decimal import Decimal

import pytest

from bot.debt.offer import OfferKind, judge
from bot.dialogue.offer_terms import offer_terms
from tests.dialogue.test_intake import NAMES

TODAY = date(2026, 11, 23)  # a Monday


@pytest.mark.parametrize(
    ("text", "months", "fee", "apr"),
    [
        ("银行让我分24期每期手续费0.6%", 24, "0.006", "0"),
        ("招行同意分60期免息", 60, "0", "0"),
        ("平台说分36期，年化12%", 36, "0", "0.12"),
    ],
)
def test_offers_in_instalments(text: str, months: int, fee: str, apr: str) -> None:
    offer = offer_terms(text, TODAY, NAMES, Decimal(20000)).offer
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
    ],
)
def test_offers_to_settle_at_once(text: str, discount: str, days: int | None) -> None:
    offer = offer_terms(text, TODAY, NAMES, Decimal(20000)).offer
    assert offer.kind is OfferKind.LUMP_SUM
    assert (offer.discount, offer.within_days) == (Decimal(discount), days)


def test_an_offer_names_its_debt_and_lender() -> None:
    offer = offer_terms("分期乐欠2万，让我分18期每期还1251.11", TODAY, NAMES).offer
    assert (offer.creditor, offer.lender_type) == ("分期乐", "platform")
    assert (offer.principal, offer.instalment) == (20000, Decimal("1251.11"))
    assert judge(offer).rate.apr_nominal == pytest.approx(0.1536, abs=0.0001)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("银行让我分24期每期手续费0.6%", ("principal",)),
        ("欠2万，银行让我一次结清", ("discount",)),
        ("银行说可以谈", ("months",)),
    ],
)
def test_what_an_offer_leaves_out_is_named(text: str, missing: tuple[str, ...]) -> None:
    assert offer_terms(text, TODAY, NAMES).missing == missing
