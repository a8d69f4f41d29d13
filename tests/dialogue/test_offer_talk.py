"""Which messages tell a lender's offer, and what they and the answers since come to."""

from decimal import Decimal

import pytest

from bot.debt.case import Debt
from bot.debt.offer import OfferKind
from bot.dialogue.gathering import Gathered
from bot.dialogue.offer_talk import (
    CAPACITY,
    CREDITOR,
    LUMP_SUM,
    PRICE,
    PRINCIPAL,
    OfferTalk,
    fits,
    offer_talk,
    tells_offer,
)
from tests.dialogue.interviewing import READER, TODAY

NAMES = READER.names


def talk(told: str, *answers: tuple[str, str], debts: tuple[Debt, ...] = ()) -> OfferTalk:
    return offer_talk(Gathered(told, answers, added=True), TODAY, NAMES, debts)


@pytest.mark.parametrize(
    "text",
    [
        "银行让我分24期每期手续费0.6%",
        "平台说减免三成但要本周一次还清",
        "银行说 2 万分 18 期，每期手续费 0.7%，划算吗",
        "平台让我首付30%剩下分12期每期1200",
        "招商银行欠3万，同意分60期每期600",
        "銀行說2萬分18期，每期手續費0.7%，划算嗎",
        "分期乐说打7折一次结清",
        "花呗客服让我一次还1万4结清，欠2万",
        "欠2万，客服同意停息分36期，我每月能还800",
        "银行同意给我分36期，划算吗",
        "他们说免5000，让我月底前结清",
        "分24期每期手续费0.6%能答应吗",
    ],
)
def test_an_offer_in_figures_is_one(text: str) -> None:
    assert tells_offer(text, TODAY, NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "银行说可以减免，划算吗",
        "银行说最多分60期是真的吗",
        "协商分期60期银行不同意怎么办",
        "我想让银行给我分60期",
        "能不能让分期乐给我免息分36期",
        "一次结清能减免多少",
        "平台让我分12期每期手续费2%合法吗",
        "银行说逾期90天就起诉我",
        "催收让我今天还5000",
        "分36期和60期哪个划算",
        "分期手续费0.6%是多少年利率",
        "月入6500，房租1800，分期乐欠3万2逾期两个月，微粒贷1.5万",
        "有公司说能帮我打五折结清，要先付定金",
        "资产公司说给我打三折结清",
        "债务优化公司说能减免70%",
        "中介说可以帮我减免六成",
        "网贷可以停息挂账60期吗？好多视频都说可以",
        "信用卡能分60期免息吗",
        "那笔早就还清了，资方又叫我一次付清3千8",
        "担保公司让我全额付1万2，是不是搞错人了",
    ],
)
def test_a_question_without_an_offer_is_none(text: str) -> None:
    assert not tells_offer(text, TODAY, NAMES)


@pytest.mark.parametrize(
    ("told", "lacking"),
    [
        ("银行让我分24期每期手续费0.6%", PRINCIPAL),
        ("银行同意给我分36期，欠2万，划算吗", PRICE),
        ("欠2万，平台说减免3万一次结清", LUMP_SUM),
    ],
)
def test_the_next_missing_fact_is_named(told: str, lacking: str) -> None:
    assert talk(told).lacking == lacking


@pytest.mark.parametrize(
    ("fact", "said", "fee", "instalment"),
    [
        (PRICE, "0.6%", "0.006", None),
        (PRICE, "每期手续费0.6%", "0.006", None),
        (PRICE, "900", "0", "900"),
        (PRICE, "每期还900元", "0", "900"),
        (PRICE, "免息", "0", None),
    ],
)
def test_a_short_answer_completes_the_offer(
    fact: str, said: str, fee: str, instalment: str | None
) -> None:
    offer = talk("银行同意给我分24期，欠2万，划算吗", (fact, said)).offer
    assert offer is not None
    assert offer.fee_rate == Decimal(fee)
    assert offer.instalment == (Decimal(instalment) if instalment else None)


@pytest.mark.parametrize("said", ["2万", "分期乐2万", "欠20000元", "两万"])
def test_the_sum_it_is_about_may_come_later(said: str) -> None:
    offer = talk("平台说减免三成但要本周一次还清", (PRINCIPAL, said)).offer
    assert offer is not None
    assert (offer.kind, offer.principal) == (OfferKind.LUMP_SUM, 20000)
    assert offer.discount == Decimal("0.3")


def test_a_debt_known_already_is_not_asked_for() -> None:
    debt = Debt("分期乐", Decimal(32600), lender_type="platform")
    offer = talk("分期乐说分36期，每期手续费0.9%", debts=(debt,)).offer
    assert offer is not None
    assert (offer.creditor, offer.principal) == ("分期乐", 32600)


@pytest.mark.parametrize(
    ("told", "first"),
    [
        ("银行说欠2万先还5000剩下分12期每期1300", 5000),
        ("花呗欠2万，首付30%，剩下分12期每期1200", 6000),
        ("平台让我首付1万，剩下的分10期每期1100，一共欠2万", 10000),
    ],
)
def test_a_first_payment_leaves_the_rest(told: str, first: int) -> None:
    told_now = talk(told)
    assert told_now.offer is not None
    assert (told_now.first, told_now.offer.principal) == (first, 20000 - first)


@pytest.mark.parametrize(
    ("said", "capacity"),
    [("1500", 1500), ("大概1500吧", 1500), ("月入6500，开支5000", 1500), ("没多少", None)],
)
def test_what_can_be_paid_is_read_from_the_answer(said: str, capacity: int | None) -> None:
    told = "银行说2万分18期，每期手续费0.7%"
    assert talk(told, (CAPACITY, said)).capacity == capacity


def test_what_can_be_paid_is_no_instalment_of_the_offer() -> None:
    told = talk("欠2万，花呗说分12期，每个月还1800，我每月最多能还1500")
    assert told.offer is not None
    assert (told.offer.instalment, told.capacity) == (1800, 1500)


def test_its_words_tell_all_of_it_again() -> None:
    first = talk("银行让我分24期每期手续费0.6%", (PRINCIPAL, "2万"), (CAPACITY, "1500"))
    again = talk(first.words)
    assert (again.offer, again.capacity) == (first.offer, first.capacity)


@pytest.mark.parametrize(
    ("fact", "said", "fitting"),
    [
        (CAPACITY, "1500", True),
        (CAPACITY, "帮我做一个还款方案", False),
        (PRINCIPAL, "分期乐", True),
        (PRINCIPAL, "2万", True),
        (PRINCIPAL, "他们又打电话了", False),
        (PRICE, "免息", True),
        (PRICE, "0.6%", True),
        (PRICE, "我不清楚", False),
        (LUMP_SUM, "减免三成", True),
        (LUMP_SUM, "没说", False),
        (CREDITOR, "某某小贷", True),
    ],
)
def test_only_words_that_can_be_an_answer_are_taken_for_one(
    fact: str, said: str, fitting: bool
) -> None:
    assert fits(fact, said, TODAY, NAMES) is fitting
