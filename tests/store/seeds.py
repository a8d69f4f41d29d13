"""A borrower whose words are in every table."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine

from bot.answering.reply import Action, Reply, Status
from bot.store.conversations import Conversations
from bot.store.interviews import Interviews
from bot.store.outbox import Incoming, Outbox, Outgoing
from bot.store.web_conversations import Admission, KeptAnswer, WebConversations

CANARY = "金丝雀欠款四十二万"
PERSON = 7


@dataclass(frozen=True, slots=True)
class Seeded:
    """What was planted, by its ids."""

    conversation: str
    answer: str


def seed(engine: Engine, key: str = str(PERSON), transport: str = "telegram") -> Seeded:
    """Plant the canary wherever a person's words go."""
    talks, outbox, web = Conversations(engine), Outbox(engine, "seed:1"), WebConversations(engine)
    talk = talks.open(transport, key)
    reply = Reply(Status.ANSWERED, CANARY, actions=(Action("更多", CANARY),))
    answer = asyncio.run(talks.record(talk, f"我叫{CANARY}", reply, {"Retrieve": 2.5}))
    talks.rate(answer, useful=False, reason=CANARY)
    Interviews(engine).save(talk.id, f'{{"name": "{CANARY}"}}')
    outbox.store([Incoming(PERSON, PERSON, f'{{"text": "{CANARY}"}}')])
    outbox.store([Incoming(PERSON + 1, PERSON + 1, "{}")])
    outbox.finish(
        PERSON + 1, [Outgoing(PERSON, "document", {"html": CANARY}, content=CANARY.encode())]
    )
    admission = Admission(datetime.now(UTC))
    asyncio.run(web.begin(admission))
    web.keep_answer(admission.id, "key-00000001", KeptAnswer("run", "request", (CANARY,)))
    return Seeded(talk.id, answer)
