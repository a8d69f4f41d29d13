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

from bot.answering.thinking import think
from bot.answering.turn import Turn
from bot.chinese.normalise import simplified
from bot.dialogue import interview
from bot.dialogue.creditor_names import CreditorNames
from bot.dialogue.interviews.answers import Reader
from bot.dialogue.interviews.plan import REASON
from bot.dialogue.phrasebook import Phrasebook, reader_of
from bot.dialogue.saying import said
from bot.drafting.template import Template

REMINDED = ("telegram",)  # the transports that can write to a person later
REMIND_ME = "到期前提醒我"
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
        english: Phrasebook,
    ) -> None:
        self._english = english
        self._interviews = interviews
        self._names = names
        self._templates = templates
        self._today = today

    async def __call__(self, turn: Turn) -> Turn:
        """The turn, replied where the message belongs to an interview.

        A message of its own is left to the steps that advise, with the open question to put again.
        """
        kept = None if turn.fresh else await asyncio.to_thread(self._interviews.load, turn.id)
        heard, book = reader_of(turn, self._english)
        led = await think(self._lead, turn.text, interview.load(kept) if kept else None, book)
        if led is None:
            return turn
        if not led.taken:
            return replace(turn, afterwards=book.say(interview.reminder(led.state)))
        await asyncio.to_thread(self._interviews.save, turn.id, interview.dump(led.state))
        return await asyncio.to_thread(self._replied, led, heard, book)

    def _lead(
        self, said: str, state: interview.State | None, book: Phrasebook
    ) -> interview.Turn | None:
        reader = Reader(self._today(), self._names)
        asked_why = state is not None and state.at == REASON.id  # it is kept as it was written
        text = simplified(book.hear(said, told=not asked_why))
        if _ASKS_FOR_PLAN.match(text):
            return interview.resume(state) if state else interview.begin(reader)
        if state is not None and (not state.paused or interview.asks_to_resume(text)):
            return interview.step(state, text, reader)
        return interview.begin(reader, text) if tells_a_case(text, reader) else None

    def _replied(self, led: interview.Turn, turn: Turn, book: Phrasebook) -> Turn:
        from bot.dialogue.letters import hand_over  # Word, PDF and charts only when asked for

        if led.wanted is None:
            offers_reminders = led.case is not None and turn.transport in REMINDED
            remind = (REMIND_ME,) if offers_reminders else ()
            return said(
                turn, book.say(led.prompt), [book.say(each) for each in (*led.buttons, *remind)]
            )
        handed = hand_over(led.state, led.wanted, self._templates, self._today())
        prompt = book.say("\n".join([led.prompt, *(f"· {note}" for note in handed.notes)]))
        pressed = [book.say(each) for each in led.buttons]
        return said(turn, prompt, pressed, documents=handed.documents)


def tells_a_case(text: str, reader: Reader) -> bool:
    """Whether a message tells income and debts in figures, as one who wants a plan does."""
    if not re.search(r"\d|[一二三四五六七八九十百千万]", text):
        return False
    told = reader.read(text)
    return told.budget.income is not None and any(debt.principal for debt in told.debts)
