"""The front door: a message comes in from any transport, a response goes back."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Protocol

from bot.answering.pipeline import Step, run
from bot.answering.reply import Action, Engine, Reply, Status, Utterance
from bot.answering.turn import Listener, Turn
from bot.answering.understanding.greeting import start_actions
from bot.dialogue.conversation import Conversation
from bot.dialogue.forget import Forget
from bot.dialogue.known_answers import KnownAnswer, KnownAnswers
from bot.dialogue.message import Kind, Message, Response
from bot.knowledge.vocabulary import Language
from bot.wording import Wording

log = logging.getLogger(__name__)

NOTHING: Mapping[str, float] = MappingProxyType({})


class Conversations(Protocol):
    """What the dialogue keeps; ``store`` provides it."""

    def open(self, transport: str, key: str) -> Conversation:
        """The conversation of a transport's key, begun if it is new."""
        ...

    def fresh(self, transport: str, key: str) -> Conversation:
        """The conversation of a key that nobody used before, not kept yet."""
        ...

    async def begin(self, conversation: Conversation) -> Conversation:
        """The conversation, kept."""
        ...

    def history(self, conversation_id: str) -> tuple[Utterance, ...]:
        """The last messages, oldest first."""
        ...

    async def record(
        self,
        conversation: Conversation,
        question: str,
        reply: Reply,
        timings_ms: Mapping[str, float],
    ) -> str:
        """Keep a masked question and its answer; the answer's id."""
        ...

    def action(self, answer_id: str, number: int) -> str | None:
        """The message behind a button of an answer."""
        ...

    def rate(self, answer_id: str, *, useful: bool, reason: str | None = None) -> bool:
        """Keep whether an answer helped."""
        ...


class Switches(Protocol):
    """What an operator can switch off; ``store`` provides it."""

    async def off(self, name: str) -> bool:
        """Whether a transport is switched off."""
        ...


class Respond:
    """Answers messages; holds no state of its own."""

    def __init__(
        self,
        steps: Sequence[Step],
        conversations: Conversations,
        wording: Wording,
        today: Callable[[], date],
        switches: Switches | None = None,
        known: KnownAnswers | None = None,
        in_public: Sequence[Step] | None = None,
        forget: Forget | None = None,
    ) -> None:
        self._forget = forget
        self._steps = steps
        self._in_public = in_public or steps
        self._switches = switches
        self._known = known
        self._conversations = conversations
        self._wording = wording
        self._today = today

    async def __call__(self, message: Message, listener: Listener | None = None) -> Response:
        """The response to a message; ``listener`` hears finished sentences before the end."""
        if (about_forgetting := await self._about_forgetting(message)) is not None:
            return about_forgetting
        if await self._is_off(message.transport):
            return self._away(message)
        if message.kind is not Kind.TEXT:
            return Response(self._fixed(message))
        conversation, context = await self._opened(message)
        if self._forget is not None:
            await self._forget.let_go(conversation)
        turn = replace(self._turn(message, conversation), context=context, listener=listener)
        known = self._known_answer(turn) or await self._known_soon(turn)
        if known is not None:
            return await self._given(conversation, known)
        conversation = await self._conversations.begin(conversation)  # an interview hangs on it
        done = await self._worked_out(turn, self._in_public if message.public else self._steps)
        assert done.reply is not None
        return await self._given(
            conversation, KnownAnswer(done.text, done.reply), dict(done.timings_ms)
        )

    async def _about_forgetting(self, message: Message) -> Response | None:
        return await self._forget(message) if self._forget is not None else None

    async def _known_soon(self, turn: Turn) -> KnownAnswer | None:
        return await self._known.soon(turn) if self._known is not None else None

    async def _worked_out(self, turn: Turn, steps: Sequence[Step]) -> Turn:
        if self._known is None:
            return await run(turn, steps)
        with self._known.making(turn):
            version = self._known.version()
            done = await run(turn, steps)
            self._known.keep(turn, done, version)
            return done

    def known(self, message: Message) -> KnownAnswer | None:
        """The answer to a fresh message, where it need not be worked out."""
        if message.kind is not Kind.TEXT or not message.fresh:
            return None
        conversation = Conversation("", None, message.transport, message.key, begun=False)
        return self._known_answer(self._turn(message, conversation))

    async def give(self, message: Message, known: KnownAnswer) -> Response:
        """The response to a fresh message whose answer is known."""
        if await self._is_off(message.transport):
            return self._away(message)
        return await self._given(self._conversations.fresh(message.transport, message.key), known)

    async def _is_off(self, transport: str) -> bool:
        return self._switches is not None and await self._switches.off(transport)

    def _away(self, message: Message) -> Response:
        return Response(self._reply("maintenance", message.language or Language.SIMPLIFIED))

    def _turn(self, message: Message, conversation: Conversation) -> Turn:
        return Turn(
            id=conversation.id,
            text=message.text,
            today=self._today(),
            fresh=message.fresh,
            wanted_language=message.language or conversation.language,
            site=message.site,
            transport=message.transport,
        )

    def _known_answer(self, turn: Turn) -> KnownAnswer | None:
        return self._known.get(turn) if self._known is not None else None

    async def _opened(self, message: Message) -> tuple[Conversation, tuple[Utterance, ...]]:
        """The conversation, and what was said in it before."""
        if message.fresh:
            return self._conversations.fresh(message.transport, message.key), ()
        return await asyncio.to_thread(self._looked_up, message)

    def _looked_up(self, message: Message) -> tuple[Conversation, tuple[Utterance, ...]]:
        conversation = self._conversations.open(message.transport, message.key)
        return conversation, self._conversations.history(conversation.id)

    async def _given(
        self,
        conversation: Conversation,
        answer: KnownAnswer,
        timings_ms: Mapping[str, float] = NOTHING,
    ) -> Response:
        """The response, kept before it is given."""
        reply = answer.reply
        answer_id = await self._conversations.record(
            conversation, answer.question, reply, timings_ms
        )
        log.info(
            "answered",
            extra={
                "answer": answer_id,
                "transport": conversation.transport,
                "status": reply.status,
                "engine": reply.engine,
                "risk": reply.risk,
                "timings_ms": timings_ms,
            },
        )
        return Response(reply, answer_id)

    async def action(self, answer_id: str, number: int) -> str | None:
        """The message behind a button of an answer; none if there is no such button."""
        return await asyncio.to_thread(self._conversations.action, answer_id, number)

    async def rate(self, answer_id: str, *, useful: bool, reason: str | None = None) -> bool:
        """Keep whether an answer helped; False if there is no such answer."""
        return await asyncio.to_thread(
            self._conversations.rate, answer_id, useful=useful, reason=reason
        )

    def _fixed(self, message: Message) -> Reply:
        language = message.language or Language.SIMPLIFIED
        if message.kind is Kind.START:
            return self._reply("welcome", language, actions=self.start_actions(language))
        return self._reply(str(message.kind), language)

    def start_actions(self, language: Language) -> tuple[Action, ...]:
        """The four big buttons of a beginning."""
        return start_actions(self._wording, language)

    def _reply(self, phrase: str, language: Language, actions: tuple[Action, ...] = ()) -> Reply:
        return Reply(
            Status.CLARIFY,
            self._wording.say(phrase, language),
            language,
            actions=actions,
            engine=Engine.REVIEWED_WORDING,
        )
