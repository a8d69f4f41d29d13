"""Reminders of instalments: the step that sets and stops them, and when the next one is due."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Protocol

from pydantic import TypeAdapter

from bot.answering.reply import Action
from bot.answering.turn import Turn
from bot.chinese.normalise import normalise
from bot.clock import SHANGHAI
from bot.debt.case import Case
from bot.debt.money import yuan
from bot.debt.schedule import months_after
from bot.dialogue import interview
from bot.dialogue.continue_interview import REMINDED, Interviews
from bot.dialogue.saying import said, script_read
from bot.drafting.proposal import proposals
from bot.knowledge.vocabulary import Language
from bot.wording import Wording

TIME_OF_DAY = time(10)
QUIET_FROM, QUIET_UNTIL = time(22), time(8)
DAYS_OFFERED = (5, 10, 15, 20, 25)
LONGEST = 120  # instalments reminded of


@dataclass(frozen=True, slots=True)
class Share:
    """What one creditor gets each month, until its last payment."""

    creditor: str
    monthly: Decimal
    months: int
    last: Decimal

    def payment(self, number: int) -> Decimal:
        """The payment of a month."""
        return self.last if number == self.months else self.monthly


@dataclass(frozen=True, slots=True)
class Instalments:
    """The plan a person wants to be reminded of."""

    first_due: date
    shares: tuple[Share, ...]

    @property
    def count(self) -> int:
        """How many there are."""
        return min(max((share.months for share in self.shares), default=0), LONGEST)

    def due(self, number: int) -> date:
        """The day an instalment is due; the first has number 1."""
        return months_after(self.first_due, number - 1)

    def remind_at(self, number: int) -> datetime:
        """The moment to remind of it: the day before, in the morning."""
        return datetime.combine(self.due(number) - timedelta(1), TIME_OF_DAY, SHANGHAI)

    def lines(self, number: int, language: Language = Language.SIMPLIFIED) -> str:
        """What is to be paid to whom."""
        unit = "yuan" if language is Language.ENGLISH else "元"
        return "\n".join(
            f"· {share.creditor} {yuan(share.payment(number))} {unit}"
            for share in self.shares
            if number <= share.months
        )


_INSTALMENTS: TypeAdapter[Instalments] = TypeAdapter(Instalments)


def dump(instalments: Instalments) -> str:
    """A plan as JSON."""
    return _INSTALMENTS.dump_json(instalments).decode()


def load(raw: str) -> Instalments:
    """The plan that ``dump`` wrote."""
    return _INSTALMENTS.validate_json(raw)


def is_quiet(moment: datetime) -> bool:
    """Whether a person is not to be disturbed, by the clock of Shanghai.

    >>> is_quiet(datetime(2026, 12, 1, 22, 0, tzinfo=SHANGHAI))
    True
    """
    here = moment.astimezone(SHANGHAI).time()
    return here >= QUIET_FROM or here < QUIET_UNTIL


def instalments_of(case: Case, day: int, today: date) -> Instalments:
    """The instalments that the letters propose, due on a day of each month after today."""
    shares = tuple(
        Share(each.debt.creditor, each.monthly, each.months, each.last)
        for each in proposals(case)
        if each.monthly and each.months and each.last is not None
    )
    months = range(3)
    start = today.replace(day=1)
    candidates = (_on_day(months_after(start, number), day) for number in months)
    return Instalments(next(each for each in candidates if each > today), shares)


def _on_day(month: date, day: int) -> date:
    """A day of a month, or the month's last day."""
    last = months_after(month, 1) - timedelta(1)
    return month.replace(day=min(day, last.day))


class Reminders(Protocol):
    """What is kept of reminders; ``store`` provides it."""

    def set(self, conversation_id: str, instalments: Instalments, language: Language) -> None:
        """Keep a plan to remind of, in place of the one before."""
        ...

    def stop(self, conversation_id: str) -> bool:
        """Remind no more; False if there was nothing to stop."""
        ...


_ASKS = re.compile(
    r"(?:请|麻烦|你|能不能|可以|到时候?|每个?月)*(?:还款日?|到期|到了)?(?:之?前|提前)?(?:一天|1天)?"
    r"(?:记得)?提醒我(?:一下)?(?:每个?月)?(?:还款|还钱|按时还款)?(?:吗|吧)?"
    r"|(?:设置|打开|开启)?还款提醒|remind me(?: to pay| before each payment)?",
    re.IGNORECASE,
)
_ON_DAY = re.compile(
    r"每个?月的?(?P<day>[0-3]?\d)[号日](?:还款?|到期|还钱)?[，, ]?"
    r"(?:到期)?(?:之?前|提前)?(?:一天|1天)?(?P<asked>提醒我?)?"
)
_BARE_DAY = re.compile(
    r"(?:每个?月的?|[01]?\d月|(?:on )?(?:the |day ))?(?P<day>[0-3]?\d)(?:[号日]|st|nd|rd|th)?",
    re.IGNORECASE,
)
_STOPS = re.compile(
    r"(?:停止|取消|关闭|关掉|停了?|不要|别|不用)(?:再|给我)?(?:还款)?提醒(?:我|还款)?了?"
    r"|stop (?:the )?reminders",
    re.IGNORECASE,
)


class Remind:
    """The step: opt in with the day of the month, or stop."""

    def __init__(
        self,
        reminders: Reminders,
        interviews: Interviews,
        wording: Wording,
        today: Callable[[], date],
    ) -> None:
        self._reminders = reminders
        self._interviews = interviews
        self._wording = wording
        self._today = today

    async def __call__(self, turn: Turn) -> Turn:
        """The turn, replied where it is about reminders."""
        if turn.transport not in REMINDED:
            return turn
        return await asyncio.to_thread(self._led, turn)

    def _led(self, turn: Turn) -> Turn:
        text = normalise(turn.text).strip(" 。.!！?？")
        if _STOPS.fullmatch(text):
            stopped = self._reminders.stop(turn.id)
            return self._said(turn, "reminders_stopped" if stopped else "reminders_none")
        if (day := self._day(turn, text)) is not None:
            return self._set(turn, day)
        return self._ask(turn) if _ASKS.fullmatch(text) else turn

    def _day(self, turn: Turn, text: str) -> int | None:
        """The day of the month that a message names; a bare one only where it was asked for."""
        found = _ON_DAY.fullmatch(text)
        if found is None or not found["asked"]:
            question = self._wording.say("reminders_which_day", script_read(turn))
            asked = bool(turn.context) and turn.context[-1].text.endswith(question)
            found = _BARE_DAY.fullmatch(text) or found if asked else None
        day = int(found["day"]) if found else 0
        return day if 1 <= day <= 31 else None

    def _ask(self, turn: Turn) -> Turn:
        if self._case(turn) is None:
            return self._said(turn, "reminders_need_plan", self._button("make_plan", turn))
        days = tuple(self._on_day(turn, day) for day in DAYS_OFFERED)
        return self._said(turn, "reminders_which_day", *days)

    def _on_day(self, turn: Turn, day: int) -> Action:
        label = self._wording.say("reminders_day", script_read(turn)).format(day=day)
        in_english = script_read(turn) is Language.ENGLISH
        return Action(label, label if in_english else f"每月{day}号还款，提前一天提醒我")

    def _set(self, turn: Turn, day: int) -> Turn:
        case = self._case(turn)
        if case is None:
            return self._said(turn, "reminders_need_plan", self._button("make_plan", turn))
        instalments = instalments_of(case, day, self._today())
        if not instalments.count:
            return self._said(turn, "reminders_no_payments")
        language = script_read(turn)
        self._reminders.set(turn.id, instalments, language)
        text = self._wording.say("reminders_set", language).format(
            due=instalments.due(1), count=instalments.count, lines=instalments.lines(1, language)
        )
        return said(turn, text, (self._button("stop_reminders", turn),), asks=True)

    def _case(self, turn: Turn) -> Case | None:
        """The case of a finished interview: the plan that was agreed to."""
        kept = self._interviews.load(turn.id)
        state = interview.load(kept) if kept else None
        return state.told.case() if state is not None and state.at == interview.DONE else None

    def _button(self, phrase: str, turn: Turn) -> Action:
        words = self._wording.say(phrase, script_read(turn))
        return Action(words, words)

    def _said(self, turn: Turn, phrase: str, *actions: Action) -> Turn:
        return said(turn, self._wording.say(phrase, script_read(turn)), actions, asks=True)
