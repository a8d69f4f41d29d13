"""Handing a talk over to a volunteer: what stands where, and the two steps of the dialogue.

A person asks for a human, is told what would be passed on, agrees, waits in a queue, talks with a
volunteer, and either side ends it. The state machine knows no transport: what is to be told to
whom are lines in the store, and each transport and the volunteers' workspace carry their own.
"""

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.answering.reply import Action
from bot.answering.turn import Turn
from bot.chinese.normalise import simplified
from bot.dialogue.office_hours import OfficeHours
from bot.dialogue.saying import said, script_read
from bot.knowledge.vocabulary import Language
from bot.wording import Wording

LONGEST_QUEUE = 50
WORDS_PASSED_ON = 6  # earlier messages that a volunteer gets to see
NO_ANSWER_FOR = timedelta(minutes=10)


class Stage(StrEnum):
    """Where a hand-off stands."""

    ASKED = "asked"  # told what would be passed on, not agreed yet
    WAITING = "waiting"
    TAKEN = "taken"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Side(StrEnum):
    """The two sides of a talk."""

    BORROWER = "borrower"
    VOLUNTEERS = "volunteers"


@dataclass(frozen=True, slots=True)
class HandOff:
    """One talk handed over; ``number`` is what volunteers call it, ``since`` when its stage began.

    ``site`` is the association whose visitor asked.
    """

    number: int
    conversation_id: str
    stage: Stage
    language: Language
    since: datetime
    volunteer: str = ""
    site: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Something told to one side; ``by`` is none where it is the assistant's own notice."""

    to: Side
    text: str
    by: Side | None = None
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    id: int = 0


class HandOffs(Protocol):
    """What is kept of hand-offs; ``store`` provides it."""

    def current(self, conversation_id: str) -> HandOff | None:
        """The hand-off of a conversation that is not over."""
        ...

    def ask(self, conversation_id: str, language: Language, site: str | None = None) -> HandOff:
        """The open hand-off of a conversation, begun if there is none."""
        ...

    def move(
        self,
        number: int,
        before: Sequence[Stage],
        after: Stage,
        lines: Sequence[Line] = (),
        volunteer: str | None = None,
    ) -> bool:
        """Change the stage and keep lines, both or neither; False if it stands elsewhere by now."""
        ...

    def add(self, number: int, line: Line) -> None:
        """Keep a line."""
        ...

    def lines(self, number: int) -> Sequence[Line]:
        """All lines of a hand-off, oldest first."""
        ...

    def drop_lines(self, number: int) -> None:
        """Delete what was passed on."""
        ...

    def standing(self, stage: Stage) -> Sequence[HandOff]:
        """The hand-offs of a stage, the longest there first."""
        ...

    def find(self, number: int) -> HandOff | None:
        """A hand-off by its number."""
        ...


_HUMAN = r"(?:人工|真人|活人|志愿者|法援志愿者|工作人员|a (?:human|person|volunteer)|someone real)"
_ASKS = re.compile(
    rf"/human\b.*|(?:请|麻烦|你)?(?:我)?(?:能不能|可以|可不可以|能|想|要|想要|需要|帮我)*"
    rf"(?:转接?|找|换|联系|接|叫|和|跟)(?:一个|一下|个|到|给)?{_HUMAN}"
    rf"(?:客服|服务|帮忙|帮帮我|帮我|聊聊?|说话|谈谈?|说)?(?:吗|吧)?"
    rf"|{_HUMAN}(?:客服|服务)|人工|有(?:没有)?(?:真人|志愿者|人工)(?:客服|服务)?(?:吗)?"
    rf"|(?:(?:i want|can i|could i|let me|i would like|i'd like)(?: to)? )?"
    rf"(?:talk|speak) (?:to|with) {_HUMAN}",
    re.IGNORECASE,
)
_AGREES = re.compile(r"同意(?:转给志愿者|转)?|agree|yes, pass it on", re.IGNORECASE)
_DECLINES = re.compile(r"(?:先)?不(?:用|转|同意)了?|算了|no, thanks", re.IGNORECASE)
_WITHDRAWS = re.compile(
    r"不等了?|(?:取消|退出)排队|(?:结束|退出|取消|关闭|停止)(?:人工|志愿者|人工服务|对话|转接)"
    r"|不(?:找|要|用)(?:人工|志愿者)了?|撤回(?:同意)?|stop waiting|end human|withdraw",
    re.IGNORECASE,
)


class PassOn:
    """The step right after redaction: what a person says goes to the volunteer too, masked.

    It stands before the safety screen, so that a volunteer also sees what the screen answers.
    """

    def __init__(self, hand_offs: HandOffs) -> None:
        self._hand_offs = hand_offs

    async def __call__(self, turn: Turn) -> Turn:
        """The turn, unchanged."""
        if not turn.fresh:
            await asyncio.to_thread(self._pass_on, turn)
        return turn

    def _pass_on(self, turn: Turn) -> None:
        hand_off = self._hand_offs.current(turn.id)
        if hand_off is None or _WITHDRAWS.fullmatch(_plain(turn.text)):
            return
        asks_again = hand_off.stage is Stage.WAITING and _ASKS.fullmatch(_plain(turn.text))
        if hand_off.stage in (Stage.WAITING, Stage.TAKEN) and not asks_again:
            line = Line(Side.VOLUNTEERS, turn.text, by=Side.BORROWER)
            self._hand_offs.add(hand_off.number, line)


class TalkToPerson:
    """The step behind the safety screen: asks for consent, keeps the queue, lets a person talk."""

    def __init__(
        self,
        hand_offs: HandOffs,
        wording: Wording,
        hours: Callable[[str | None], OfficeHours | None],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._hand_offs = hand_offs
        self._wording = wording
        self._hours = hours
        self._now = now

    async def __call__(self, turn: Turn) -> Turn:
        """The turn, replied where it is about a human or meant for one."""
        if turn.fresh and not _ASKS.fullmatch(_plain(turn.text)):
            return turn
        return await asyncio.to_thread(self._led, turn)

    def _led(self, turn: Turn) -> Turn:
        text = _plain(turn.text)
        hand_off = self._hand_offs.current(turn.id)
        if hand_off is None or self._hours(turn.site) is None:
            return self._asked(turn) if _ASKS.fullmatch(text) else turn
        if hand_off.stage is Stage.ASKED:
            return self._decided(turn, hand_off, text)
        if _WITHDRAWS.fullmatch(text):
            return self._withdrawn(turn, hand_off)
        if hand_off.stage is Stage.TAKEN:
            return self._received(turn, hand_off)
        if _ASKS.fullmatch(text):
            return self._told(turn, self._position(turn, hand_off, "hand_off_waiting"))
        return replace(turn, afterwards=self._position(turn, hand_off, "hand_off_still_waiting"))

    def _asked(self, turn: Turn) -> Turn:
        """Say what would be passed on, and ask; or who else can help where nobody can take over."""
        language, times = script_read(turn), self._hours(turn.site)
        if times is None:
            return self._told(turn, self._say("no_volunteers", turn))
        if len(self._hand_offs.standing(Stage.WAITING)) >= LONGEST_QUEUE:
            return self._told(turn, self._say("hand_off_full", turn))
        self._hand_offs.ask(turn.id, language, turn.site)
        hours = "hand_off_open" if times.open_at(self._now()) else "hand_off_shut"
        text = self._say("hand_off_consent", turn).format(
            hours=self._say(hours, turn).format(hours=times.said(language))
        )
        return self._told(turn, text, self._choice(turn))

    def _choice(self, turn: Turn) -> tuple[Action, ...]:
        words = (self._say(name, turn) for name in ("hand_off_agree", "hand_off_decline"))
        return tuple(Action(each, each) for each in words)

    def _decided(self, turn: Turn, hand_off: HandOff, text: str) -> Turn:
        if _AGREES.fullmatch(text):
            said_before = [each.text for each in turn.context if each.role == "user"]
            earlier = [each for each in said_before if not steers(each)][-WORDS_PASSED_ON:]
            words = "\n".join(f"· {each}" for each in earlier) or "（还没有说过什么）"
            notice = self._wording.say("desk_waiting").format(words=words)
            self._hand_offs.move(
                hand_off.number,
                (Stage.ASKED,),
                Stage.WAITING,
                (Line(Side.VOLUNTEERS, notice),),
            )
            return self._told(turn, self._position(turn, hand_off, "hand_off_waiting"))
        if _DECLINES.fullmatch(text):
            self._hand_offs.move(hand_off.number, (Stage.ASKED,), Stage.WITHDRAWN)
            return self._told(turn, self._say("hand_off_declined", turn))
        return self._asked(turn) if _ASKS.fullmatch(text) else turn

    def _withdrawn(self, turn: Turn, hand_off: HandOff) -> Turn:
        """Nothing more is passed on, and what was is deleted here."""
        self._hand_offs.drop_lines(hand_off.number)
        notice = Line(Side.VOLUNTEERS, self._wording.say("desk_withdrawn"))
        open_stages = (Stage.WAITING, Stage.TAKEN)
        self._hand_offs.move(hand_off.number, open_stages, Stage.WITHDRAWN, (notice,))
        return self._told(turn, self._say("hand_off_withdrawn", turn))

    def _received(self, turn: Turn, hand_off: HandOff) -> Turn:
        """What was said has been passed on already."""
        heard = [
            each for each in self._hand_offs.lines(hand_off.number) if each.to is Side.BORROWER
        ]
        silent = bool(heard) and self._now() - heard[-1].at > NO_ANSWER_FOR
        return self._told(
            turn, self._say("hand_off_silent" if silent else "hand_off_passed_on", turn)
        )

    def _position(self, turn: Turn, hand_off: HandOff, phrase: str) -> str:
        numbers = [each.number for each in self._hand_offs.standing(Stage.WAITING)]
        ahead = numbers.index(hand_off.number) if hand_off.number in numbers else 0
        place = self._say("hand_off_behind" if ahead else "hand_off_first", turn)
        return self._say(phrase, turn).format(position=place.format(ahead=ahead))

    def _say(self, phrase: str, turn: Turn) -> str:
        return self._wording.say(phrase, script_read(turn))

    def _told(self, turn: Turn, text: str, actions: Sequence[Action] = ()) -> Turn:
        return said(turn, text, actions, asks=True)


class Decide:
    """The step before the safety screen: a yes or no to a hand-off is ours to read, and no danger.

    The screen weighs letters and meanings, and 同意转给志愿者 is near to 转账.
    """

    def __init__(self, talk: TalkToPerson) -> None:
        self._talk = talk

    async def __call__(self, turn: Turn) -> Turn:
        """The turn, replied where it only says yes or no to a hand-off that is open."""
        return await self._talk(turn) if decides(turn.text) else turn


def decides(text: str) -> bool:
    """Whether a message is nothing but a yes, a no or an end to a hand-off."""
    plain = _plain(text)
    return any(each.fullmatch(plain) for each in (_AGREES, _DECLINES, _WITHDRAWS))


def steers(text: str) -> bool:
    """Whether a message is about the hand-off itself, and not meant for the volunteer."""
    plain = _plain(text)
    return any(each.fullmatch(plain) for each in (_ASKS, _AGREES, _DECLINES, _WITHDRAWS))


def _plain(text: str) -> str:
    return simplified(text).strip(" 。.!！?？~")
