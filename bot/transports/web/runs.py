"""Answers in the making: several readers may follow one, and come back to it."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol

from bot.answering.reply import Reply
from bot.answering.turn import Listener
from bot.dialogue.known_answers import KnownAnswer
from bot.dialogue.message import Message, Response
from bot.dialogue.respond import Respond
from bot.store.ids import random_bytes
from bot.store.web_conversations import Admission, KeptAnswer, hashed
from bot.transports.web.events import HEARTBEAT, WrittenReplies, closing, deltas, event
from bot.transports.web.limits import Limits
from bot.transports.web.problems import Problem
from bot.transports.web.tally import Tally

log = logging.getLogger(__name__)

LOOK_AGAIN_SECONDS = 0.2
FAULT = "出了点问题，请过一分钟再发一次。正在被威胁请先打 110。"


class KeptAnswers(Protocol):
    """Where finished answers are kept to be sent again, and the conversations that they begin."""

    def put(self, admission: Admission) -> Awaitable[None]:
        """A new conversation, kept when this is done, with what is put right after it."""
        ...

    def keep_answer(self, conversation_id: str, key: str, answer: KeptAnswer) -> None:
        """Keep an answer under the key of its request."""
        ...

    def kept_answer(self, conversation_id: str, key: str) -> KeptAnswer | None:
        """The answer to a request that was made before."""
        ...

    @property
    def shared(self) -> bool:
        """Whether other processes may be answering too."""
        ...

    def claim(self, conversation_id: str, key: str, request: str) -> bool:
        """Take the making of an answer; False while another process makes it."""
        ...

    def give_up(self, conversation_id: str, key: str) -> None:
        """Leave the making of an answer to whoever is asked next."""
        ...


class HandedOver(Protocol):
    """Who knows whether a person goes on with a talk."""

    async def stage(self, message: Message, reply: Reply) -> str | None:
        """Where the hand-off stands after a reply."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """A message with what makes its answer one that can be asked for again.

    ``opening`` is what the first event tells; ``body`` is the request in full; ``key`` names it;
    ``admit`` counts it before an answer is begun, or refuses; ``begins`` is the conversation that is
    kept with the answer where the message begins one.
    """

    message: Message
    opening: dict[str, Any]
    body: str = ""
    key: str | None = None
    begins: Admission | None = None
    admit: Callable[[], Awaitable[None]] | None = None

    @property
    def place(self) -> tuple[str, str] | None:
        """Under what the running answer is found again."""
        return (self.message.key, self.key) if self.key is not None else None

    @property
    def request(self) -> str:
        """The body as a fingerprint; the key, which is not kept, hides what was written."""
        return hashed(f"{self.key}\n{self.body}")


class Run:
    """One answer: its events so far, and who waits for the next."""

    def __init__(self, request: str) -> None:
        self.id = random_bytes()[:8].hex()
        self.request = request
        self.events: list[str] = []
        self.ended = False
        self.readers = 0
        self.making: asyncio.Task[None] | None = None
        self._changed = asyncio.Event()

    def add(self, name: str, content: Any) -> None:
        """Tell one event more."""
        self.events.append(event(f"{self.id}.{len(self.events) + 1}", name, content))
        self._wake()

    def end(self) -> None:
        """Tell that nothing follows."""
        self.ended = True
        self._wake()

    async def follow(self, place: int, heartbeat: float) -> AsyncIterator[str]:
        """The events after a place, as they come; a sign of life where none comes for long."""
        while True:
            changed = self._changed
            fresh = self.events[place:]
            if fresh:
                place += len(fresh)
                yield "".join(fresh)  # one write for all that is there
                continue  # more may have come while it was written
            if self.ended:
                return
            try:
                async with asyncio.timeout(heartbeat):
                    await changed.wait()
            except TimeoutError:
                yield HEARTBEAT

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()


class Runs:
    """Starts answers, finds them again, and ends those that nobody reads any more."""

    def __init__(
        self,
        respond: Respond,
        kept: KeptAnswers,
        tally: Tally,
        volunteers: HandedOver,
        limits: Limits,
    ) -> None:
        self._volunteers = volunteers
        self._respond = respond
        self._tally = tally
        self._kept = kept
        self._heartbeat = limits.heartbeat
        self._patience = limits.patience
        self._written = WrittenReplies()
        self._running: dict[tuple[str, str], Run] = {}

    async def events(self, asked: Asked, last_event: str | None = None) -> AsyncIterator[str]:
        """The events of an answer, after the last one its reader has."""
        run = self._found(asked) or await self._sent_before(asked) or self._found(asked)
        if run is not None and run.request != asked.request:
            raise Problem(422, "key_reused", "This Idempotency-Key belongs to another message.")
        if run is None and asked.admit is not None:
            await asked.admit()
            run = self._found(asked)
        run = run or self._start(asked)
        return self._read(run, place_after(run, last_event), asked)

    async def known(self, asked: Asked, answer: KnownAnswer) -> bytes:
        """All events of an answer that need not be worked out."""
        run = random_bytes()[:8].hex()
        opening = event(f"{run}.1", "status", asked.opening).encode()
        try:
            response = await self._both(self._respond.give(asked.message, answer), asked)
        except Exception:
            log.exception("a web answer failed")
            return opening + event(f"{run}.2", "error", {"message": FAULT}).encode()
        return opening + self._written(run, response)

    def stop(self) -> None:
        """End every answer in the making."""
        for run in self._running.values():
            if run.making is not None:
                run.making.cancel()

    def _found(self, asked: Asked) -> Run | None:
        return self._running.get(asked.place) if asked.place is not None else None

    async def _sent_before(self, asked: Asked) -> Run | None:
        if asked.place is None or asked.message.fresh:
            return None
        kept = await asyncio.to_thread(self._kept.kept_answer, *asked.place)
        if kept is None:
            return None
        run = Run(kept.request)
        run.id, run.events, run.ended = kept.run, list(kept.events), True
        return run

    def _start(self, asked: Asked) -> Run:
        run = Run(asked.request)
        if asked.place is not None:
            self._running[asked.place] = run
        run.making = asyncio.create_task(self._make(run, asked))
        return run

    async def _read(self, run: Run, place: int, asked: Asked) -> AsyncIterator[str]:
        run.readers += 1
        try:
            async for each in run.follow(place, self._heartbeat):
                yield each
        finally:
            run.readers -= 1
            self._left(run, asked)

    def _left(self, run: Run, asked: Asked) -> None:
        """A reader is gone: one with a key may come back, of the others nothing is owed."""
        if run.readers or run.ended or run.making is None:
            return
        if asked.key is None:
            run.making.cancel()
        else:
            asyncio.get_running_loop().call_later(self._patience, cancel_if_alone, run)

    async def _make(self, run: Run, asked: Asked) -> None:
        try:
            if await self._made_elsewhere(run, asked):
                return
            run.add("status", asked.opening)
            response = await self._both(self._respond(asked.message, _teller(run)), asked)
            stage = await self._volunteers.stage(asked.message, response.reply)
            for name, content in _rest(run, response, stage):
                run.add(name, content)
            await self._keep(run, asked)
        except Exception:
            log.exception("a web answer failed")
            run.add("error", {"message": FAULT})
            await self._give_up(asked)
        finally:
            if asked.place is not None:
                self._running.pop(asked.place, None)
            run.end()

    async def _both(self, answering: Awaitable[Response], asked: Asked) -> Response:
        """The response, when the conversation that it may begin is kept too."""
        begun = self._kept.put(asked.begins) if asked.begins is not None else None
        response = await answering
        if begun is not None:
            await begun
        await self._tally.answered(asked.message.site, response.reply.status)
        return response

    async def _made_elsewhere(self, run: Run, asked: Asked) -> bool:
        """Wait for an answer that another process makes; False where it is ours to make."""
        if asked.place is None or not self._kept.shared:
            return False
        while not await asyncio.to_thread(self._kept.claim, *asked.place, asked.request):
            kept = await asyncio.to_thread(self._kept.kept_answer, *asked.place)
            if kept is not None:
                run.id, run.events = kept.run, list(kept.events)
                return True
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
        return False

    async def _give_up(self, asked: Asked) -> None:
        if asked.place is not None and self._kept.shared:
            with suppress(Exception):  # it runs out by itself
                await asyncio.to_thread(self._kept.give_up, *asked.place)

    async def _keep(self, run: Run, asked: Asked) -> None:
        if asked.place is not None:
            answer = KeptAnswer(run.id, run.request, tuple(run.events))
            await asyncio.to_thread(self._kept.keep_answer, *asked.place, answer)


def _teller(run: Run) -> Listener:
    async def tell(sentence: str) -> None:
        run.add("delta", {"text": sentence + "\n"})

    return tell


def _rest(run: Run, response: Response, stage: str | None) -> list[tuple[str, Any]]:
    """What was not told yet: the text where no sentence came early, and the closing."""
    text = [] if len(run.events) > 1 else list(deltas(response.reply.text))
    return [*text, *closing(response, stage)]


def place_after(run: Run, last_event: str | None) -> int:
    """How many events its reader has; another run's events are no use to this one."""
    name, _, number = (last_event or "").partition(".")
    return int(number) if name == run.id and number.isdecimal() else 0


def cancel_if_alone(run: Run) -> None:
    """End an answer that nobody came back to."""
    if not run.readers and not run.ended and run.making is not None:
        run.making.cancel()
