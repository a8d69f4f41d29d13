"""Whatever is said in whatever order: nothing told is lost, and the state survives as JSON."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.interview import State, Turn, begin, dump, load, step
from bot.dialogue.interviews.told import Told
from tests.dialogue.interviewing import READER

HARMLESS = ("跳过", "返回", "小结", "先到这里", "继续", "改一下", "改收入", "改欠款", "对",
            "写协商信", "看图表", "能不能停息？", "嗯", "", "1.5", "重新开始")  # fmt: skip
TELLING = ("一步一步来", "5800", "房租1800", "吃饭1500", "4100", "不留", "两个老人", "没有了", "没逾期",
           "花呗欠8000", "分期乐2万6逾期40天", "招商银行信用卡1万3", "微粒贷", "三个月",
           "月入6200，开支4000，微粒贷欠9000", "收入改成5200", "花呗改成7000", "店里生意不好")  # fmt: skip
conversations = st.lists(st.sampled_from(HARMLESS + TELLING), max_size=25)


def play(said: list[str]) -> list[tuple[State, str, Turn]]:
    turn = begin(READER)
    played = []
    for each in said:
        before = turn.state
        turn = step(before, each, READER)
        played.append((before, each, turn))
    return played


@settings(max_examples=150, deadline=None)
@given(conversations)
def test_the_state_survives_as_json_at_every_step(said: list[str]) -> None:
    for _, _, turn in play(said):
        assert load(dump(turn.state)) == turn.state


@settings(max_examples=150, deadline=None)
@given(conversations)
def test_skip_back_summary_and_questions_leave_what_was_told_alone(said: list[str]) -> None:
    for before, each, turn in play(said):
        commands = set(HARMLESS) - {"重新开始", "嗯", "1.5"}
        if each in commands:
            assert turn.state.told == before.told, each


@settings(max_examples=150, deadline=None)
@given(conversations)
def test_a_fact_once_told_is_never_unknown_again(said: list[str]) -> None:
    for before, each, turn in play(said):
        if each == "重新开始" and before.clearing:
            assert turn.state.told == Told()
            continue
        assert known(before.told) <= known(turn.state.told), each


def known(told: Told) -> set[str]:
    budget = told.budget
    facts = {
        "income": budget.income,
        "essentials": budget.essentials,
        "buffer": budget.buffer,
        "dependants": told.dependants_told or None,
        "reason": told.reason,
        **{f"owed to {debt.creditor}": debt.claim for debt in told.debts},
        **{f"late at {debt.creditor}": debt.overdue_days for debt in told.debts},
    }
    return {name for name, value in facts.items() if value is not None}


@settings(max_examples=150, deadline=None)
@given(conversations)
def test_there_is_always_something_to_say(said: list[str]) -> None:
    for _, _, turn in play(said):
        assert turn.prompt.strip()
        assert "None" not in turn.prompt
        assert len(turn.buttons) == len(set(turn.buttons))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80), st.sampled_from(TELLING))
def test_no_message_breaks_it(noise: str, telling: str) -> None:
    turn = step(begin(READER).state, telling, READER)
    after = step(turn.state, noise, READER)
    assert load(dump(after.state)) == after.state
