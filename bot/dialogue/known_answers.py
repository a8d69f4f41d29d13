"""Answers worked out before, for messages that stand alone: the same words get the same answer.

Kept are assembled answers only. What a talk, an interview or a person who despairs is told is
worked out each time.
"""

import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b

from bot.answering.reply import Engine, Reply
from bot.answering.turn import Turn
from bot.knowledge.vocabulary import Risk

MOST_KEPT = 2000
LONGEST_TEXT = 300  # of characters; who writes more writes what nobody else will


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

    def get(self, turn: Turn) -> KnownAnswer | None:
        """The answer to these very words today, if they stand alone and were answered before."""
        if turn.context or len(turn.text) > LONGEST_TEXT:
            return None
        name = self._name(turn, self.version())
        known = self._kept.get(name)
        if known is not None:
            self._kept.move_to_end(name)
        return known

    def keep(self, asked: Turn, done: Turn, version: str | None = None) -> None:
        """Remember how a turn ended, where the words alone decided it.

        ``version`` is that of the knowledge when the turn began, which may be another by now.
        """
        if asked.context or len(asked.text) > LONGEST_TEXT or not _is_assembled(done):
            return
        assert done.reply is not None
        name = self._name(asked, self.version() if version is None else version)
        self._kept[name] = KnownAnswer(done.text, done.reply)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def _name(self, turn: Turn, version: str) -> bytes:
        about = (version, turn.today, turn.site, turn.wanted_language, turn.text)
        written = "\0".join(map(str, about)).encode("utf-8", "surrogatepass")
        return blake2b(written, digest_size=20, key=self._secret).digest()


def _is_assembled(done: Turn) -> bool:
    """Whether a turn went through the steps that advise, and through nothing but them."""
    draft, reply = done.draft, done.reply
    if draft is None or reply is None or draft.engine is not Engine.ENTRIES:
        return False
    return not done.afterwards and not reply.documents and reply.risk is not Risk.CRISIS
