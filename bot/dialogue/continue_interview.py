"""The step that gives a message to the running plan interview, or begins one.

It stands after the safety check, so danger always comes first, and before understanding: a message
that answers nothing asked is left to the steps that advise.
"""

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Protocol

from bot.answering.reply import Action, Engine, Reply, Status
from bot.answering.turn import Turn
from bot.chinese.normalise import simplified
from bot.chinese.scripts import traditionalise
from bot.dialogue import interview
from bot.dialogue.creditor_names import CreditorNames
from bot.dialogue.interviews.plan import Reader
from bot.drafting.template import Template
from bot.knowledge.vocabulary import Language

# Word is what people can still change; PDF is what they can send or print as it is.
FORMS = ("docx", "pdf")
_ASKS_FOR_PLAN = re.compile(
    r"/plan\b|(请|麻烦|能不能|可以)?(帮我|给我|我想|我要|想要|想|帮忙)?(做|写|生成|制定|拟|算|排)"
    r"(一份|一个|个|份|一下)?(我的)?(还款|分期)(计划|方案)(书)?|继续(做|算)?(还款)?(计划|方案)"
    r"|算算(我)?每(个)?月(能)?还多少|(please )?(help me )?make (me )?a (repayment )?plan",
    re.IGNORECASE,
)


class Interviews(Protocol):
    """What is kept of interviews; ``store`` provides it."""

    def load(self, conversation_id: str) -> str | None:
        """The state kept for a conversation."""
        ...

    def save(self, conversation_id: str, state: str) -> None:
        """Keep a state in place of the one before."""
        ...


class ContinueInterview:
    """Lead through a repayment plan, one question at a time, for as many days as it takes."""

    def __init__(
        self,
        interviews: Interviews,
        names: CreditorNames,
        templates: Mapping[str, Template],
        today: Callable[[], date],
    ) -> None:
        self._interviews = interviews
        self._names = names
        self._templates = templates
        self._today = today

    async def __call__(self, turn: Turn) -> Turn:
        """The turn, replied where the message belongs to an interview."""
        kept = await asyncio.to_thread(self._interviews.load, turn.id)
        led = self._lead(simplified(turn.text), interview.load(kept) if kept else None)
        if led is None or not led.taken:
            return turn
        await asyncio.to_thread(self._interviews.save, turn.id, interview.dump(led.state))
        return replace(turn, reply=await asyncio.to_thread(self._reply, led, turn))

    def _lead(self, text: str, state: interview.State | None) -> interview.Turn | None:
        reader = Reader(self._today(), self._names)
        if _ASKS_FOR_PLAN.match(text):
            return interview.resume(state) if state else interview.begin(reader)
        if state is not None and not state.paused:
            return interview.step(state, text, reader)
        return interview.begin(reader, text) if tells_a_case(text, reader) else None

    def _reply(self, led: interview.Turn, turn: Turn) -> Reply:
        from bot.dialogue.letters import hand_over  # Word, PDF and charts only when asked for

        prompt, documents = led.prompt, []
        for form in FORMS if led.wanted else ():
            handed = hand_over(led.state, led.wanted or "", self._templates, self._today(), form)
            documents += [each for each in handed.documents if each not in documents]
            prompt = "\n".join([led.prompt, *(f"· {note}" for note in handed.notes)])
        traditional = turn.language is Language.TRADITIONAL
        said = traditionalise if traditional else str
        return Reply(
            Status.ANSWERED,
            said(prompt),
            turn.language,
            actions=tuple(Action(said(each), said(each)) for each in led.buttons),
            engine=Engine.REVIEWED_WORDING,
            documents=tuple(documents),
            confidence=1.0,
        )


def tells_a_case(text: str, reader: Reader) -> bool:
    """Whether a message tells income and debts in figures, as one who wants a plan does."""
    if not re.search(r"\d|[一二三四五六七八九十百千万]", text):
        return False
    told = reader.read(text)
    return told.budget.income is not None and any(debt.principal for debt in told.debts)
