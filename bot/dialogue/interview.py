"""The plan interview as a pure state machine: a state and a message in, the next ones out.

One question at a time. Skip, back, correct, summary, pause and resume work at every step, and
none of them loses what was told. The state is a value that can be kept as JSON for days.
"""

import re
from dataclasses import dataclass, field, replace

from pydantic import TypeAdapter

from bot.chinese.normalise import normalise
from bot.debt.case import Case
from bot.debt.money import yuan
from bot.debt.plan import assess
from bot.dialogue.interviews.answers import NOTHING, Answer, Reader, message
from bot.dialogue.interviews.plan import (
    BY_ID,
    QUESTIONS,
    START,
    Question,
    lacking,
    open_question,
    settled,
    summary,
)
from bot.dialogue.interviews.result import CHART, LETTERS, TO_LOOK_AT, offers, result_lines
from bot.dialogue.interviews.told import Told, without_debt

CHECK, DONE = "check", "done"
LOOPS = ("more_debts", "more_essentials")  # asked until there is nothing more
LONGEST_ANSWER = 2000  # characters: longer is a pasted document, not an answer


@dataclass(frozen=True, slots=True)
class State:
    """Where an interview stands.

    ``passed`` are the questions skipped, ``trail`` those gone through (for going back),
    ``pending`` words that wait for their figure, ``mending`` says that a correction is under way.
    """

    at: str = START.id
    told: Told = field(default_factory=Told)
    passed: tuple[str, ...] = ()
    trail: tuple[str, ...] = ()
    pending: str = ""
    mending: bool = False
    paused: bool = False
    clearing: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """What an answer leads to.

    ``taken`` is False where the message was no answer but a question of its own: the state is as
    before, and the message should be answered first. ``wanted`` names a letter (or the chart) that
    the person asked for, ``case`` the finished case.
    """

    state: State
    prompt: str
    buttons: tuple[str, ...] = ()
    taken: bool = True
    wanted: str | None = None
    case: Case | None = None


_STATE: TypeAdapter[State] = TypeAdapter(State)


def dump(state: State) -> str:
    """A state as JSON."""
    return _STATE.dump_json(state).decode()


def load(raw: str) -> State:
    """The state that ``dump`` wrote."""
    return _STATE.validate_json(raw)


def begin(reader: Reader, text: str = "") -> Turn:
    """A new interview; a message that already tells something is read first."""
    state = State()
    if text:
        told = message(text, state.told, reader).told
        if told is not None:
            return step(state, text, reader)
    return _ask(state)


def resume(state: State) -> Turn:
    """Where it was left off, with what is known so far."""
    state = replace(state, paused=False, clearing=False)
    turn = _ask(state)
    if state.told == Told() or state.at in (CHECK, DONE):
        return turn
    return replace(turn, prompt=f"接着上次的。已经记下：\n{summary(state.told)}\n\n{turn.prompt}")


def asks_to_resume(text: str) -> bool:
    """Whether a message asks for a paused interview to go on.

    >>> asks_to_resume("繼續"), asks_to_resume("继续催收怎么办")
    (True, False)
    """
    return _command(normalise(text).strip()) == "resume"


def is_open(state: State) -> bool:
    """Whether an answer is being waited for."""
    return not state.paused and state.at != DONE


def reminder(state: State) -> str:
    """The open question in short, put again after something else was answered."""
    if not is_open(state):
        return ""
    question = BY_ID.get(state.at)
    if question is None or question is START:
        return "还款计划还没做完，发「继续」就接着来。"
    return f"接着做还款计划：{question.prompt}"


def step(state: State, text: str, reader: Reader) -> Turn:
    """The answer to one message."""
    said = normalise(text).strip()
    command = _command(said)
    if command == "restart":
        return _restart(state)
    state = replace(state, clearing=False, paused=False)
    if command is not None:
        return _COMMANDS[command](state)
    if state.at == DONE and (wanted := _wanted(said)):
        return replace(_result(state), prompt=_handing_over(wanted), wanted=wanted)
    if not said:
        return _ask(state, "没有收到文字。")
    if len(said) > LONGEST_ANSWER:
        return _ask(state, "这段话太长，我怕看漏。请挑数字用几句话再发一次。")
    if state.at == CHECK and _YES.fullmatch(said):
        return _finish(state)
    if (turn := _correction(state, said, reader)) is not None:
        return turn
    if state.at == "reason" and not _is_question(said, reader, BY_ID["reason"]):
        said = text.strip()  # it goes into the letters as it was written
    return _answered(state, said, reader)


# ---- commands ---------------------------------------------------------------------------------

_COMMAND_WORDS = (
    ("restart", r"重新开始|从头(?:再)?来|全部清空"),
    ("stop", r"先到这(?:里|儿)?|退出|暂停|停(?:一下)?|以后再说|明天再说|下次再说"),
    ("resume", r"(?:我们|咱们)?(?:继续|接[着著](?:来|说|做)|恢复)(?:吧)?"),
    ("back", r"返回|上一步|上一个|后退|回去"),
    ("skip", r"跳过|略过|下一个|不想说|不知道|先不填|暂时不填"),
    ("summary", r"小结|汇总|看看|总结|我写了什么"),
    ("mend", r"改一下|修改|更正|不对|有错|改"),
)
_YES = re.compile(
    r"(?:对|是|嗯|没错|正确|确认|可以|好|行|ok|OK|没问题)(?:的|了|呀|啊|吧)?[。.!！]?"
)


def _command(said: str) -> str | None:
    plain = said.strip("。.!！ ")
    return next((name for name, words in _COMMAND_WORDS if re.fullmatch(words, plain)), None)


def _restart(state: State) -> Turn:
    """Only the second request clears: what was told is not lost by a slip."""
    if state.clearing or state.told == Told():
        return _ask(State())
    return Turn(
        replace(state, clearing=True),
        "会清空已经写下的内容。确定的话再发一次「重新开始」；不清空就发「继续」。",
        ("重新开始", "继续"),
    )


def _stop(state: State) -> Turn:
    return Turn(
        replace(state, paused=True),
        f"好，先到这里。已经记下：\n{summary(state.told)}\n什么时候想接着来，发「继续」就行。",
        ("继续",),
    )


def _back(state: State) -> Turn:
    if not state.trail:
        return _ask(state, "已经是第一个问题了。")
    earlier = state.trail[-1]
    return _ask(replace(state, at=earlier, trail=state.trail[:-1], pending="", mending=False))


def _skip(state: State) -> Turn:
    if state.at in (CHECK, DONE):
        return _ask(state)
    passed = (*state.passed, state.at) if state.at not in state.passed else state.passed
    return _onward(replace(state, passed=passed, pending=""))


def _summary(state: State) -> Turn:
    if state.at in (CHECK, DONE):
        return _ask(state)
    turn = _ask(state)
    return replace(turn, prompt=f"已经记下：\n{summary(state.told)}\n\n{turn.prompt}")


def _mend(state: State) -> Turn:
    """Which answer is to be changed."""
    known = [each.label for each in QUESTIONS if each.value(state.told) is not None]
    if not known:
        return _ask(state, "还没有写下什么可以改的。")
    return Turn(
        replace(state, at=CHECK, trail=_trail(state), pending="", mending=False),
        "要改哪一项？点一下，或者直接写，比如「收入改成5200」「某某贷改成1万8」「去掉某某贷」。",
        tuple(f"改{label}" for label in known),
    )


_COMMANDS = {
    "stop": _stop,
    "resume": resume,
    "back": _back,
    "skip": _skip,
    "summary": _summary,
    "mend": _mend,
}

# ---- corrections --------------------------------------------------------------------------------

_CHANGE = re.compile(
    r"^(?:更正|修改|改一下|改)?(?:一下)?[,，:： ]?(?P<what>.+?)"
    r"(?:要|得|应该)?(?:改成|改为|改到|应该是|其实是|变成|不对[,，]?(?:应该)?是)\s?(?P<new>.+)$"
)
_CHANGE_WHAT = re.compile(r"^(?:更正|修改|改一下|改)(?:一下)?(?P<what>.{1,20})$")
_DROP = re.compile(r"^(?:去掉|删掉|删除|划掉|不要)(?P<what>.{1,30})$")


def _correction(state: State, said: str, reader: Reader) -> Turn | None:
    """A change said outright: 收入改成5200, 改收入, 去掉某某贷; None where it is something else."""
    if match := _DROP.match(said):
        return _drop(state, match["what"].strip("。 "))
    if match := _CHANGE.match(said):
        return _change(state, match["what"], match["new"], reader)
    if (match := _CHANGE_WHAT.match(said)) and (question := _question_about(match["what"], state)):
        return _ask(replace(state, at=question.id, trail=_trail(state), pending="", mending=True))
    return None


def _drop(state: State, creditor: str) -> Turn | None:
    gone = [debt for debt in state.told.debts if debt.creditor == creditor]
    if not gone:
        return None
    told = without_debt(state.told, creditor)
    note = f"已去掉{creditor} {yuan(gone[0].claim)} 元；去错了就重新写一遍。"
    return _ask(_checking(replace(state, told=told)), note)


def _change(state: State, what: str, new: str, reader: Reader) -> Turn | None:
    question = _question_about(what, state)
    if question is None:
        return None
    named = what if question.id == "debts" else ""
    answer = question.read(named + new, state.told, reader, "")
    if answer.told is None or answer.told == state.told:
        return _ask(replace(state, at=question.id, trail=_trail(state), mending=True), *answer.asks)
    return _ask(
        _checking(replace(state, told=answer.told)), f"已改{question.label}。", *answer.asks
    )


def _question_about(what: str, state: State) -> Question | None:
    """The question that a word of a correction is about; a creditor's name is about the debts."""
    plain = what.strip()
    for question in QUESTIONS:
        if plain == question.label or (question.word and re.fullmatch(question.word, plain)):
            return question
    owed = [debt.creditor for debt in state.told.debts]
    return BY_ID["debts"] if any(normalise(name) == plain for name in owed) else None


def _checking(state: State) -> State:
    """Back to where things are looked over, once they were there; else on with the questions."""
    if state.at in (CHECK, DONE) or state.mending:
        return replace(state, at=CHECK, trail=_trail(state), pending="", mending=False)
    return state


# ---- answers ------------------------------------------------------------------------------------

_QUESTION_MARKS = re.compile(r"[?？]|吗$|呢$|怎么办|咋办|怎么样|会不会|能不能|是不是|为什么|要不要")

# something that happened, told without a figure, is no answer to a question about money
_HAPPENED = re.compile(
    r"^(?!.*[0-9两三四五六七八九十百千万]).*(?:打(?:了)?电话|打给|上门|敲门|威胁|骂我|骂人|爆通讯录|发短信"
    r"|起诉|法院|传票|律师函|联系(?:了)?我|找到我|来我)"
)
_ENDS_AS_QUESTION = re.compile(r"(?:[?？]|吗|呢|怎么办|咋办)[。.!！ ]*$")


def _answered(state: State, said: str, reader: Reader) -> Turn:
    question = BY_ID.get(state.at)
    if state.at == DONE and _QUESTION_MARKS.search(said):
        return _not_taken(state, said)  # 欠3万会坐牢吗 tells of no further debt
    if question is None:  # looking over, or finished: a message may still tell more
        answer = message(said, state.told, reader)
        if answer.told is not None:
            return _noted(state, answer)
        return _ask(state, *answer.asks) if answer.asks else _not_taken(state, said)
    if question.id in LOOPS and NOTHING.fullmatch(said):
        return _skip(state)
    if _is_question(said, reader, question):
        return _not_taken(state, said)
    answer = question.read(said, state.told, reader, state.pending)
    if answer.told is None:
        if question is START:
            return _onward(replace(state, passed=(START.id,)), *answer.asks)
        asks = answer.asks or ("这句我没读出来。",)
        return _ask(replace(state, pending=_waiting(question, said)), *asks)
    return _noted(state, answer)


def _waiting(question: Question, said: str) -> str:
    """A creditor named without a sum waits for it."""
    return said if question.id in ("debts", "more_debts") and len(said) <= 20 else ""


def _is_question(said: str, reader: Reader, asked: Question) -> bool:
    """Whether a message asks instead of answering; a reason may wonder, but does not end so."""
    if asked.id == "reason":
        is_other = bool(_ENDS_AS_QUESTION.search(said))
    else:
        is_other = bool(_QUESTION_MARKS.search(said) or _HAPPENED.search(said))
    return is_other and message(said, Told(), reader).told is None


def _not_taken(state: State, said: str) -> Turn:
    if state.at == DONE or _QUESTION_MARKS.search(said) or _HAPPENED.search(said):
        return replace(_ask(state), taken=False)
    return _ask(state, "这句我没读出来。")


def _noted(state: State, answer: Answer) -> Turn:
    assert answer.told is not None
    changed = replace(state, told=answer.told, pending="")
    asks = (*_heard(state.told, answer.told), *(f"有一处要问清：{each}" for each in answer.asks))
    if state.at in (CHECK, DONE) or state.mending:
        return _ask(replace(changed, at=CHECK, trail=_trail(state), mending=False), *asks)
    question = BY_ID[state.at]
    return _ask(changed, *asks) if _stays(question, answer.told) else _onward(changed, *asks)


def _stays(question: Question, told: Told) -> bool:
    """Whether the same question is asked again: it is not settled, or there may be more."""
    return question is not START and not settled(question, told)


def _heard(old: Told, new: Told) -> tuple[str, ...]:
    """What a message added or changed, said back at once."""
    news = [
        f"{question.label} {value}"
        for question in QUESTIONS
        if (value := question.value(new)) is not None and value != question.value(old)
    ]
    return (f"记下：{'；'.join(news)}。",) if news else ("记下了。",)


def _onward(state: State, *notes: str) -> Turn:
    """The next open question, or looking it all over."""
    if state.mending:
        return _ask(replace(state, at=CHECK, trail=_trail(state), mending=False), *notes)
    following = open_question(state.told, state.passed)
    return _ask(
        replace(state, at=following.id if following else CHECK, trail=_trail(state)), *notes
    )


def _trail(state: State) -> tuple[str, ...]:
    """The way back, each step once in a row."""
    if state.at == DONE or (state.trail and state.trail[-1] == state.at):
        return state.trail
    return (*state.trail, state.at)


# ---- asking -------------------------------------------------------------------------------------


def _ask(state: State, *notes: str) -> Turn:
    if state.at == DONE:
        return _result(state)
    if state.at == CHECK:
        return _look_over(state, notes)
    question = BY_ID[state.at]
    known = question.value(state.told)
    prompt = question.prompt
    buttons = question.buttons
    if known is not None:
        prompt += f"\n之前写的是：{known}。要改就发新的，不改就点「跳过」。"
        buttons = tuple(dict.fromkeys(("跳过", *buttons)))
    return Turn(state, "\n".join([*notes, prompt]), buttons)


def _look_over(state: State, notes: tuple[str, ...]) -> Turn:
    missing = lacking(state.told)
    if missing:
        names = "、".join(each.label for each in missing)
        prompt = f"我先核对：\n{summary(state.told)}\n还差{names}，有了才能算出每月还多少。"
        return Turn(
            state, "\n".join([*notes, prompt]), tuple(f"改{each.label}" for each in missing)
        )
    prompt = f"我先核对：\n{summary(state.told)}\n对吗？"
    return Turn(state, "\n".join([*notes, prompt]), ("对", "改一下"))


def _finish(state: State) -> Turn:
    if lacking(state.told) or state.told.case() is None:
        return _ask(state)
    return _result(replace(state, at=DONE, trail=_trail(state)))


_TO_FILL_IN = "做好了。＿＿＿＿的地方请自己补上，逐项核对属实再用；不要把它交给收费代办的人。"
_TO_LOOK_AT = "做好了，自己留着看；停息、减免、延期都要机构书面同意，这不是协议。"


def _handing_over(wanted: str) -> str:
    return _TO_LOOK_AT if wanted in TO_LOOK_AT else _TO_FILL_IN


def _wanted(said: str) -> str | None:
    return CHART if said == "看图表" else LETTERS.get(said)


def _result(state: State) -> Turn:
    case = state.told.case()
    if case is None:
        return _ask(replace(state, at=CHECK))
    assessed = assess(case)
    return Turn(
        state, "\n".join(result_lines(case, assessed)), tuple(offers(case, assessed)), case=case
    )
