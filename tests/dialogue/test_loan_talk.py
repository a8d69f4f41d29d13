"""Which messages want a loan's price by the year, and what they and the answers since come to."""

from decimal import Decimal

import pytest

from bot.dialogue.gathering import Gathered
from bot.dialogue.loan_talk import LENDERS, LoanTalk, asks_rate, is_explicit, loan_talk
from bot.dialogue.loan_terms import loan_terms
from tests.dialogue.interviewing import READER, TODAY

NAMES = READER.names


def talk(told: str, *answers: tuple[str, str]) -> LoanTalk:
    return loan_talk(Gathered(told, answers, added=True), TODAY, NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "到手9500，分12期每期1000，真实利率多少",
        "借1万7天还1万3",
        "借1万到手8500，7天还1万",
        "月息2分年化多少",
        "日息万五是多少年利率",
        "月费率0.75%分12期真实利率多少",
        "到手9500，分12期，真实利率多少",
        "一分五的利年化是多少",
        "分期乐借2万分24期每期还1100高不高",
        "銀行貸5萬分36期每期1800，實際年利率多少",
        "借5000到手4000，14天还5000算高吗",
    ],
)
def test_figures_that_want_their_price(text: str) -> None:
    assert asks_rate(text, TODAY, NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "年化24%合法吗",
        "月息2分受法律保护吗",
        "利息多少算高利贷",
        "网贷利率最高多少",
        "真实年化怎么算",
        "信用卡日息万五合法吗",
        "利率36%超了吗",
        "借1万7天还1万3怎么办",
        "七天借三千还八千 催得好凶",
        "欠3万2逾期两个月要还多少利息",
        "我借了朋友3万，他要我下个月还5万",
        "我要还1万，7天内还不上",
        "借一万到手八千五按多少还",
        "月入6500，分期乐欠3万2逾期两个月",
        "提前还款利息怎么算，借2万分24期每期还1100",
    ],
)
def test_other_questions_are_left_alone(text: str) -> None:
    assert not asks_rate(text, TODAY, NAMES)


@pytest.mark.parametrize(
    ("text", "apr"),
    [
        ("月息2分年化多少", "0.24"),
        ("日息万五是多少年利率", "0.1825"),
        ("一分五的利年化是多少", "0.18"),
        ("日利率0.05%折合年化多少", "0.1825"),
    ],
)
def test_a_bare_rate_is_read_without_its_question(text: str, apr: str) -> None:
    rate = talk(text).rate
    assert rate is not None
    assert rate.apr == Decimal(apr)


@pytest.mark.parametrize(
    ("told", "lacking"),
    [
        ("到手9500，分12期，真实利率多少", "instalment"),
        ("借1万，每期还900，真实年化多少", "months"),
    ],
)
def test_the_next_missing_fact_is_named(told: str, lacking: str) -> None:
    assert talk(told).lacking == lacking


def test_a_short_answer_completes_the_loan() -> None:
    told = talk("到手9500，分12期，真实利率多少", ("instalment", "1000"))
    assert told.terms is not None
    assert told.terms.payments == (Decimal(1000),) * 12


@pytest.mark.parametrize(
    ("lender", "kind"),
    list(
        zip(LENDERS, ("bank", "consumer_finance", "microloan", "platform", "private"), strict=True)
    ),
)
def test_every_lender_offered_is_known(lender: str, kind: str) -> None:
    first = talk("借1万7天还1万3", ("lender", lender))
    assert first.lender_type == kind
    assert asks_rate(first.words, TODAY, NAMES)
    assert talk(first.words).lender_type == kind


@pytest.mark.parametrize(
    "text", ["手续费每期0.6%分24期", "每期手续费0.6%分24期", "手续费每月0.6%分24期"]
)
def test_a_fee_is_one_wherever_its_period_stands(text: str) -> None:
    assert loan_terms(text, TODAY).fee_rate == Decimal("0.006")


def test_a_loan_told_is_not_yet_asked_about() -> None:
    assert not is_explicit("借1万7天还1万3")
    assert is_explicit("借1万7天还1万3，年化多少")
