"""The interview that leads to a repayment plan: its questions in their order."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.debt.budget import Need, disposable
from bot.debt.case import Debt
from bot.debt.money import ZERO, to_fen, yuan
from bot.dialogue.interviews.answers import (
    REST,
    Answer,
    Reader,
    labelled,
    message,
    read_debts,
    read_dependants,
    read_more_essentials,
    read_overdue,
    read_reason,
)
from bot.dialogue.interviews.told import Told

_FOOD = re.compile(r"吃|食|饭|伙食")


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its word in a summary, what it says, and how its answer is read."""

    id: str
    label: str
    prompt: str
    read: Callable[[str, Told, Reader, str], Answer]
    value: Callable[[Told], str | None]
    buttons: tuple[str, ...] = ()
    optional: bool = True
    word: str = ""


def _money(name: str) -> Callable[[Told], str | None]:
    def value(told: Told) -> str | None:
        amount = getattr(told.budget, name)
        return None if amount is None else f"{yuan(amount)} 元"

    return value


def _debts_in_words(told: Told) -> str | None:
    return "，".join(f"{debt.creditor} {yuan(debt.claim)} 元" for debt in told.debts) or None


def _overdue_in_words(told: Told) -> str | None:
    known = [debt for debt in told.debts if debt.overdue_days is not None]
    return "，".join(f"{debt.creditor} {_late(debt)}" for debt in known) or None


def _late(debt: Debt) -> str:
    return f"逾期 {debt.overdue_days} 天" if debt.overdue_days else "没有逾期"


START = Question(
    "start",
    "情况",
    "我帮你算每月能还多少、各家分多少，再写协商信。一次说完也行，比如：\n"
    "「月入5800，房租吃饭4100，留200应急，某某贷欠2万6逾期40天，某银行信用卡1万3」\n"
    "也可以点下面，一步一步来。随时可以发：跳过、返回、小结、改一下、先到这里。",
    message,
    lambda _: None,
    ("一步一步来",),
)
QUESTIONS: tuple[Question, ...] = (
    Question(
        "income",
        "收入",
        "每个月实际到手的收入大约多少？不稳定就写少的那个月；没有收入就写「没有」。",
        labelled("收入", lambda found: found.budget.income is not None),
        _money("income"),
        optional=False,
        word=r"收入|工资|月薪|月入",
    ),
    Question(
        "essentials",
        "必要开支",
        "每个月必须花的钱大约多少？房租、吃饭、水电、交通、看病、孩子老人都算，"
        "可以写总数，也可以分开写。",
        labelled("开支", lambda found: found.budget.essentials is not None),
        _money("essentials"),
        optional=False,
        word=r"(?:必要)?(?:开支|支出|花销|生活费)",
    ),
    Question(
        "more_essentials",
        REST,
        "必要开支里还有别的吗？吃饭、水电、交通、看病、孩子老人都要先留出来。"
        "有就写，没有就点「没有了」。",
        read_more_essentials,
        lambda _: None,
        ("没有了",),
        word=r"(?:其余|其他)开支",
    ),
    Question(
        "buffer",
        "应急",
        "每个月想留多少应急？有个头疼脑热不至于断供。不留就写「不留」。",
        labelled("应急", lambda found: found.budget.buffer is not None),
        _money("buffer"),
        ("不留", "跳过"),
        word=r"应急(?:金|钱)?",
    ),
    Question(
        "dependants",
        "供养人数",
        "除了你自己，还要养几个人？",
        read_dependants,
        lambda told: f"{told.budget.dependants} 人" if told.dependants_told else None,
        ("没有", "1个", "2个", "跳过"),
        word=r"(?:供养)?(?:人数|人口|家人)",
    ),
    Question(
        "debts",
        "欠款",
        "欠哪几家、各多少钱？几家一起写也行，信用卡请写明「信用卡」。",
        read_debts,
        _debts_in_words,
        optional=False,
        word=r"欠款|负债|欠的钱",
    ),
    Question(
        "more_debts",
        "其他欠款",
        "还有别家吗？有就写名字和金额，没有就点「没有了」。",
        read_debts,
        lambda _: None,
        ("没有了",),
        word=r"其他欠款|别家",
    ),
    Question(
        "overdue",
        "逾期",
        "各家逾期多久了？比如「分期乐两个月，信用卡20天」；都没逾期就写「没逾期」。",
        read_overdue,
        _overdue_in_words,
        ("没逾期", "跳过"),
        word=r"逾期(?:天数|时间)?",
    ),
    Question(
        "reason",
        "困难的原因",
        "为什么还不上了？用一两句话照实写，会放进信里；不想写就跳过。",
        read_reason,
        lambda told: told.reason,
        ("跳过",),
        word=r"(?:困难的?)?原因",
    ),
)
REASON = QUESTIONS[-1]
BY_ID = {question.id: question for question in (START, *QUESTIONS)}


def open_question(told: Told, passed: Sequence[str]) -> Question | None:
    """The first question that is to the point, not settled and not passed over."""
    for question in QUESTIONS:
        if question.id not in passed and not settled(question, told):
            return question
    return None


def settled(question: Question, told: Told) -> bool:
    """Whether there is nothing to ask: it is answered, or there is nothing it could be about."""
    if question.id == "more_essentials":
        return not _is_a_list(told)
    if question.id == "more_debts":
        return not told.debts
    if question.id == "overdue":
        return all(debt.overdue_days is not None for debt in told.debts)
    return question.value(told) is not None


def _is_a_list(told: Told) -> bool:
    """Whether the spending known is single costs, so that some may be missing.

    One figure for several needs (房租吃饭4700) is how people name the whole.
    """
    spending = told.budget.spending
    if any(each.need is Need.OTHER and _FOOD.search(each.label) for each in spending):
        return False
    return bool(spending) and told.budget.essentials == sum((s.amount for s in spending), ZERO)


def lacking(told: Told) -> list[Question]:
    """The questions without whose answer no plan can be computed."""
    if told.budget.pledge is not None:
        return [BY_ID["debts"]] if not told.debts else []
    return [each for each in QUESTIONS if not each.optional and each.value(told) is None]


def summary(told: Told) -> str:
    """Everything told, line by line, and what it comes to."""
    return "\n".join(_summary_lines(told)) or "还没有写下什么。"


def _summary_lines(told: Told) -> Iterator[str]:
    for question in QUESTIONS:
        if (value := question.value(told)) is not None:
            yield f"· {question.label}：{value}"
    if told.budget.pledge is not None:
        yield f"· 你说每月能还：{yuan(told.budget.pledge)} 元"
    if told.budget.complete:
        yield f"每月能还：{yuan(to_fen(disposable(told.budget)))} 元"
    if told.debts:
        yield f"共欠：{yuan(sum((debt.claim for debt in told.debts), ZERO))} 元"
