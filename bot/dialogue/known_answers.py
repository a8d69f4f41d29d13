"""Answers worked out before, for messages that stand alone: the same words get the same answer.

Kept is what the steps that only read decided: the reviewed words of the safety screen, a greeting's,
and assembled answers. What a talk, an interview or a model is asked for is worked out each time.
"""

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b

from bot.answering.check_safety import CheckSafety
from bot.answering.clean import Clean
from bot.answering.reply import Engine, Reply
from bot.answering.turn import Turn
from bot.answering.understand import Understand

MOST_KEPT = 2000
LONGEST_TEXT = 300  # of characters; who writes more writes what nobody else will
_READING = {
    step.__name__ for step in (Clean, CheckSafety, Understand)
}  # their replies need no draft


@dataclass(frozen=True, slots=True)
class KnownAnswer:
    """A masked question and its reply."""

    question: str
    reply: Reply


class KnownAnswers:
    """A bounded memory, in which a question lies as a hash that only this process can make."""

    def __init__(self, version: Callable[[], str], most: int = MOST_KEPT) -> None:
        self.version = version
        self._most = most
        self._secret = secrets.token_bytes(32)
        self._kept: OrderedDict[bytes, KnownAnswer] = OrderedDict()
        self._making: dict[tuple[int, bytes], asyncio.Event] = {}

    def get(self, turn: Turn) -> KnownAnswer | None:
        """The answer to these very words today, if they stand alone and were answered before."""
        if not _stands_alone(turn):
            return None
        name = self._name(turn, self.version())
        known = self._kept.get(name)
        if known is not None:
            self._kept.move_to_end(name)
        return known

    async def soon(self, turn: Turn) -> KnownAnswer | None:
        """The answer, where somebody else's turn with these very words is being worked out."""
        making = self._making.get(self._place(turn)) if _stands_alone(turn) else None
        if making is None:
            return None
        await making.wait()
        return self.get(turn)

    @contextmanager
    def making(self, turn: Turn) -> Iterator[None]:
        """Let others with the same words wait while this turn is worked out."""
        made = asyncio.Event()
        place = self._place(turn)
        first = _stands_alone(turn) and self._making.setdefault(place, made) is made
        try:
            yield
        finally:
            if first:
                del self._making[place]
                made.set()

    def keep(self, asked: Turn, done: Turn, version: str | None = None) -> None:
        """Remember how a turn ended, where the words alone decided it.

        ``version`` is that of the knowledge when the turn began, which may be another by now.
        """
        if not _stands_alone(asked) or not _by_words_alone(done):
            return
        assert done.reply is not None
        name = self._name(asked, self.version() if version is None else version)
        self._kept[name] = KnownAnswer(done.text, done.reply)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def _place(self, turn: Turn) -> tuple[int, bytes]:
        """The name of a turn in the event loop that works it out."""
        return id(asyncio.get_running_loop()), self._name(turn, self.version())

    def _name(self, turn: Turn, version: str) -> bytes:
        about = (version, turn.today, turn.site, turn.wanted_language, turn.text)
        written = "\0".join(map(str, about)).encode("utf-8", "surrogatepass")
        return blake2b(written, digest_size=20, key=self._secret).digest()


def _stands_alone(turn: Turn) -> bool:
    return not turn.context and len(turn.text) <= LONGEST_TEXT


def _by_words_alone(done: Turn) -> bool:
    """Whether a turn went through the steps that only read, and through nothing but them."""
    if done.reply is None or done.reply.documents or done.afterwards:
        return False
    if done.draft is not None:
        return done.draft.engine is Engine.ENTRIES
    return bool(done.timings_ms) and done.timings_ms[-1][0] in _READING
