"""The front door: a message comes in from any transport, a response goes back."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Protocol

from bot.answering.pipeline import Step, run
from bot.answering.reply import Action, Engine, Reply, Status, Utterance
from bot.answering.turn import Listener, Turn
from bot.answering.understanding.greeting import start_actions
from bot.dialogue.message import Kind, Message, Response
from bot.knowledge.vocabulary import Language
from bot.wording import Wording

log = logging.getLogger(__name__)


class Conversation(Protocol):
    """What the dialogue needs to know of a conversation."""

    @property
    def id(self) -> str:
        """Its unguessable id."""
        ...

    @property
    def language(self) -> Language | None:
        """The language the person chose, if any."""
        ...


class Conversations(Protocol):
    """What the dialogue keeps; ``store`` provides it."""

    def open(self, transport: str, key: str) -> Conversation:
        """The conversation of a transport's key, begun if it is new."""
        ...

    def history(self, conversation_id: str) -> tuple[Utterance, ...]:
        """The last messages, oldest first."""
        ...

    def record(
        self, conversation_id: str, question: str, reply: Reply, timings_ms: Mapping[str, float]
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
    ) -> None:
        self._steps = steps
        self._switches = switches
        self._conversations = conversations
        self._wording = wording
        self._today = today

    async def __call__(self, message: Message, listener: Listener | None = None) -> Response:
        """The response to a message; ``listener`` hears finished sentences before the end."""
        if self._switches is not None and await self._switches.off(message.transport):
            return Response(self._reply("maintenance", message.language or Language.SIMPLIFIED))
        if message.kind is not Kind.TEXT:
            return Response(self._fixed(message))
        conversation = await asyncio.to_thread(
            self._conversations.open, message.transport, message.key
        )
        turn = Turn(
            id=conversation.id,
            text=message.text,
            today=self._today(),
            context=await asyncio.to_thread(self._conversations.history, conversation.id),
            wanted_language=message.language or conversation.language,
            site=message.site,
            listener=listener,
        )
        done = await run(turn, self._steps)
        assert done.reply is not None
        answer_id = await asyncio.to_thread(
            self._conversations.record,
            conversation.id,
            done.text,
            done.reply,
            dict(done.timings_ms),
        )
        log.info(
            "answered",
            extra={"answer": answer_id, "status": done.reply.status, "engine": done.reply.engine},
        )
        return Response(done.reply, answer_id)

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
