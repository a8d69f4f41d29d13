"""What to say to an update: commands, buttons, questions; all advice comes from the dialogue."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

from telegram import Bot
from telegram.error import TelegramError

from bot.answering.reply import Action, Engine, Reply, Status
from bot.answering.turn import Listener
from bot.dialogue.message import Kind, Response
from bot.dialogue.message import Message as Said
from bot.knowledge.vocabulary import Language
from bot.store.outbox import Incoming, Outbox, Outgoing
from bot.transports.telegram import parcels
from bot.transports.telegram.documents import Documents, SentFile
from bot.transports.telegram.first_words import FirstWords
from bot.transports.telegram.hear import Heard, heard_in
from bot.transports.telegram.pace import Pace
from bot.transports.telegram.people import TRANSPORT, People
from bot.transports.telegram.volunteers import Volunteers
from bot.wording import Wording

log = logging.getLogger(__name__)

MINUTE = timedelta(minutes=1)
ALBUMS_REMEMBERED = 1000
# The buttons under what is said without being kept, and what they say for the person.
SAYINGS = {
    "stop_reminders": "stop_reminders",
    "cannot_pay": "ask_cannot_pay",
    "forget_yes": "forget_yes",
    "forget_no": "forget_no",
}
RATINGS = {"useful": True, "not": False}
LANGUAGE_NAMES = {
    Language.SIMPLIFIED: "简体中文",
    Language.TRADITIONAL: "繁體中文",
    Language.ENGLISH: "English",
}
# Commands that are a sentence said to the dialogue, and those that need a person's own data.
SENTENCES = ("plan", "letters", "rates", "human", "forget")
PRIVATE = (*SENTENCES, "mydata")


class Dialogue(Protocol):
    """What the bot needs of the dialogue."""

    async def __call__(self, message: Said, listener: Listener | None = None) -> Response:
        """The response to a message."""
        ...

    async def action(self, answer_id: str, number: int) -> str | None:
        """The message behind a button of an answer."""
        ...

    async def rate(self, answer_id: str, *, useful: bool, reason: str | None = None) -> bool:
        """Keep whether an answer helped."""
        ...

    def start_actions(self, language: Language) -> tuple[Action, ...]:
        """The buttons of a beginning."""
        ...


class Handle:
    """Turns one update into what is to be said."""

    def __init__(
        self,
        bot: Bot,
        dialogue: Dialogue,
        words: Wording,
        people: People,
        outbox: Outbox,
        per_minute: int,
        volunteers: Volunteers,
        pace: Pace,
        documents: Documents,
    ) -> None:
        self._bot = bot
        self._dialogue = dialogue
        self._words = words
        self._people = people
        self._outbox = outbox
        self._per_minute = per_minute
        self._volunteers = volunteers
        self._pace = pace
        self._documents = documents
        self._albums: deque[str] = deque(maxlen=ALBUMS_REMEMBERED)
        self._commands: Mapping[str, Callable[[Heard], Awaitable[list[Outgoing]]]] = {
            "language": self._language,
            "privacy": self._privacy,
            "mydata": self._mydata,
        }

    async def __call__(self, incoming: Incoming) -> list[Outgoing]:
        """The parcels an update is answered with; a fault of ours is answered kindly."""
        heard = heard_in(incoming.body, self._bot)
        if heard is None:
            return []
        if heard.blocked:
            await self.gone(heard.chat)
            return []
        try:
            if (done := await self._volunteers(heard)) is not None:
                await self._stop_spinner(heard)
                return done
            return await self._in_measure(heard, incoming) if heard.addressed else []
        except Exception:
            log.exception("a telegram answer failed")
            return [self._say("busy", heard)]

    async def gone(self, chat: int) -> None:
        """Keep nothing to say for a chat that can no longer be reached."""
        await asyncio.to_thread(self._outbox.abandon, chat)
        await self._people.gone(str(chat))

    async def _in_measure(self, heard: Heard, incoming: Incoming) -> list[Outgoing]:
        ahead = await asyncio.to_thread(self._outbox.ahead, incoming, MINUTE)
        if ahead > self._per_minute:
            return []
        if ahead == self._per_minute:
            return [self._say("slow_down", heard)]
        return await self._answered(heard, incoming)

    async def _answered(self, heard: Heard, incoming: Incoming) -> list[Outgoing]:
        if heard.press is not None:
            return await self._pressed(heard, incoming)
        if heard.command is not None:
            return await self._commanded(heard, heard.command, incoming)
        if heard.kind is Kind.TEXT:
            return await self._ask(heard, heard.text, incoming)
        if heard.file is not None:
            return await self._sent(heard, heard.file, incoming)
        kind_word = [] if self._is_told(heard) else await self._fixed(heard, heard.kind)
        return kind_word + (await self._ask(heard, heard.text, incoming) if heard.text else [])

    def _is_told(self, heard: Heard) -> bool:
        """Whether the kind word was given for another picture of the same album."""
        told = heard.album in self._albums
        if heard.album:
            self._albums.append(heard.album)
        return told

    async def _sent(self, heard: Heard, file: SentFile, incoming: Incoming) -> list[Outgoing]:
        """A file is answered by what it is; with words under it they are answered too."""
        if not heard.private:
            return [self._say("private_only", heard)]
        read = await self._documents(file, heard.chat, await self._language_of(heard))
        if not read.question and not heard.text:
            return [self._told(heard, read.heading)]
        question = "？".join(filter(None, (read.question, heard.text)))
        return await self._ask(heard, question, incoming, read.heading)

    async def _commanded(self, heard: Heard, name: str, incoming: Incoming) -> list[Outgoing]:
        if name in PRIVATE and not heard.private:
            return [self._say("private_only", heard)]
        if name in self._commands:
            return await self._commands[name](heard)
        if name in SENTENCES:
            asks = self._words.say(f"ask_{name}", await self._language_of(heard))
            said = {"rates": f"{asks}：{heard.text}", "forget": asks}.get(name, heard.text)
            return await self._ask(heard, said if heard.text else asks, incoming)
        return await self._fixed(heard, Kind.START if name == "start" else Kind.HELP)

    async def _pressed(self, heard: Heard, incoming: Incoming) -> list[Outgoing]:
        press, *rest = (heard.press or "").split(":")
        if press in RATINGS and rest:
            return [await self._rated(heard, rest[0], useful=RATINGS[press])]
        await self._stop_spinner(heard)
        if press == "lang" and rest:
            return await self._chosen(heard, rest[0])
        if press == "type":
            return [await self._own(heard, "just_type")]
        text = await self._message_behind(heard, press, rest)
        if text is None:
            return [await self._own(heard, "old_button")]
        return await self._ask(heard, text, incoming)

    async def _stop_spinner(self, heard: Heard) -> None:
        """Say that a press has arrived, where it was one."""
        with suppress(TelegramError):  # a courtesy
            if heard.query_id:
                await self._bot.answer_callback_query(heard.query_id)

    async def _message_behind(self, heard: Heard, press: str, rest: list[str]) -> str | None:
        """The message that a button stands for; none if its answer is gone."""
        number = int(rest[-1]) if rest and rest[-1].isdecimal() else -1
        if press == "start":
            actions = self._dialogue.start_actions(await self._language_of(heard))
            return actions[number].message if 0 <= number < len(actions) else None
        if press == "say" and rest and rest[0] in SAYINGS:
            return self._words.say(SAYINGS[rest[0]], await self._language_of(heard))
        return await self._dialogue.action(rest[0], number) if press == "ask" else None

    async def _rated(self, heard: Heard, answer_id: str, *, useful: bool) -> Outgoing:
        await self._dialogue.rate(answer_id, useful=useful)
        thanks = "thanks_useful" if useful else "thanks_not_useful"
        text = self._words.say(thanks, await self._language_of(heard))
        return parcels.toast(heard.chat, heard.query_id, text)

    async def _ask(
        self, heard: Heard, text: str, incoming: Incoming, heading: str = ""
    ) -> list[Outgoing]:
        """Put a question to the dialogue and show its first words on the way."""
        language = await self._people.language(heard.key)

        async def began(message_id: int) -> None:
            await asyncio.to_thread(self._outbox.began, incoming.update_id, message_id)

        async def silence(seconds: float) -> None:
            until = datetime.now(UTC) + timedelta(seconds=seconds)
            await asyncio.to_thread(self._outbox.keep_silent, heard.chat, until)

        holding = self._words.say("working", language or heard.language)
        said = Said(TRANSPORT, heard.key, text, Kind.TEXT, language, public=not heard.private)
        first_words = FirstWords(
            self._bot, self._pace, heard.chat, holding, incoming.draft_id, began, silence
        )
        async with first_words:
            response = headed(heading, await self._asked(said, first_words.hear))
        if response.forgotten:
            await asyncio.to_thread(self._outbox.forget, heard.chat)
        return list(
            parcels.answer(
                heard.chat,
                response,
                self._words,
                self._buttons(response),
                first_words.message_id,
                heard.reply_to,
            )
        )

    async def _asked(self, said: Said, listener: Listener) -> Response:
        """The dialogue's response; where it fails the person is asked to try again."""
        try:
            return await self._dialogue(said, listener)
        except Exception:
            log.exception("the dialogue failed")
            language = said.language or Language.SIMPLIFIED
            return Response(worded(self._words.say("busy", language), language))

    async def _fixed(self, heard: Heard, kind: Kind) -> list[Outgoing]:
        """Something the dialogue says to what is not a question."""
        language = await self._language_of(heard)
        said = Said(TRANSPORT, heard.key, "", kind, language)
        response = await self._dialogue(said)
        buttons = self._buttons(response)
        if kind is Kind.START:
            buttons = [*buttons, [(self._words.say("just_ask", language), "type")]]
        reply_to = heard.reply_to
        return list(parcels.answer(heard.chat, response, self._words, buttons, reply_to=reply_to))

    def _buttons(self, response: Response) -> list[list[tuple[str, str]]]:
        """The next questions, one a row, and the verdict."""
        rows = [
            [(action.label, self._press(response, number))]
            for number, action in enumerate(response.reply.actions)
        ]
        if response.answer_id is not None and is_an_answer(response.reply):
            verdict = (("useful", "useful"), ("not_useful", "not"))
            language = response.reply.language
            rows.append(
                [
                    (self._words.say(word, language), f"{press}:{response.answer_id}")
                    for word, press in verdict
                ]
            )
        return rows

    def _press(self, response: Response, number: int) -> str:
        """What a button tells us when it is pressed."""
        if response.answer_id:
            return f"ask:{response.answer_id}:{number}"
        language, message = response.reply.language, response.reply.actions[number].message
        said = (name for name in SAYINGS if self._words.say(SAYINGS[name], language) == message)
        return f"say:{name}" if (name := next(said, None)) else f"start:{number}"

    async def _language(self, heard: Heard) -> list[Outgoing]:
        rows = [[(name, f"lang:{language}")] for language, name in LANGUAGE_NAMES.items()]
        return [await self._own(heard, "choose_language", rows)]

    async def _chosen(self, heard: Heard, code: str) -> list[Outgoing]:
        if code not in set(Language):
            return [await self._own(heard, "old_button")]
        await self._people.choose(heard.key, Language(code))
        return [await self._own(heard, "language_set")]

    async def _privacy(self, heard: Heard) -> list[Outgoing]:
        return [await self._own(heard, "privacy")]

    async def _mydata(self, heard: Heard) -> list[Outgoing]:
        document = await self._people.export(heard.key)
        return [await self._own(heard, "mydata"), parcels.file(heard.chat, document)]

    async def _own(
        self, heard: Heard, phrase: str, buttons: Iterable[Sequence[tuple[str, str]]] = ()
    ) -> Outgoing:
        """One of the bot's own phrases, in the person's language."""
        return self._say(phrase, heard, await self._language_of(heard), list(buttons))

    def _say(
        self,
        phrase: str,
        heard: Heard,
        language: Language | None = None,
        buttons: parcels.Rows = (),
    ) -> Outgoing:
        text = self._words.say(phrase, language or heard.language)
        return self._told(heard, text, buttons)

    def _told(self, heard: Heard, text: str, buttons: parcels.Rows = ()) -> Outgoing:
        response = Response(worded(text, heard.language))
        (said,) = parcels.answer(
            heard.chat, response, self._words, buttons, reply_to=heard.reply_to
        )
        return said

    async def _language_of(self, heard: Heard) -> Language:
        return await self._people.language(heard.key) or heard.language


def worded(text: str, language: Language) -> Reply:
    """One of the bot's own phrases as a reply."""
    return Reply(Status.CLARIFY, text, language, engine=Engine.REVIEWED_WORDING)


def headed(heading: str, response: Response) -> Response:
    """A response under what is said of the file it is about; danger stands first, alone."""
    if not heading or response.reply.status is Status.CRISIS:
        return response
    return replace(
        response, reply=replace(response.reply, text=f"{heading}\n\n{response.reply.text}")
    )


def is_an_answer(reply: Reply) -> bool:
    """Whether a reader can say that it helped: a question of ours, or a form, is no answer."""
    worded_for_all = reply.engine is Engine.REVIEWED_WORDING and not reply.sources
    return reply.status is not Status.CLARIFY and not worded_for_all
