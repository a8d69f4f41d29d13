"""A borrower whose words are in every table."""

import asyncio
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine

from bot.answering.reply import Action, Reply, Status
from bot.dialogue.hand_off import Line, Side
from bot.knowledge.vocabulary import Language
from bot.store.conversations import Conversations
from bot.store.hand_offs import HandOffs
from bot.store.interviews import Interviews
from bot.store.outbox import Incoming, Outbox, Outgoing
from bot.store.web_conversations import Admission, KeptAnswer, WebConversations

PERSON = 7


def canary() -> str:
    """A word that is nowhere else, not even in what other tests left in a server's log."""
    return f"金丝雀欠款{secrets.token_hex(8)}"


@dataclass(frozen=True, slots=True)
class Seeded:
    """What was planted, by its ids."""

    conversation: str
    answer: str
    web: str
    word: str


def seed(engine: Engine) -> Seeded:
    """Plant a canary wherever a person's words go."""
    word = canary()
    talks, outbox, web = Conversations(engine), Outbox(engine, "seed:1"), WebConversations(engine)
    talk = talks.open("telegram", str(PERSON))
    reply = Reply(Status.ANSWERED, word, actions=(Action("更多", word),))
    answer = asyncio.run(talks.record(talk, f"我叫{word}", reply, {"Retrieve": 2.5}))
    talks.rate(answer, useful=False, reason=word)
    Interviews(engine).save(talk.id, f'{{"name": "{word}"}}')
    outbox.store([Incoming(PERSON, PERSON, f'{{"text": "{word}"}}')])
    outbox.store([Incoming(PERSON + 1, PERSON + 1, "{}")])
    outbox.finish(PERSON + 1, [Outgoing(PERSON, "document", {"html": word}, content=word.encode())])
    admission = Admission(datetime.now(UTC))
    asyncio.run(web.begin(admission))
    web.keep_answer(admission.id, "key-00000001", KeptAnswer("run", "request", (word,)))
    asyncio.run(talks.record(talks.open("web", admission.id), word, reply, {}))
    hand_offs = HandOffs(engine)
    hand_off = hand_offs.ask(talk.id, Language.SIMPLIFIED)
    hand_offs.add(hand_off.number, Line(Side.VOLUNTEERS, word, Side.BORROWER))
    return Seeded(talk.id, answer, admission.id, word)
