"""The questions the project began with get right, calm, sourced answers."""

import pytest

from bot.answering.reply import Reply, Status
from bot.app import App
from bot.dialogue.message import Message


async def ask(app: App, text: str, key: str = "seed") -> Reply:
    return (await app.respond(Message("console", key, text))).reply


@pytest.mark.parametrize(
    ("question", "said", "source"),
    [
        ("催收说今天上门，我该怎么办", ["110", "录音"], "治安管理处罚法"),
        ("分期乐上门催收是不是真的?", ["没有", "核实"], ""),
        ("分期乐说上门催收，他们真的会去吗?", ["没有", "110"], ""),
        ("欠多少钱才会上门?", ["没有"], ""),
        ("微粒贷逾期了怎么和他们协商？", ["工单号", "客服"], "民法典"),
    ],
)
async def test_seed_question(app: App, question: str, said: list[str], source: str) -> None:
    reply = await ask(app, question, key=question)
    assert reply.status is Status.ANSWERED
    assert all(words in reply.text for words in said), reply.text
    assert any(source in each.title for each in reply.sources)
    assert "！" not in reply.text
    assert len(reply.text) <= 600


async def test_every_source_carries_its_date_and_status(app: App) -> None:
    reply = await ask(app, "催收说今天上门，我该怎么办")
    law = next(each for each in reply.sources if each.title == "治安管理处罚法")
    assert law.status == "in_force"
    assert law.effective is not None
    assert law.effective.isoformat() == "2026-01-01"


async def test_what_is_not_covered_says_so_and_names_who_can_help(app: App) -> None:
    reply = await ask(app, "重庆某某小贷公司的法人电话是多少号")
    assert "12345" in reply.text or "国家企业信用信息公示系统" in reply.text


async def test_the_same_question_gets_the_same_advice_in_traditional_script(app: App) -> None:
    simplified = await ask(app, "催收说今天上门，我该怎么办")
    traditional = await ask(app, "催收說今天上門，我該怎麼辦", key="traditional")
    assert traditional.language == "zh-Hant"
    assert traditional.passages[0] == simplified.passages[0]
    assert "門" in traditional.text


async def test_an_english_question_gets_an_english_answer(app: App) -> None:
    reply = await ask(app, "can they tell my boss I owe money?", key="english")
    assert reply.status is Status.ANSWERED
    assert reply.language == "en"
    assert reply.text.isascii() or "Sources" in reply.text


async def test_a_follow_up_is_understood_from_the_conversation(app: App) -> None:
    await ask(app, "收到支付令怎么办", key="follow-up")
    reply = await ask(app, "那要多久", key="follow-up")
    assert "payment-order" in reply.passages
    assert "15" in reply.text
