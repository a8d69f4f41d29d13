from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.debt.budget import IncomeKind, Need
from bot.debt.case import Debt
from bot.dialogue.creditor_names import CreditorNames
from bot.dialogue.intake import Intake, intake
from bot.dialogue.intake_debts import UNNAMED
from bot.knowledge.registry import Creditor
from bot.knowledge.vocabulary import LenderType, Verification

TODAY = date(2026, 11, 23)


def creditor(name: str, lender_type: LenderType, *aliases: str) -> Creditor:
    return Creditor(
        id=name,
        name=name,
        aliases=aliases,
        lender_type=lender_type,
        how_to_find="看合同",
        regulator_channel="nfra-12378",
        verified=Verification.MEMORY,
    )


NAMES = CreditorNames(
    [
        creditor("分期乐", LenderType.PLATFORM, "乐花", "分其乐"),
        creditor("微粒贷", LenderType.BANK, "微众"),
        creditor("花呗", LenderType.CONSUMER_FINANCE),
        creditor("借呗", LenderType.CONSUMER_FINANCE),
        creditor("360借条", LenderType.PLATFORM, "360"),
        creditor("招商银行信用卡", LenderType.CREDIT_CARD, "招行", "招商银行"),
        creditor("建设银行信用卡", LenderType.CREDIT_CARD, "建行"),
        creditor("房贷", LenderType.BANK),
    ]
)


def told(text: str) -> Intake:
    return intake(text, TODAY, NAMES)


def owed(text: str) -> list[tuple[str, int]]:
    return [(debt.creditor, int(debt.claim)) for debt in told(text).debts]


def only_debt(text: str) -> Debt:
    (debt,) = told(text).debts
    return debt


def test_the_known_message() -> None:
    read = told("月入6500，房租1800，吃饭1500，留300应急，分期乐欠3万2逾期两个月，微粒贷1.5万")
    assert (read.budget.income, read.budget.essentials, read.budget.buffer) == (6500, 3300, 300)
    assert [each.need for each in read.budget.spending] == [Need.HOUSING, Need.FOOD]
    first, second = read.debts
    assert (first.creditor, first.claim, first.overdue_days) == ("分期乐", 32000, 60)
    assert (second.creditor, second.claim, second.overdue_days) == ("微粒贷", 15000, None)
    assert (first.lender_type, second.lender_type) == ("platform", "bank")
    assert (read.missing, read.questions) == ((), ())
    assert "没写的没有算" in " ".join(read.assumptions)
    assert read.case() is not None


@pytest.mark.parametrize(
    "text",
    [
        "月入6500，房租吃饭4700，留300应急，分期乐欠32600，微粒贷15400",
        "月入6500房租吃饭4700留300应急分期乐欠32600微粒贷15400",
        "分期乐32600 微粒贷15400 收入6500 开支4700 备用300",
        "工资六千五，必要开支四千七，预留三百，欠分期乐三万二千六，微粒贷一万五千四",
        "收入6.5k；支出4.7k；应急金300元；分期乐3.26万；微粒贷1.54w",
        "月收入６５００元，每月开销４７００元，应急３００元，分期樂欠３２６００元，微粒貸欠１５４００元",
        "32600的分期乐，15400的微粒贷，收入6500，4700的开支，留300",
        "月入6500，生活开支4700（房租2000，吃饭1500，其他1200），备用金300，分期乐32600，微粒贷15400",
        "我每月工资6500元。固定支出4700元。想留300元应急！分期乐还欠32600元、微粒贷还欠15400元",
        "分期乐32600块钱微粒贷15400块钱我每个月6500块钱工资吃住4700块钱想留300块应急",
        "年收入7.8万，每月开支4700，应急300，分期乐本金3万利息2600，微粒贷15400",
        "收入六千五，花四千七，留三百，欠分期乐三万二千六，欠微粒贷一万五千四",
        "到手6500 固定花4700 剩下的留300 分期乐32600+微粒贷15400",
        "欠款32600（分期乐）15400（微粒贷），收入6500开支4700应急300",
        "income 6500, essentials 4700, buffer 300, 分期乐 32600, 微粒贷 15400",
        "工资4500，老婆工资2000，开支4700，缓冲300，分期乐32600，微粒贷15400",
    ],
)
def test_the_same_case_in_many_voices(text: str) -> None:
    case = told(text).case()
    assert case is not None
    assert (case.budget.income, case.budget.essentials, case.budget.buffer) == (6500, 4700, 300)
    assert [(debt.creditor, debt.claim) for debt in case.debts] == [
        ("分期乐", 32600),
        ("微粒贷", 15400),
    ]


@pytest.mark.parametrize(
    ("text", "income"),
    [
        ("一个月挣六千", 6000),
        ("月薪8千", 8000),
        ("工资七千五", 7500),
        ("年薪12万", 10000),
        ("月工资4500元扣除社保后到手4100", 4100),
        ("退休金3200", 3200),
        ("跑外卖一个月4000，兼职800", 4800),
        ("每个月到手5300", 5300),
        ("失业了没有收入", 0),
        ("我没工作了，老公一个月挣6000", 6000),
        ("月收入4000到5000", 4000),
        ("收入不稳定，大概三千到四千", 3000),
    ],
)
def test_incomes_as_people_tell_them(text: str, income: int) -> None:
    assert told(text + "，开支2000，花呗欠1万").budget.income == income


def test_the_household_s_income_is_told_apart() -> None:
    incomes = told("工资4500，老婆工资3000，跑外卖800").budget.incomes
    assert [each.kind for each in incomes] == [
        IncomeKind.WAGE,
        IncomeKind.HOUSEHOLD,
        IncomeKind.IRREGULAR,
    ]


@pytest.mark.parametrize(
    ("text", "essentials"),
    [
        ("房租1300 伙食900 水电150 话费50 交通200", 2600),
        ("每天交通10元，吃饭1000", 1300),
        ("保险一年3600，房租1000", 1300),
        ("房贷月供2500，吃喝1500", 4000),
        ("房贷3200，孩子上学800", 4000),
        ("给父母500，看病300，房租700左右", 1500),
        ("必要开支5000，房租2000", 5000),
        ("吃穿用度要3500", 3500),
        ("房租900，其余开销1800", 2700),
        ("房租1500，日常开销2000", 3500),
        ("日常开销2000", 2000),
        ("养娃3000，房租1000", 4000),
        ("生活费1500房租1000孩子600", 3100),
        ("车贷1200，生活2000", 3200),
    ],
)
def test_essentials_as_people_tell_them(text: str, essentials: int) -> None:
    assert told("工资6000，" + text + "，花呗欠1万").budget.essentials == essentials


@pytest.mark.parametrize(
    ("text", "debts"),
    [
        ("花呗欠1.2w，360借条8k，借呗3万5", [("花呗", 12000), ("360借条", 8000), ("借呗", 35000)]),
        ("三张信用卡一共欠10万", [("信用卡", 100000)]),
        ("欠招行信用卡三万五", [("招行信用卡", 35000)]),
        ("招行消费贷3万", [("招行消费贷", 30000)]),
        ("小赢卡贷欠2万3，还欠朋友5000", [("小赢卡贷", 23000), ("朋友", 5000)]),
        ("洋葱罐欠8000", [("洋葱罐", 8000)]),
        ("欠分期乐3万2，洋葱罐5000", [("分期乐", 32000), ("洋葱罐", 5000)]),
        ("欠某某银行5万", [("某某银行", 50000)]),
        ("中原消费金融欠1万8", [("中原消费金融", 18000)]),
        ("我欠了20万网贷", [("网贷", 200000)]),
        ("欠5万", [(UNNAMED.name, 50000)]),
        ("两家网贷：分期乐2w1 花呗9k", [("分期乐", 21000), ("花呗", 9000)]),
        ("信用卡2张：招行2万8，建行1万5", [("招行", 28000), ("建行", 15000)]),
        ("花呗和信用卡一共欠5万", [("花呗、信用卡", 50000)]),
        ("微粒贷1.5万 利息2分", [("微粒贷", 15000)]),
        ("分期乐和微粒贷各欠1万", [("分期乐", 10000), ("微粒贷", 10000)]),
        ("分期乐，3万2，逾期两个月", [("分期乐", 32000)]),
        ("分其乐欠3万", [("分期乐", 30000)]),
        ("分期乐借了5万还了2万还剩3万3", [("分期乐", 33000)]),
        ("分期乐额度5万欠3万", [("分期乐", 30000)]),
        ("总共欠8万", [("全部欠款", 80000)]),
        ("欠父母2万", [("父母", 20000)]),
    ],
)
def test_debts_as_people_tell_them(text: str, debts: list[tuple[str, int]]) -> None:
    assert owed("工资6000，开支3000，" + text) == debts


def test_a_claim_is_taken_apart_where_its_parts_are_told() -> None:
    debt = only_debt("分期乐本金30000，利息2600，违约金400，还剩18期")
    assert (debt.principal, debt.interest, debt.fees) == (30000, 2600, 400)
    assert debt.remaining_instalments == 18


def test_interest_within_the_sum_is_not_added_again() -> None:
    debt = only_debt("分期乐欠32600，其中利息2600")
    assert (debt.principal, debt.interest, debt.claim) == (30000, 2600, 32600)


def test_the_overdue_part_is_not_a_second_debt() -> None:
    assert owed("分期乐欠32000，逾期5000") == [("分期乐", 32000)]


def test_a_mortgage_is_kept_out_of_the_sharing() -> None:
    read = told("欠了建行房贷50万，月供3200，工资9000，生活费2500，花呗3万")
    assert [debt.creditor for debt in read.debts] == ["花呗"]
    assert read.budget.essentials == 5700
    assert any("先留出来" in words for words in read.assumptions)


def test_rates_go_to_the_debt_they_stand_by_and_to_the_plan() -> None:
    read = told("360借条欠12000 年化24% 借呗欠2w 年化18%，希望按年化12%分期")
    assert [str(debt.apr) for debt in read.debts] == ["0.24", "0.18"]
    assert read.plan_apr == Decimal("0.12")


@pytest.mark.parametrize(
    "text",
    [
        "分期乐3万，花呗1万，希望按年化18%",
        "分期乐3万，花呗1万，按年化18%算",
        "分期乐3万，花呗1万按年化18%算",
        "分期乐3万，花呗1万，想协商到年化18%",
        "年化18%，分期乐3万，花呗1万",
    ],
)
def test_the_rate_wished_for_is_the_plan_s(text: str) -> None:
    read = told(text)
    assert read.plan_apr == Decimal("0.18")
    assert [debt.apr for debt in read.debts] == [None, None]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("分期乐欠3万逾期47天", [47]),
        ("分期乐欠3万，逾期两个多月", [60]),
        ("分期乐欠3万M3了", [61]),
        ("分期乐3万，花呗1万，都逾期半年了", [180, 180]),
        ("逾期3个月了，分期乐3万，花呗1万", [90, 90]),
        ("分期乐3万（逾期60天），花呗1万（未逾期）", [60, None]),
        ("分期乐逾期两个月微粒贷1.5万，分期乐3万", [60, None]),
    ],
)
def test_arrears_in_days(text: str, days: list[int | None]) -> None:
    assert [debt.overdue_days for debt in told(text).debts] == days


def test_a_figure_without_a_word_shifts_no_other() -> None:
    read = told("收入6500 8888 留300 分期乐32600 微粒贷15400")
    assert (read.budget.income, read.budget.buffer) == (6500, 300)
    assert [debt.claim for debt in read.debts] == [32600, 15400]
    assert any("8888 是什么钱" in words for words in read.questions)


def test_arrears_that_may_be_one_debt_s_or_all_are_asked_about() -> None:
    read = told("欠招行信用卡三万五，花呗两千八，逾期3个月了")
    assert any("只有花呗" in words for words in read.questions)


@pytest.mark.parametrize("said", ["每月最多能还1500", "每月可支配1500元", "每月能拿出1500用来还款"])
def test_what_one_can_pay_is_enough(said: str) -> None:
    read = told(said + "，分期乐3万2，微粒贷1万5")
    assert read.budget.pledge == 1500
    assert read.missing == ()


@pytest.mark.parametrize(
    ("text", "people"), [("两个孩子一个老人", 3), ("养个娃", 1), ("没孩子", 0)]
)
def test_who_must_be_kept(text: str, people: int) -> None:
    assert told(text).budget.dependants == people


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("分期乐欠3万", ("income", "essential")),
        ("工资5000，分期乐欠3万", ("essential",)),
        ("工资5000，开支3000", ("debts",)),
        ("", ("income", "essential", "debts")),
        ("催收天天打电话怎么办", ("income", "essential", "debts")),
    ],
)
def test_what_is_missing_is_asked_and_never_guessed(text: str, missing: tuple[str, ...]) -> None:
    read = told(text)
    assert read.missing == missing
    assert read.case() is None
    assert len(read.questions) >= len(missing)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("分期乐欠3.5", "3.5 元还是 3.5 万元"),
        ("收入-6500", "不能是负数"),
        ("分期乐欠1e12", "太大"),
        ("分期乐欠3万，利率9999%", "不合常理"),
        ("分期乐欠3万，利息2分", "每月的利率吗"),
        ("分期乐欠3万多", "具体是多少"),
        ("分期乐和微粒贷一共欠5万", "各欠多少"),
        ("分期乐3万，花呗1万，总共欠5万", "差的是哪一家"),
        ("分期乐借了5万还了2万", "账单上还欠多少"),
        ("分期乐逾期3万", "一共欠多少"),
        ("花呗不知道多少", "花呗还欠多少"),
        ("欠款总额48000", "哪几家"),
        ("欠5万", "是欠哪一家的"),
        ("房租1500，生活开支2500", "生活开支包括房租吗"),
        ("花呗1万，洋葱罐5000", "“洋葱罐”是欠款的机构吗"),
        ("日薪200，花呗欠1万", "一个月大约能拿到多少"),
        ("总开支2000，房租1500，吃饭1000", "哪个对"),
        ("欠我自己也说不清的一共欠9万", "分别欠哪几家"),
        ("建行信用卡欠4万2，本金3万8利息4200", "对不上"),
    ],
)
def test_what_can_be_read_in_two_ways_is_asked(text: str, asked: str) -> None:
    assert any(asked in words for words in told(text).questions)


def test_a_guarantor_is_noticed() -> None:
    assert only_debt("某某银行欠5万，有人担保").guaranteed


def test_the_longest_plan_wished_for() -> None:
    assert told("信用卡欠5万，想分36期").max_instalments == 36


def test_without_a_registry_names_are_still_read() -> None:
    read = intake("工资5000，开支3000，拍拍贷1万，某某信用卡2万", TODAY)
    assert [(debt.creditor, debt.lender_type) for debt in read.debts] == [
        ("拍拍贷", "any"),
        ("某某信用卡", "credit_card"),
    ]


def test_what_was_read_can_be_shown_back() -> None:
    read = told("月入6500，房租1800，留300应急，分期乐欠3万2").read
    assert read == (
        "收入（月入）：每月 6,500 元",
        "房租：每月 1,800 元",
        "应急：300 元",
        "分期乐：欠 32,000 元",
    )


SAYINGS = [
    "月入", "6500", "房租", "1800", "欠", "分期乐", "3万2", "逾期", "两个月", "，",
    "。", "年化24%", "月息2分", "%", "分", "期", "M3", "12月", "号", "两", "千",
    "元", "半", "多", "-", "到", "~", "0.5", "1e9", "（", "）", "：", "本金",
    "利息", "都", "和", "各", "一共", "其中", "每天", "一年", "没有收入", "两个孩子",
    "应急", "留", "能还", "房贷", "360", "信用卡", "借了", "还了", "剩",
]  # fmt: skip


@given(st.lists(st.sampled_from(SAYINGS), max_size=14))
def test_no_jumble_of_words_breaks_the_reading(said: list[str]) -> None:
    read = told("".join(said))
    assert all(debt.claim >= 0 for debt in read.debts)
    assert (read.case() is None) == bool(read.missing)
