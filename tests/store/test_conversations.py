"""What is kept of a conversation, and how it goes away."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from bot.answering.reply import Action, Reply, Status, Utterance
from bot.dialogue.conversation import Conversation
from bot.knowledge.vocabulary import Language
from bot.store.conversations import Conversations
from bot.store.ids import new_id
from bot.store.personal_data import forget
from bot.store.tables import AnswerRow, FeedbackRow, MessageRow

REPLY = Reply(
    Status.ANSWERED,
    "先不开门。",
    actions=(Action("正在砸门", "他们在砸门"),),
    passages=("visit-tomorrow",),
    confidence=0.8,
)


@pytest.fixture
def kept(engine: Engine) -> Conversations:
    return Conversations(engine)


def record(
    kept: Conversations, talk: Conversation, asked: str, reply: Reply, timings: dict[str, float]
) -> str:
    return asyncio.run(kept.record(talk, asked, reply, timings))


def count(engine: Engine, table: type) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_transports_key_leads_to_one_conversation(kept: Conversations) -> None:
    assert kept.open("telegram", "7") == kept.open("telegram", "7")
    assert kept.open("telegram", "7").id != kept.open("web", "7").id


def test_many_first_messages_at_once_begin_one_conversation(kept: Conversations) -> None:
    with ThreadPoolExecutor(8) as pool:
        ids = set(pool.map(lambda _: kept.open("telegram", "7").id, range(32)))
    assert len(ids) == 1


def test_the_last_messages_come_back_oldest_first(kept: Conversations) -> None:
    talk = kept.open("telegram", "7")
    for number in range(5):
        record(kept, talk, f"问题{number}", REPLY, {})
    assert kept.history(talk.id, limit=3) == (
        Utterance("assistant", "先不开门。"),
        Utterance("user", "问题4"),
        Utterance("assistant", "先不开门。"),
    )


def test_an_answer_keeps_what_it_used_and_how_long_it_took(
    kept: Conversations, engine: Engine
) -> None:
    answer_id = record(kept, kept.open("web", "a"), "有人上门", REPLY, {"Retrieve": 3.2})
    with Session(engine) as session:
        row = session.get_one(AnswerRow, answer_id)
    assert (row.passages, row.timings_ms) == (["visit-tomorrow"], {"Retrieve": 3.2})
    assert (row.status, row.engine, row.confidence) == ("answered", "entries", 0.8)
    assert row.created_at.tzinfo is not None


def test_a_button_leads_back_to_its_message(kept: Conversations) -> None:
    answer_id = record(kept, kept.open("web", "a"), "有人上门", REPLY, {})
    assert kept.action(answer_id, 0) == "他们在砸门"
    assert kept.action(answer_id, 1) is None
    assert kept.action("no such answer", 0) is None


def test_the_last_word_on_an_answer_counts(kept: Conversations, engine: Engine) -> None:
    answer_id = record(kept, kept.open("web", "a"), "有人上门", REPLY, {})
    assert kept.rate(answer_id, useful=True)
    assert kept.rate(answer_id, useful=False, reason="看不懂")
    with Session(engine) as session:
        row = session.scalars(select(FeedbackRow)).one()
    assert (row.useful, row.reason) == (False, "看不懂")


def test_a_verdict_on_no_answer_is_refused(kept: Conversations, engine: Engine) -> None:
    assert not kept.rate(new_id(), useful=True)
    assert count(engine, FeedbackRow) == 0


def test_forgetting_takes_everything_and_only_ones_own(kept: Conversations, engine: Engine) -> None:
    mine, theirs = kept.open("telegram", "7"), kept.open("telegram", "8")
    kept.rate(record(kept, mine, "我的", REPLY, {}), useful=True)
    record(kept, theirs, "别人的", REPLY, {})
    assert forget(engine, "telegram", "7") == 1
    assert (count(engine, MessageRow), count(engine, AnswerRow)) == (2, 1)
    assert count(engine, FeedbackRow) == 0
    assert kept.history(theirs.id)


def test_a_chosen_language_is_remembered(kept: Conversations) -> None:
    kept.set_language(kept.open("web", "a").id, Language.ENGLISH)
    assert kept.open("web", "a").language is Language.ENGLISH


def test_identifiers_are_long_and_never_the_same() -> None:
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert {len(each) for each in ids} == {43}
