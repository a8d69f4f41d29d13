"""What the letters say: the borrower's own numbers, each lender its share, blanks left visible."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.debt.case import Debt
from bot.debt.offer import Offer, OfferKind
from bot.drafting.facts import BLANK
from bot.drafting.matter import Matter, Particulars
from bot.drafting.render.text import as_text
from tests.drafting.matters import (
    BANK_LOAN,
    CARD,
    FULL,
    LOAN,
    LUMP,
    OFFER,
    TEMPLATES,
    budget,
    drafted,
    matter,
    only,
)


def said(kind: str, about: Matter) -> str:
    return as_text(drafted(kind, about).letters).decode()


def test_each_lender_gets_a_letter_with_its_own_share() -> None:
    letters = drafted("negotiation-letter", matter(LOAN, BANK_LOAN)).letters
    texts = [as_text([each]).decode() for each in letters]
    assert [each.creditor for each in letters] == ["某某贷", "江城银行"]
    assert "每月还 1,077.47 元，共 22 期，最后一期 323.63 元" in texts[0]
    assert "每月还 422.53 元，共 22 期，最后一期 126.87 元" in texts[1]
    assert "江城银行" not in texts[0]
    assert "某某贷" not in texts[1]


def test_the_shares_told_to_the_lenders_add_up_to_what_can_be_paid() -> None:
    text = said("negotiation-letter", matter(LOAN, BANK_LOAN))
    shares = re.findall(r"每月还 ([\d.,]+) 元", text)
    assert sum(Decimal(each.replace(",", "")) for each in shares) == Decimal(1500)


def test_an_offer_by_one_lender_leaves_the_letters_to_the_others_alone() -> None:
    letters = drafted("negotiation-letter", matter(LOAN, BANK_LOAN, offer=OFFER)).letters
    assert [each.creditor for each in letters] == ["某某贷", "江城银行"]


def test_a_claim_is_broken_down_only_where_its_parts_are_known() -> None:
    assert "其中本金 21,000 元，利息 1,350.50 元，违约金和其他费用 600 元" in said(
        "negotiation-letter", matter(LOAN)
    )
    assert "其中本金" not in said("negotiation-letter", matter(BANK_LOAN))


def test_cards_and_loans_go_separate_ways() -> None:
    about = matter()
    loans = drafted("negotiation-letter", about)
    cards = drafted("instalment-application", about)
    assert [each.creditor for each in loans.letters] == ["某某贷", "江城银行"]
    assert [each.creditor for each in cards.letters] == ["江城银行信用卡"]
    assert loans.notes == ("江城银行信用卡是信用卡，请用“信用卡个性化分期还款申请书”。",)
    assert cards.notes == ("某某贷、江城银行不是信用卡，请用“协商还款申请”。",)


def test_no_letter_claims_the_card_rule_for_a_loan() -> None:
    made = drafted("instalment-application", matter(LOAN))
    assert made.letters == ()
    assert "第70条" not in said("negotiation-letter", matter(LOAN))


def test_a_card_letter_keeps_within_sixty_instalments() -> None:
    text = said("instalment-application", matter(CARD, of=budget(4500, 4100, 100)))
    assert "分 60 期共还 18,000 元" in text
    assert "其余 20,000 元，请考虑减免" in text


def test_a_card_letter_within_sixty_states_the_exact_last_instalment() -> None:
    text = said("instalment-application", matter(CARD))
    assert "每月还 1,500 元，共 26 期，最后一期 500 元" in text


@pytest.mark.parametrize("kind", ["negotiation-letter", "instalment-application", "phone-script"])
def test_who_can_pay_nothing_asks_to_wait_instead_of_promising(kind: str) -> None:
    debt = CARD if kind == "instalment-application" else LOAN
    text = said(kind, matter(debt, of=budget(3000, 3200)))
    assert "延期 6 个月" in text
    assert "每月还" not in text.replace("每月还款额", "")


def test_what_was_not_given_stays_a_visible_blank() -> None:
    text = said("negotiation-letter", matter(LOAN))
    assert f"本人{BLANK}，" in text
    assert f"困难的原因：{BLANK}。" in text
    assert f"联系电话：{BLANK}" in text


def test_nothing_personal_is_in_a_letter_unless_it_was_given() -> None:
    for kind in TEMPLATES:
        text = said(kind, matter(LOAN, CARD, offer=OFFER))
        assert "139" not in text
        assert "贾" not in text


def test_the_borrowers_own_words_are_kept_as_they_are() -> None:
    odd = Particulars(name="{claim}", reason="<b>停产</b> & {monthly}。")
    text = said("negotiation-letter", matter(LOAN, particulars=odd))
    assert "本人{claim}，" in text
    assert "<b>停产</b> & {monthly}。我愿意还款" in text


def test_banks_companies_and_people_are_addressed_as_such() -> None:
    friend = Debt("老周", Decimal(5000), lender_type="private")
    about = matter(LOAN, BANK_LOAN, friend)
    texts = [as_text([each]).decode() for each in drafted("negotiation-letter", about).letters]
    assert ["贵公司" in texts[0], "贵行" in texts[1], "在您的借款" in texts[2]] == [True] * 3


def test_a_card_letter_goes_to_the_card_centre() -> None:
    assert only("instalment-application", matter(CARD)).addressee == "江城银行信用卡中心："


def test_dates_are_written_the_chinese_way() -> None:
    text = said("clearance-certificate", matter(LOAN, particulars=FULL))
    assert "已于2026年11月10日付清" in text
    assert text.rstrip().splitlines()[-3] == "2026年11月23日"


# ---- offers -------------------------------------------------------------------------------------


def test_an_offer_beyond_this_lenders_share_is_declined_for_the_others_sake() -> None:
    text = said("counter-offer-reply", matter(LOAN, BANK_LOAN, offer=OFFER))
    assert "真实年化利率约 13.27%" in text
    assert "要分给 2 家" in text
    assert "我愿意按下面的条件接受" not in text


def test_an_offer_that_fits_is_accepted_on_conditions() -> None:
    text = said("counter-offer-reply", matter(LOAN, offer=OFFER))
    assert "每月要还约 1,093.97 元，合计 26,255.37 元，比欠款多 3,304.87 元" in text
    assert "我愿意按下面的条件接受" in text
    assert "我提出的方案" not in text


def test_an_offer_beyond_all_means_is_declined() -> None:
    text = said("counter-offer-reply", matter(LOAN, of=budget(5000, 4100), offer=OFFER))
    assert "超出我的能力" in text
    assert "我提出的方案：每月还贵公司 700 元" in text


def test_a_lump_sum_is_neither_accepted_nor_declined_while_savings_are_unknown() -> None:
    text = said("counter-offer-reply", matter(LOAN, offer=LUMP))
    assert "减免 6,885.15 元，一次还 16,065.35 元结清" in text
    assert "方案要求 5 天内付清" in text
    assert "如果不能一次付清" in text
    assert "我手上的钱不够" not in text


def test_a_sum_asked_for_today_is_said_to_be_due_the_same_day() -> None:
    about = matter(LOAN, offer=replace(LUMP, within_days=0))
    assert "方案要求当天付清" in said("counter-offer-reply", about)


def test_a_lump_sum_beyond_the_savings_is_not_borrowed_for() -> None:
    text = said("counter-offer-reply", matter(LOAN, offer=LUMP, savings=Decimal(2000)))
    assert "我手上的钱不够一次付清，也不想借新还旧" in text


def test_an_offer_by_nobody_in_particular_asks_whose_it_is() -> None:
    nobodys = Offer(OfferKind.INSTALMENTS, Decimal(20000), 12)
    made = drafted("counter-offer-reply", matter(LOAN, BANK_LOAN, offer=nobodys))
    assert (made.letters, made.missing) == ((), ("offer_creditor",))


# ---- what is missing ----------------------------------------------------------------------------


def test_a_plan_letter_without_a_budget_says_what_is_missing() -> None:
    about = matter(LOAN)
    without = replace(about, case=replace(about.case, budget=type(about.case.budget)()))
    assert drafted("negotiation-letter", without).missing == ("budget",)


def test_letters_that_need_no_figures_can_be_written_from_nothing() -> None:
    about = matter(LOAN)
    empty = replace(about, case=replace(about.case, debts=(), budget=type(about.case.budget)()))
    for kind in ("stop-third-party-contact", "clearance-certificate", "documents-request"):
        assert only(kind, empty).addressee == f"{BLANK}："


def test_an_extension_is_asked_for_before_the_day_only() -> None:
    made = drafted("extension-application", matter(LOAN, BANK_LOAN))
    assert [each.creditor for each in made.letters] == ["江城银行"]
    assert made.notes == ("某某贷已经逾期，展期要在到期以前申请。",)


def test_one_creditor_can_be_picked_and_keeps_its_share_of_the_whole() -> None:
    letter = only("negotiation-letter", matter(LOAN, BANK_LOAN, creditor="江城银行"))
    assert "每月还 422.53 元" in as_text([letter]).decode()


def test_many_debts_are_summed_up_in_the_statement() -> None:
    debts = [Debt(f"第{n}家", Decimal(1000 + n)) for n in range(30)]
    text = said("hardship-statement", matter(*debts))
    assert "其余 23 笔　23,414" in text
    assert "合计　30,435" in text


@given(
    income=st.integers(0, 20000),
    essentials=st.integers(0, 20000),
    principals=st.lists(st.integers(1, 10**7), min_size=1, max_size=6),
    overdue=st.sampled_from([None, 0, 45]),
    kind=st.sampled_from(sorted(TEMPLATES)),
)
def test_no_letter_ever_shows_a_raw_blank_or_a_negative_sum(
    income: int, essentials: int, principals: list[int], overdue: int | None, kind: str
) -> None:
    debts = [
        Debt(f"某{n}贷", Decimal(each), overdue_days=overdue) for n, each in enumerate(principals)
    ]
    offer = Offer(OfferKind.INSTALMENTS, Decimal(principals[0]), 12, creditor="某0贷")
    text = said(kind, matter(*debts, of=budget(income, essentials), offer=offer))
    assert "{" not in text
    assert "None" not in text
    assert " -" not in text
