"""Deleting what is kept of a person: what it is, one question, and it is gone.

The question stands in the store, so that whichever process is asked hears the answer; any other
message ends it, and so do ten minutes. Neither the wish nor the answer becomes part of the talk.
"""

import asyncio
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.answering.reply import Action, Utterance
from bot.answering.turn import Turn
from bot.chinese.normalise import simplified
from bot.chinese.scripts import script_of
from bot.dialogue.conversation import Conversation
from bot.dialogue.message import Kind, Message, Response
from bot.dialogue.saying import said, script_read
from bot.knowledge.vocabulary import Language
from bot.wording import Wording

ANSWER_WITHIN = timedelta(minutes=10)
# What is told of before it is deleted, by the table it lies in; what hangs on it goes along.
TOLD = ("messages", "interviews", "reminders", "hand_offs", "feedback")
_ASK = r"(?:请|麻烦|你|能不能|可以|帮我|我要|我想)*"
_WHAT = r"(?:所有|全部)?的?(?:数据|资料|聊天记录|对话记录|对话)"
_WISH = re.compile(
    rf"/forget(?:@\w+)?|{_ASK}(?:删除|删掉|清除|忘掉|忘记)(?:我的|我在你这里的|关于我的){_WHAT}吧?"
    rf"|{_ASK}把(?:我的|我在你这里的|关于我的){_WHAT}(?:都|全部|全)?(?:删除|删掉|清除|清空|删)(?:了|吧)*"
    r"|(?:please )?(?:can you )?(?:delete|erase)(?: all)?(?: of)? (?:my data|my conversations?|"
    r"everything (?:about me|you (?:have|keep) (?:about|of) me))|forget me",
    re.IGNORECASE,
)
_YES = re.compile(
    r"是的?|确[定认](?:删除|删)?|全部删除|全删|删(?:除|掉|吧|了吧)?"
    r"|y|yes|yep|yes,? (?:please|delete(?: it| everything)?)|delete(?: it| everything| all)?|confirm"
    r"|(?:i'?m )?sure",
    re.IGNORECASE,
)
_NO = re.compile(
    r"否|不是?|不(?:要|用|删|删除|确定)了?|别删?了?|先不删了?|取消|算了"
    r"|n|no|nope|no,? (?:thanks|thank you|keep (?:it|everything))|keep(?: it| everything)?|cancel|never ?mind"
    r"|do(?: ?n[o']t| not)(?: delete)?(?: it)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a person: how many rows by table, and what was said last.

    ``with_volunteer`` says that a person may be who was answered; ``conversation`` is none where
    there was no talk.
    """

    rows: Mapping[str, int]
    conversation: Conversation | None = None
    history: Sequence[Utterance] = ()
    with_volunteer: bool = False

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to tell of."""
        chosen = self.conversation is not None and self.conversation.language is not None
        return not chosen and not any(self.rows.get(each) for each in TOLD)


class Erasures(Protocol):
    """What can be deleted of a person, and the question about it; ``store`` provides it."""

    def kept(self, transport: str, key: str) -> Kept:
        """What is kept of a person."""
        ...

    def ask(self, transport: str, key: str, at: datetime) -> None:
        """Keep that the question was put."""
        ...

    def ask_no_more(self, conversation_id: str) -> None:
        """Keep that the question is answered, or was passed over."""
        ...

    def erase(self, transport: str, key: str) -> None:
        """Delete everything kept of a person."""
        ...


class Forget:
    """The wish to be forgotten, and the answer to the question about it."""

    def __init__(self, erasures: Erasures, wording: Wording, now: Callable[[], datetime]) -> None:
        self._erasures = erasures
        self._wording = wording
        self._now = now

    async def __call__(self, message: Message) -> Response | None:
        """The response to the wish or to the answer; none where a message is neither."""
        answer = meant(message)
        return await asyncio.to_thread(self._response, message, answer) if answer else None

    async def let_go(self, conversation: Conversation) -> None:
        """End a question that was passed over for something else."""
        if conversation.forget_asked_at is not None:
            await asyncio.to_thread(self._erasures.ask_no_more, conversation.id)

    def _response(self, message: Message, answer: str) -> Response | None:
        kept = Kept({}) if message.fresh else self._erasures.kept(message.transport, message.key)
        turn = self._turn(message, kept)
        if answer == "wish":
            return (
                self._gone(message, turn, kept) if kept.nothing else self._ask(message, turn, kept)
            )
        if self._is_open(message, kept):
            return self._gone(message, turn, kept) if answer == "yes" else self._left(turn, kept)
        if answer == "yes" and kept.nothing and not message.fresh:
            return self._gone(message, turn, kept)  # pressed twice, or the end of it was not heard
        if _is_button(message.text, answer, self._wording):
            return self._say(turn, "forget_outdated" if answer == "yes" else "forget_left")
        return None

    def _is_open(self, message: Message, kept: Kept) -> bool:
        """Whether the question stands, and this is meant for it rather than for a volunteer."""
        asked_at = kept.conversation.forget_asked_at if kept.conversation else None
        if asked_at is None or self._now() - asked_at > ANSWER_WITHIN:
            return False
        return not kept.with_volunteer or bool(re.search("删|刪|delete|keep", message.text, re.I))

    def _ask(self, message: Message, turn: Turn, kept: Kept) -> Response:
        self._erasures.ask(message.transport, message.key, self._now())
        language = turn.language
        text = self._wording.say("forget_ask", language).format(
            kept="\n".join(self._lines(kept, language)), elsewhere=self._elsewhere(turn)
        )
        words = [self._wording.say(each, language) for each in ("forget_yes", "forget_no")]
        return _responded(said(turn, text, [Action(each, each) for each in words], asks=True))

    def _lines(self, kept: Kept, language: Language) -> Iterator[str]:
        for table in TOLD:
            if count := kept.rows.get(table):
                yield self._wording.say(f"kept_{table}", language).format(count=count)
        if kept.conversation is not None and kept.conversation.language is not None:
            yield self._wording.say("kept_language", language)

    def _gone(self, message: Message, turn: Turn, kept: Kept) -> Response:
        """Delete; what is deleted already is deleted again, so that twice is once."""
        if not message.fresh:
            self._erasures.erase(message.transport, message.key)
        phrase = "nothing_kept" if kept.nothing else "forgotten"
        text = f"{self._wording.say(phrase, turn.language)} {self._elsewhere(turn)}"
        reply = _responded(said(turn, text.strip())).reply
        return Response(reply, forgotten=not message.fresh)

    def _left(self, turn: Turn, kept: Kept) -> Response:
        assert kept.conversation is not None
        self._erasures.ask_no_more(kept.conversation.id)
        return self._say(turn, "forget_left")

    def _say(self, turn: Turn, phrase: str) -> Response:
        return _responded(said(turn, self._wording.say(phrase, turn.language)))

    def _elsewhere(self, turn: Turn) -> str:
        """What lies with the person and is not ours to delete."""
        known = turn.transport if turn.transport in ("telegram", "web") else None
        return self._wording.say(f"elsewhere_{known}", turn.language) if known else ""

    def _turn(self, message: Message, kept: Kept) -> Turn:
        """The message in the language in which it is answered; a command shows none."""
        chosen = kept.conversation.language if kept.conversation else None
        wanted = message.language or chosen
        words = "" if message.text.strip().startswith("/") else message.text
        turn = Turn(
            id="",
            text=words,
            today=self._now().date(),
            context=tuple(kept.history),
            wanted_language=wanted,
            language=wanted or Language(script_of(words)),
            transport=message.transport,
        )
        read = script_read(turn)
        return replace(turn, context=(), wanted_language=read, language=read)


def meant(message: Message) -> str | None:
    """What a message can be: the wish, yes or no."""
    if message.kind is not Kind.TEXT or message.public:
        return None
    plain = simplified(message.text).strip(' 。.!！?？\n「」“”"')
    patterns = {"wish": _WISH, "yes": _YES, "no": _NO}
    return next((name for name, words in patterns.items() if words.fullmatch(plain)), None)


def _is_button(text: str, answer: str, wording: Wording) -> bool:
    """Whether a text is what one of our buttons says, in whichever language."""
    return text.strip() in {wording.say(f"forget_{answer}", language) for language in Language}


def _responded(turn: Turn) -> Response:
    assert turn.reply is not None
    return Response(turn.reply)
