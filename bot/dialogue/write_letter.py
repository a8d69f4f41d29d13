"""The step that writes a letter on request: at once where it needs no figures of the person.

The other kinds need to know what can be paid: they are made from the interview's case, and begin
the interview where there is none yet.
"""

import asyncio
import re
from collections.abc import Callable, Mapping
from datetime import date

from bot.answering.turn import Turn
from bot.chinese.normalise import normalise
from bot.debt.budget import Budget
from bot.debt.case import Case, Debt
from bot.debt.money import ZERO
from bot.dialogue import interview
from bot.dialogue.continue_interview import Interviews
from bot.dialogue.creditor_names import CreditorNames
from bot.dialogue.interviews.answers import Reader
from bot.dialogue.phrasebook import Phrasebook, reader_of
from bot.dialogue.saying import said
from bot.drafting.letter import ASKED
from bot.drafting.matter import Matter
from bot.drafting.template import Template

# What people call each kind; the first that fits is meant.
_KINDS = {
    "stop-third-party-contact": r"(?:停止|不要|不许|禁止|别)(?:再)?(?:联系|打给|骚扰).{0,4}?"
    r"(?:第三人|第三方|家人|亲友|父母|爸妈|同事|单位|通讯录|朋友|别人|他人|无关的?人).{0,4}",
    "clearance-certificate": r"(?:开具?|要|申请)?(?:一张)?结清证明",
    "settlement-confirmation": r"(?:减免)?结清(?:条件)?(?:的)?确认|减免结清",
    "documents-request": r"(?:要|提供|索要|调取)?(?:借款)?(?:合同|对账单|费用明细|还款明细)"
    r"(?:(?:和|、|及|跟)(?:合同|对账单|费用明细|还款明细|费用))*",
    "extension-application": r"(?:借款|贷款)?展期",
    "hardship-statement": r"(?:经济|家庭)?困难(?:情况)?",
    "instalment-application": r"(?:信用卡)?(?:个性化)?分期(?:还款)?",
    "phone-script": r"(?:协商|打)?电话",
    "negotiation-letter": r"(?:协商|还款协商|协商还款)",
}
_FORM = r"(?:的)?(?:申请|请求|要求|说明)?(?:信件?|函|书|文书|文稿|话术|申请|请求|说明|声明|通知)"
_WHOLE = r"结清证明|结清(?:条件)?(?:的)?确认"  # names of papers by themselves
_REQUEST = re.compile(
    r"(?:(?:请|麻烦|可以|能不能|能|你)*(?:帮我|帮忙|给我|替我)|我想|我要|我需要|想|要)?"
    r"(?:你)?(?:写|起草|草拟|拟|生成|做|出|开)(?:一)?(?:封|份|个(?!性化)|篇|张|下)?"
    r"(?:(?:给|发给).{1,12}?的)?(?:要求|关于|有关|请求)?(?P<what>.{2,24}?)(?:吗|吧|好吗)?[。.?？!！]?"
)
# A request in the same breath as other things begins its clause like this.
_REQUESTED = re.compile(
    r"(?:请|麻烦|能不能|能|可以|你)*(?:帮我|帮忙|给我|替我)|我想|我要|我需要|please |help me |(?:write|draft) me ",
    re.IGNORECASE,
)
_CLAUSES = re.compile(r"[,，。!！?？;；\n]+ *")
_IN_ENGLISH = re.compile(
    r"(?:please )?(?:help me )?(?:write|draft)(?: me)? a letter to (?:the|my) (?:lender|bank)",
    re.IGNORECASE,
)
_DONE = "写好了，Word 可以改，PDF 可以直接打印。＿＿＿＿的地方请自己补上，逐项核对属实再用；不要把它交给收费代办的人。"
_FIRST = "写这封信要先知道你每月能还多少、欠谁多少。"


class WriteLetter:
    """Letters in hand without an interview, where none is needed."""

    def __init__(
        self,
        interviews: Interviews,
        names: CreditorNames,
        templates: Mapping[str, Template],
        today: Callable[[], date],
        english: Phrasebook,
    ) -> None:
        self._english = english
        self._interviews = interviews
        self._names = names
        self._templates = templates
        self._today = today

    async def __call__(self, turn: Turn) -> Turn:
        """The turn, replied where it asks for a letter."""
        _, book = reader_of(turn, self._english)
        kind = letter_asked(book.hear(turn.text, told=False))
        if kind is None:
            return turn
        kept = await asyncio.to_thread(self._interviews.load, turn.id)
        state = interview.load(kept) if kept else None
        template = self._templates[kind]
        if not set(template.requires) & {*ASKED, "current"}:
            return await asyncio.to_thread(self._blank, turn, template, state)
        if state is not None and state.told.case() is not None:
            return await asyncio.to_thread(self._of_case, turn, kind, state)
        led = interview.resume(state) if state else interview.begin(self._reader())
        await asyncio.to_thread(self._interviews.save, turn.id, interview.dump(led.state))
        turn, book = reader_of(turn, self._english)
        return said(turn, book.say(f"{_FIRST}\n{led.prompt}"), tuple(map(book.say, led.buttons)))

    def _blank(self, turn: Turn, template: Template, state: interview.State | None) -> Turn:
        """A letter whose unknown words are visible blanks, to the lender that was named."""
        from bot.dialogue.letters import written_out  # Word and PDF only when asked for

        named = self._names.find(normalise(turn.text))
        debts = tuple(Debt(each.lender.name, ZERO, lender_type=each.lender.lender_type)
                      for each in named[:1])  # fmt: skip
        turn, book = reader_of(turn, self._english)
        handed = written_out(template, Matter(Case(Budget(), debts), self._today()))
        open_question = book.say(interview.reminder(state)) if state else ""
        text = book.say("\n".join([_DONE, *(f"· {note}" for note in handed.notes)]))
        whole = "\n\n".join(filter(None, [text, open_question]))
        return said(turn, whole, documents=handed.documents)

    def _of_case(self, turn: Turn, kind: str, state: interview.State) -> Turn:
        from bot.dialogue.letters import hand_over

        handed = hand_over(state, kind, self._templates, self._today())
        notes = [f"· {note}" for note in handed.notes]
        turn, book = reader_of(turn, self._english)
        text = "\n".join([_DONE, *notes] if handed.documents else notes)
        return said(turn, book.say(text), documents=handed.documents)

    def _reader(self) -> Reader:
        return Reader(self._today(), self._names)


def letter_asked(text: str) -> str | None:
    """The kind of letter that a message asks for outright; how to write one is a question.

    >>> letter_asked("帮我写一封停止联系第三人的信"), letter_asked("结清证明怎么写")
    ('stop-third-party-contact', None)
    >>> letter_asked("我快撑不住了，帮我写一封协商信")
    'negotiation-letter'
    """
    plain = normalise(text).strip()
    clauses = [each for each in _CLAUSES.split(plain) if _REQUESTED.match(each)]
    return next(filter(None, map(_kind_asked, (plain, *clauses))), None)


def _kind_asked(text: str) -> str | None:
    if _IN_ENGLISH.fullmatch(text.strip(" .!?")):
        return "negotiation-letter"
    request = _REQUEST.fullmatch(text.replace(" ", ""))
    if request is None:
        return None
    form = "" if re.search(f"(?:{_WHOLE})$", request["what"]) else _FORM
    return next(
        (
            kind
            for kind, words in _KINDS.items()
            if re.fullmatch(f"(?:{words}){form}", request["what"])
        ),
        None,
    )
