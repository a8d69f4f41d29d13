"""Which answers are given again, and to whom."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest

from bot.answering.pipeline import run
from bot.answering.reply import Document, Reply, Status, Utterance
from bot.answering.turn import Draft, Turn
from bot.app import App
from bot.dialogue.known_answers import KnownAnswers
from bot.dialogue.message import Message, Response
from bot.knowledge.vocabulary import Language

ASKED = Turn("a", "我叫张伟，有人上门怎么办", date(2026, 11, 23))
DONE = replace(
    ASKED,
    text="我叫〔姓名〕，有人上门怎么办",
    draft=Draft(Status.ANSWERED, "先不开门。"),
    reply=Reply(Status.ANSWERED, "先不开门。"),
)


@pytest.fixture
def known() -> KnownAnswers:
    memory = KnownAnswers(lambda: "1")
    memory.keep(ASKED, DONE)
    return memory


def test_the_same_words_get_the_same_answer(known: KnownAnswers) -> None:
    answer = known.get(replace(ASKED, id="b"))
    assert answer is not None
    assert answer.question == "我叫〔姓名〕，有人上门怎么办"
    assert answer.reply is DONE.reply


@pytest.mark.parametrize(
    "other",
    [
        replace(ASKED, text="有人上门怎么办"),
        replace(ASKED, site="news"),
        replace(ASKED, wanted_language=Language.ENGLISH),
        replace(ASKED, today=date(2026, 11, 24)),
        replace(ASKED, context=(Utterance("user", "收到支付令"),)),
    ],
)
def test_whatever_differs_is_worked_out(known: KnownAnswers, other: Turn) -> None:
    assert known.get(other) is None


def test_a_new_version_of_the_knowledge_forgets_the_old_answers() -> None:
    versions = ["1"]
    memory = KnownAnswers(lambda: versions[0])
    memory.keep(ASKED, DONE)
    versions[0] = "2"
    assert memory.get(ASKED) is None


@pytest.mark.parametrize(
    "done",
    [
        replace(DONE, draft=None, timings_ms=(("ContinueInterview", 1.0),)),
        replace(DONE, afterwards="每月收入多少？"),
        replace(DONE, reply=Reply(Status.ANSWERED, "好", documents=(Document("a", "b", b""),))),
    ],
)
def test_what_a_talk_decided_is_not_kept(done: Turn) -> None:
    memory = KnownAnswers(lambda: "1")
    memory.keep(ASKED, done)
    assert memory.get(ASKED) is None


def test_it_is_bounded_and_forgets_what_was_not_asked_for_longest() -> None:
    memory = KnownAnswers(lambda: "1", most=2)
    first, second, third = (replace(ASKED, text=text) for text in "甲乙丙")
    memory.keep(first, DONE)
    memory.keep(second, DONE)
    memory.get(first)
    memory.keep(third, DONE)
    assert [memory.get(each) is not None for each in (first, second, third)] == [True, False, True]


def test_no_question_lies_in_it_in_words(known: KnownAnswers) -> None:
    assert "张伟" not in repr(known._kept)


@pytest.mark.parametrize(
    "text",
    [
        "收到支付令怎么办",
        "can they tell my boss I owe money?",
        "欠了二十多万，不想活了",
        "帮我伪造一份收入证明",
        "你好",
        "？？？",
    ],
)
def test_a_known_answer_is_the_one_that_would_be_worked_out(app: App, text: str) -> None:
    turn = Turn("x", text, app.respond._today())
    worked_out = asyncio.run(run(turn, app.steps)).reply
    for key in ("known-1", "known-2"):
        message = Message("console", f"{key}-{text}", text, fresh=True)
        assert asyncio.run(app.respond(message)).reply == worked_out
    assert asyncio.run(given_at_once(app, text)).reply == worked_out


async def given_at_once(app: App, text: str) -> Response:
    message = Message("console", f"known-3-{text}", text, fresh=True)
    known = app.respond.known(message)
    assert known is not None
    return await app.respond.give(message, known)


async def test_the_same_words_at_the_same_time_are_worked_out_once() -> None:
    memory = KnownAnswers(lambda: "1")

    async def second() -> bool:
        return await memory.soon(replace(ASKED, id="b")) is not None

    with memory.making(ASKED):
        waiting = asyncio.ensure_future(second())
        await asyncio.sleep(0)
        assert not waiting.done()
        memory.keep(ASKED, DONE)
    assert await waiting
    assert await memory.soon(ASKED) is None  # nobody is at it any more


async def test_whoever_waited_in_vain_works_it_out() -> None:
    memory = KnownAnswers(lambda: "1")
    with suppress(RuntimeError), memory.making(ASKED):
        waiting = asyncio.ensure_future(memory.soon(ASKED))
        await asyncio.sleep(0)
        raise RuntimeError
    assert await waiting is None


@pytest.mark.parametrize(
    "text", ["月入6500，房租吃饭4700，分期乐欠32600", "转人工", "2万分18期，每期手续费0.7%，划算吗"]
)
def test_what_the_dialogue_says_is_worked_out_each_time(app: App, text: str) -> None:
    for key in ("careful-1", "careful-2"):
        message = Message("console", f"{key}-{text}", text, fresh=True)
        assert app.respond.known(message) is None
        asyncio.run(app.respond(message))
