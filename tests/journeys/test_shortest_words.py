"""Whoever can only type a word or two gets the general entry, and thanks are taken as thanks."""

import pytest

from bot.answering.pipeline import run
from bot.answering.reply import Status
from bot.answering.turn import Turn
from bot.app import App
from bot.clock import today
from bot.dialogue.message import Message


@pytest.mark.parametrize(
    ("said", "entry"),
    [
        ("催收上门", "visit-tomorrow"),
        ("催收骚扰", "calls-too-many"),
        ("法院传票", "court-summons"),
        ("我该怎么办", "first-steps-overdue"),
        ("救救我", "despair-from-debt"),
    ],
)
async def test_the_shortest_words_find_the_general_entry(app: App, said: str, entry: str) -> None:
    done = await run(Turn(id="short", text=said, today=today()), app.steps)
    assert done.reply is not None
    assert done.reply.status is Status.ANSWERED
    assert done.reply.passages[0] == entry


async def test_thanks_are_taken_as_thanks(app: App) -> None:
    done = await run(Turn(id="thanks", text="好的，谢谢你", today=today()), app.steps)
    assert done.reply is not None
    assert done.reply.status is Status.CLARIFY
    assert "12356" in done.reply.text


@pytest.mark.parametrize(
    "said",
    [
        "再说详细点",
        "那要多久",
        "那如果他们真来了呢",
        "第二条怎么弄",
        "說簡單點",
        "more details please",
        "go on",
    ],
)
async def test_what_leans_on_nothing_is_asked_back(app: App, said: str) -> None:
    done = await run(Turn(id="leaning", text=said, today=today()), app.steps)
    assert done.reply is not None
    assert done.reply.status is Status.CLARIFY
    assert done.reply.passages == ()
    assert done.reply.actions


@pytest.mark.parametrize("said", ["no more", "没有了", "不用了", "就这样吧", "算了"])
async def test_who_wants_no_more_is_taken_at_his_word(app: App, said: str) -> None:
    done = await run(Turn(id="enough", text=said, today=today()), app.steps)
    assert done.reply is not None
    assert done.reply.status is Status.CLARIFY
    assert "12356" in done.reply.text


@pytest.mark.parametrize("said", ["你是谁", "你能帮我做什么", "what can you do", "help me"])
async def test_who_asks_what_this_is_gets_to_know(app: App, said: str) -> None:
    done = await run(Turn(id="who", text=said, today=today()), app.steps)
    assert done.reply is not None
    assert done.reply.status is Status.CLARIFY
    assert "12356" in done.reply.text
    assert done.reply.actions


async def test_a_long_answer_is_told_again_in_brief(app: App) -> None:
    key = "told in brief"
    first = await app.respond(Message("console", key, "收到支付令怎么办"))
    brief = await app.respond(Message("console", key, "太长了，说简单点"))
    assert brief.reply.passages[0] == first.reply.passages[0]
    assert len(brief.reply.text) < 0.8 * len(first.reply.text)
    assert "15" in brief.reply.text
