"""The plan interview: one question at a time, everything shown back, nothing guessed or lost."""

from decimal import Decimal

import pytest

from bot.dialogue.interview import (
    CHECK,
    DONE,
    LONGEST_ANSWER,
    begin,
    dump,
    load,
    resume,
    step,
)
from bot.dialogue.interviews.result import CHART, LETTERS
from bot.dialogue.interviews.told import Told
from bot.drafting.template import read_templates
from bot.settings import ROOT
from tests.dialogue.interviewing import CHECKING, OWING, READER, STEPWISE, after

FREE = "月入5800，房租吃饭4100，留200应急，分期乐欠2万6逾期40天，招商银行信用卡1万3"


def test_asks_one_thing_after_the_other() -> None:
    places = [after(*CHECKING[:n]).state.at for n in range(len(CHECKING) + 1)]
    assert places == [
        "start", "income", "essentials", "buffer", "dependants", "debts", "more_debts", "overdue",
        "reason", CHECK,
    ]  # fmt: skip


def test_shows_everything_back_before_it_computes() -> None:
    turn = after(*CHECKING)
    for line in ("收入：5,800 元", "必要开支：4,100 元", "应急：200 元", "供养人数：0 人",
                 "花呗 8,000 元", "花呗 没有逾期", "店里生意不好", "每月能还：1,500 元"):  # fmt: skip
        assert line in turn.prompt
    assert turn.buttons == ("对", "改一下")
    assert turn.case is None


def test_ends_with_the_case_the_figures_and_letters_to_choose_from() -> None:
    turn = after(*CHECKING, "对")
    assert turn.state.at == DONE
    assert turn.case is not None
    assert "每月能还 1,500 元，共欠 8,000 元" in turn.prompt
    assert "6 个月还清" in turn.prompt
    assert {"写协商信", "看图表", "写困难说明"} <= set(turn.buttons)
    assert "写信用卡分期申请" not in turn.buttons


def test_reads_a_whole_story_at_once_and_says_back_what_it_heard() -> None:
    turn = after(FREE)
    assert "收入 5,800 元；必要开支 4,100 元；应急 200 元" in turn.prompt
    assert "欠款 分期乐 26,000 元，招商银行信用卡 13,000 元" in turn.prompt
    assert turn.state.at == "dependants"  # only what is still open is asked


def test_a_first_message_can_already_tell_the_story() -> None:
    assert begin(READER, FREE).state.told == after(FREE).state.told
    assert begin(READER, "想协商还款").state.at == "start"


def test_a_card_and_a_loan_get_an_offer_of_a_letter_each() -> None:
    turn = after(FREE, "跳过", "没有了", "跳过", "跳过", "对")
    assert {"写协商信", "写信用卡分期申请"} <= set(turn.buttons)


@pytest.mark.parametrize(
    ("said", "income"),
    [("5800", 5800), ("五千八", 5800), ("5.8k", 5800), ("到手5800左右", 5800), ("没有", 0),
     ("失业了", 0), ("每月大概１２０００", 12000)],
)  # fmt: skip
def test_reads_an_income_as_people_write_it(said: str, income: int) -> None:
    assert after("一步一步来", said).state.told.budget.income == income


@pytest.mark.parametrize("said", ["1.5", "-5000", "嗯", "9999999999999"])
def test_asks_again_where_an_answer_can_be_read_in_two_ways_or_not_at_all(said: str) -> None:
    turn = after("一步一步来", said)
    assert (turn.state.at, turn.state.told) == ("income", Told())
    assert len(turn.prompt.splitlines()) > 1


def test_single_costs_lead_to_the_question_what_else_there_is() -> None:
    turn = after("一步一步来", "5800", "房租1800")
    assert turn.state.at == "essentials" or turn.state.at == "more_essentials"
    more = after("一步一步来", "5800", "房租1800", "吃饭1500", "600", "200")
    assert more.state.told.budget.essentials == 4100
    assert after("一步一步来", "5800", "房租1800", "没有了").state.at == "buffer"


def test_a_sum_told_later_stands_for_all_costs() -> None:
    turn = after("一步一步来", "5800", "房租1800", "返回", "4100")
    assert turn.state.told.budget.essentials == 4100


def test_nothing_essential_is_not_an_answer() -> None:
    assert after("一步一步来", "5800", "没有").state.told.budget.essentials is None


@pytest.mark.parametrize(
    ("said", "people"),
    [
        ("没有", 0),
        ("2个", 2),
        ("两个老人", 2),
        ("3", 3),
        ("老婆和两个孩子", 3),
        ("父母", 2),
        ("儿子", 1),
    ],
)
def test_counts_who_lives_on_it(said: str, people: int) -> None:
    told = after(*STEPWISE[:-1], said).state.told
    assert (told.budget.dependants, told.dependants_told) == (people, True)


def test_a_lender_named_alone_waits_for_its_sum() -> None:
    turn = after(*STEPWISE, "分期乐", "3万2")
    assert [(d.creditor, d.claim) for d in turn.state.told.debts] == [("分期乐", Decimal(32000))]


def test_lenders_can_be_told_one_by_one() -> None:
    turn = after(*STEPWISE, "花呗欠8000", "分期乐2万6", "招商银行信用卡1万3", "没有了")
    assert [d.creditor for d in turn.state.told.debts] == ["花呗", "分期乐", "招商银行信用卡"]
    assert turn.state.at == "overdue"


def test_overdue_times_go_to_the_lenders_named() -> None:
    turn = after(*STEPWISE, "花呗欠8000，分期乐2万6", "没有了", "分期乐两个月，花呗没逾期")
    assert {d.creditor: d.overdue_days for d in turn.state.told.debts} == {"花呗": 0, "分期乐": 60}


def test_a_time_without_a_name_goes_for_all_that_are_open() -> None:
    told = after(*STEPWISE, "花呗欠8000，分期乐2万6逾期10天", "没有了", "三个月").state.told
    assert {d.creditor: d.overdue_days for d in told.debts} == {"花呗": 90, "分期乐": 10}


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("信用卡逾期三个月，其他没逾期", (0, 0, 90)),
        ("都逾期一个月了", (30, 30, 30)),
        ("花呗40天，其余没有", (40, 0, 0)),
        ("大概两个月", (60, 60, 60)),
        ("招商银行90天，分期乐和花呗没逾期", (0, 0, 90)),
    ],
)
def test_overdue_times_are_told_of_cards_and_of_the_others(said: str, days: tuple[int]) -> None:
    owing = "花呗欠8000，分期乐2万6，招商银行信用卡1万3"
    told = after(*STEPWISE, owing, "没有了", said).state.told
    assert tuple(debt.overdue_days for debt in told.debts) == days


def test_a_time_of_a_lender_never_named_is_asked_about_and_given_to_nobody() -> None:
    turn = after(*STEPWISE, "花呗欠8000，分期乐2万6", "没有了", "那个平台逾期三个月")
    assert "说的是哪一家" in turn.prompt
    assert [debt.overdue_days for debt in turn.state.told.debts] == [None, None]


def test_a_cost_inside_one_figure_is_asked_about_and_not_added() -> None:
    turn = after(FREE, "跳过", "没有了", "跳过", "跳过", "房租涨到3000")
    assert turn.state.told.budget.essentials == 4100
    assert "必要开支现在一共多少" in turn.prompt
    assert step(turn.state, "开支改成4500", READER).state.told.budget.essentials == 4500


def test_costs_told_apart_replace_the_figure_that_held_them_together() -> None:
    turn = after("一步一步来", "5800", "房租吃饭4100", "返回", "房租2000，吃饭1500")
    assert turn.state.told.budget.essentials == 3500


# ---- skip, back, correct, summary, pause ----------------------------------------------------------


def test_back_asks_the_earlier_question_and_keeps_its_answer() -> None:
    turn = after("一步一步来", "5800", "4100", "返回", "上一步")
    assert turn.state.at == "income"
    assert "之前写的是：5,800 元" in turn.prompt
    assert turn.state.told.budget.essentials == 4100


def test_skip_after_back_keeps_what_was_written_and_goes_on_where_it_was_left() -> None:
    turn = after("一步一步来", "5800", "4100", "返回", "返回", "跳过")
    assert (turn.state.at, turn.state.told.budget.income) == ("buffer", 5800)


def test_back_at_the_beginning_says_so() -> None:
    assert "已经是第一个问题" in after("返回").prompt


def test_a_needed_answer_may_be_skipped_but_no_plan_comes_without_it() -> None:
    skipped = after("一步一步来", *["跳过"] * 7)
    assert skipped.state.at == CHECK
    assert "还差收入、必要开支、欠款" in skipped.prompt
    assert step(skipped.state, "对", READER).state.at == CHECK
    assert step(skipped.state, "改收入", READER).state.at == "income"


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        ("收入改成5200", "income", 5200),
        ("工资改为5200元", "income", 5200),
        ("开支其实是4300", "essentials", 4300),
        ("应急改到500", "buffer", 500),
    ],
)
def test_a_figure_is_corrected_in_one_message(said: str, field: str, value: int) -> None:
    turn = after(*CHECKING, said)
    assert getattr(turn.state.told.budget, field) == value
    assert turn.state.at == CHECK


def test_a_debt_is_corrected_by_its_lenders_name_and_keeps_what_else_is_known() -> None:
    turn = after(*CHECKING, "花呗改成9500")
    (debt,) = turn.state.told.debts
    assert (debt.claim, debt.overdue_days) == (9500, 0)


def test_a_correction_by_button_leads_back_to_looking_over() -> None:
    turn = after(*CHECKING, "改一下", "改应急", "500")
    assert (turn.state.at, turn.state.told.budget.buffer) == (CHECK, 500)
    assert after(*CHECKING, "改一下").buttons[:2] == ("改收入", "改必要开支")


def test_a_correction_works_in_the_middle_and_the_question_stays() -> None:
    turn = after(*STEPWISE, "收入改成6000")
    assert (turn.state.at, turn.state.told.budget.income) == ("debts", 6000)


def test_a_debt_can_be_taken_out_and_is_named() -> None:
    turn = after(*CHECKING, "分期乐欠2万6", "去掉花呗")
    assert [d.creditor for d in turn.state.told.debts] == ["分期乐"]
    assert "已去掉花呗 8,000 元" in turn.prompt


def test_a_summary_repeats_the_question() -> None:
    turn = after("一步一步来", "5800", "小结")
    assert "收入：5,800 元" in turn.prompt
    assert turn.state.at == "essentials"


def test_days_later_it_goes_on_where_it_was_left() -> None:
    paused = after(*STEPWISE, "先到这里")
    assert paused.state.paused
    later = resume(load(dump(paused.state)))
    assert (later.state.at, later.state.paused) == ("debts", False)
    assert "接着上次的" in later.prompt
    assert "收入：5,800 元" in later.prompt


def test_starting_over_asks_twice() -> None:
    assert after(*OWING, "重新开始").state.told == after(*OWING).state.told
    assert after(*OWING, "重新开始", "继续").state.told == after(*OWING).state.told
    assert after(*OWING, "重新开始", "重新开始").state.told == Told()


# ---- what is no answer -----------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["他们说明天上门怎么办", "能不能停息？", "会不会坐牢"])
@pytest.mark.parametrize("so_far", [(), STEPWISE, CHECKING, (*CHECKING, "对")])
def test_a_question_in_between_is_left_to_the_assistant(said: str, so_far: tuple[str, ...]) -> None:
    turn = after(*so_far, said)
    assert not turn.taken
    assert turn.state == after(*so_far).state


def test_a_reason_may_wonder() -> None:
    turn = after(*OWING, "没逾期", "公司裁员，家里都不知道怎么办，只能打零工")
    assert turn.state.told.reason == "公司裁员，家里都不知道怎么办，只能打零工"


def test_a_pasted_document_is_not_an_answer() -> None:
    turn = after("一步一步来", "收入" * LONGEST_ANSWER)
    assert turn.state.told == Told()
    assert "太长" in turn.prompt


def test_an_empty_message_repeats_the_question() -> None:
    assert after("一步一步来", "  ").state.at == "income"


# ---- offers ------------------------------------------------------------------------------------------


def test_a_letter_asked_for_is_named_for_whoever_makes_it() -> None:
    turn = after(*CHECKING, "对", "写协商信")
    assert (turn.wanted, turn.state.at) == ("negotiation-letter", DONE)
    assert after(*CHECKING, "对", "看图表").wanted == CHART


def test_every_offer_is_a_letter_with_the_same_words_on_its_button() -> None:
    templates = read_templates(ROOT / "knowledge_base" / "letters")
    assert {templates[kind].button: kind for kind in LETTERS.values()} == LETTERS


def test_a_letter_is_not_made_before_the_figures_were_looked_over() -> None:
    assert after(*CHECKING, "写协商信").wanted is None


def test_after_the_end_a_correction_opens_it_again() -> None:
    turn = after(*CHECKING, "对", "收入改成4500")
    assert (turn.state.at, turn.case) == (CHECK, None)
    assert "每月能还 200 元" in step(turn.state, "对", READER).prompt


def test_who_has_nothing_left_is_not_asked_to_pay() -> None:
    turn = after(
        "一步一步来", "没有", "2500", "不留", "跳过", "花呗8000", "没有了", "跳过", "跳过", "对"
    )
    assert "每月能还 0 元" in turn.prompt
    assert "临时救助" in turn.prompt
    assert "看图表" not in turn.buttons


def test_a_story_in_traditional_characters_is_read_too() -> None:
    told = after("月收入5800，房租吃飯4100，花唄欠8000").state.told
    assert (told.budget.income, told.budget.essentials) == (5800, 4100)


def test_commands_and_buttons_work_in_traditional_characters() -> None:
    assert after("一步一步來", "5800", "返回").state.at == "income"
    turn = after(*CHECKING, "收入改為5200", "對")
    assert (turn.state.at, turn.state.told.budget.income) == (DONE, 5200)
    assert after(*CHECKING, "對", "寫協商信").wanted == "negotiation-letter"


def test_a_reason_is_kept_in_the_script_it_was_written_in() -> None:
    assert after(*OWING, "沒逾期", "公司裁員，媽媽住院").state.told.reason == "公司裁員，媽媽住院"


@pytest.mark.parametrize("said", ["他们又打电话给我妈了", "法院的传票送来了", "催收上门了，还敲门"])
def test_what_happened_meanwhile_is_no_answer_about_money(said: str) -> None:
    before = after("一步一步来", "5800")
    turn = step(before.state, said, READER)
    assert not turn.taken
    assert turn.state == before.state


def test_why_it_became_hard_may_tell_what_happened() -> None:
    turn = after(*OWING, "没逾期", "老板被法院查封了，工资发不出来")
    assert turn.taken
    assert turn.state.told.reason == "老板被法院查封了，工资发不出来"
