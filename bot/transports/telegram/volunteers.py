"""The volunteers' chat: who waits, take, answer by replying, close; all rules are the desk's."""

import asyncio
import re
from collections.abc import Iterable, Sequence

from bot.dialogue.hand_off import HandOff, Line, Side, Stage
from bot.dialogue.message import Kind
from bot.dialogue.volunteer_desk import VolunteerDesk
from bot.store.outbox import Outgoing
from bot.transports.telegram import parcels
from bot.transports.telegram.hear import Heard
from bot.transports.telegram.render import LIMIT, pieces
from bot.wording import Wording

HEADING = 64  # units left for the number and the speaker's name above each piece
_NUMBER = re.compile(r"#(\d{1,18})\b")


class Volunteers:
    """What is said and pressed in the volunteers' chat."""

    def __init__(self, desk: VolunteerDesk, words: Wording, chat: int | None) -> None:
        self._desk = desk
        self._words = words
        self.chat = chat

    async def __call__(self, heard: Heard) -> list[Outgoing] | None:
        """The answer to what a volunteer did; none where it is about something else."""
        if heard.chat != self.chat:
            return None
        return await asyncio.to_thread(self._answered, heard)

    def _answered(self, heard: Heard) -> list[Outgoing] | None:
        if heard.press is not None:
            return self._pressed(heard, heard.press)
        if heard.command == "queue":
            return [self._queue(heard)]
        number = self._meant(heard)
        if heard.command == "close":
            return [self._closed(heard, number)]
        if heard.command is not None or (number is None and heard.addressed):
            return None
        return self._passed_on(heard, number) if number is not None else []

    def _pressed(self, heard: Heard, press: str) -> list[Outgoing] | None:
        what, _, number = press.partition(":")
        if what != "take" or not number.isdecimal():
            return None
        if not self._desk.take(int(number), heard.name):
            return [self._say(heard, number, "desk_too_late")]
        taken = self._words.say("desk_taken").format(volunteer=heard.name)
        return [parcels.message(heard.chat, _headed(int(number), "", taken)[0])]

    def _queue(self, heard: Heard) -> Outgoing:
        numbers = "、".join(f"#{each.number}" for each in self._desk.waiting())
        said = self._words.say("desk_queue" if numbers else "desk_nobody")
        buttons = [self._take(each) for each in self._desk.waiting()[:10]]
        return parcels.message(heard.chat, pieces(said.format(numbers=numbers))[0].html, buttons)

    def _meant(self, heard: Heard) -> int | None:
        """The talk a message belongs to: the one it replies to, else the volunteer's only one."""
        if found := _NUMBER.match(heard.replied):
            return int(found[1])
        if not (heard.private or heard.command == "close"):
            return None
        mine = [each for each in self._desk.taken() if each.volunteer == heard.name]
        return mine[0].number if len(mine) == 1 else None

    def _closed(self, heard: Heard, number: int | None) -> Outgoing:
        if number is None:
            return self._say(heard, "", "desk_which")
        ended = self._desk.close(number, heard.text)
        return self._say(heard, str(number), "desk_closed" if ended else "desk_not_open")

    def _passed_on(self, heard: Heard, number: int) -> list[Outgoing]:
        if heard.kind is not Kind.TEXT:
            return [self._say(heard, str(number), "desk_text_only")]
        passed = self._desk.say(number, heard.text)
        return [] if passed else [self._say(heard, str(number), "desk_not_open")]

    def _say(self, heard: Heard, number: str, phrase: str) -> Outgoing:
        text = f"#{number} {self._words.say(phrase)}" if number else self._words.say(phrase)
        return parcels.message(heard.chat, pieces(text)[0].html, reply_to=heard.reply_to)

    def for_volunteers(self, hand_off: HandOff, line: Line) -> Iterable[Outgoing]:
        """A line as the volunteers' chat shows it; who waits can be taken by a button."""
        assert self.chat is not None
        speaker = self._words.say("desk_borrower") if line.by is Side.BORROWER else ""
        for html in _headed(hand_off.number, speaker, line.text):
            waits = hand_off.stage is Stage.WAITING and line.by is None
            buttons = [self._take(hand_off)] if waits else []
            yield parcels.message(self.chat, html, buttons)

    def for_borrower(self, chat: int, hand_off: HandOff, line: Line) -> Iterable[Outgoing]:
        """A line as the borrower sees it: a person's word is always marked as one."""
        says = self._words.say("hand_off_says", hand_off.language)
        text = f"{says}\n{line.text}" if line.by is Side.VOLUNTEERS else line.text
        yield from (parcels.message(chat, part.html) for part in pieces(text))

    def _take(self, hand_off: HandOff) -> Sequence[tuple[str, str]]:
        label = f"{self._words.say('desk_take')} #{hand_off.number}"
        return ((label, f"take:{hand_off.number}"),)


def _headed(number: int, speaker: str, text: str) -> list[str]:
    """A text in pieces, each under the number by which a reply to it is understood."""
    heading = f"#{number} {speaker}".strip()
    return [f"<b>{heading}</b>\n{part.html}" for part in pieces(text, LIMIT - HEADING)]
