"""A repayment plan by chat: from one message to letters in hand, whatever comes between."""

from pathlib import Path

import pytest

from bot.answering.reply import Reply
from bot.app import App, build
from bot.dialogue.message import Message
from bot.settings import Settings

STORY = "月入6500，房租1800，吃饭2900，留300应急，分期乐欠32600逾期两个月，微粒贷15400"
EASY_ANSWERS = ("没有了", "跳过", "对", "没有")
LONGEST_INTERVIEW = 15


async def say(app: App, text: str, key: str) -> Reply:
    return (await app.respond(Message("console", key, text))).reply


async def until_letters_are_offered(app: App, reply: Reply, key: str) -> Reply:
    for _ in range(LONGEST_INTERVIEW):
        labels = [action.label for action in reply.actions]
        if "写协商信" in labels:
            return reply
        reply = await say(app, next(each for each in EASY_ANSWERS if each in labels), key)
    pytest.fail("the interview does not end")


async def test_one_message_leads_to_a_plan_and_letters(app: App) -> None:
    first = await say(app, STORY, "plan")
    assert "分期乐 32,600 元" in first.text
    plan = await until_letters_are_offered(app, first, "plan")
    assert "1,018.75" in plan.text
    assert "481.25" in plan.text
    assert "32" in plan.text
    letters = await say(app, "写协商信", "plan")
    names = sorted(document.name for document in letters.documents)
    assert [name.rsplit(".", 1)[1] for name in names].count("docx") == 2
    assert [name.rsplit(".", 1)[1] for name in names].count("pdf") == 2
    assert all(len(document.content) > 1000 for document in letters.documents)
    chart = await say(app, "看图表", "plan")
    assert [document.media_type for document in chart.documents] == ["image/png"]


async def test_a_question_between_is_answered_and_nothing_is_lost(app: App) -> None:
    await say(app, STORY, "between")
    answer = await say(app, "收到支付令怎么办", "between")
    assert "payment-order" in answer.passages
    plan = await until_letters_are_offered(app, await say(app, "没有了", "between"), "between")
    assert "1,018.75" in plan.text


async def test_danger_between_comes_first(app: App) -> None:
    await say(app, STORY, "danger")
    reply = await say(app, "他们在砸门了怎么办", "danger")
    assert "110" in reply.text
    assert not reply.documents


async def test_an_interview_goes_on_after_a_restart(app: App, data_dir: Path) -> None:
    await say(app, STORY, "restart")
    again = build(Settings(_env_file=None, data_dir=data_dir))
    plan = await until_letters_are_offered(again, await say(again, "没有了", "restart"), "restart")
    assert "1,018.75" in plan.text


@pytest.mark.parametrize(
    "text", ["帮我做一个还款方案", "/plan", "我想算一个还款计划", "幫我做一份還款方案"]
)
async def test_asking_for_a_plan_begins_one(app: App, text: str) -> None:
    reply = await say(app, text, text)
    assert reply.actions
    assert not reply.sources


@pytest.mark.parametrize(
    "text",
    [
        "银行说要给我做分期方案是真的吗",
        "月薪5000逾期了催收要起诉我怎么办",
        "协商还款方案被拒绝了怎么办",
        "欠3万会坐牢吗",
    ],
)
async def test_a_question_about_plans_begins_none(app: App, text: str) -> None:
    reply = await say(app, text, text)
    assert reply.passages
