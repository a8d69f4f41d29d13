"""The true price of a loan by chat, with the limit that applies and how sure it is."""

import json

import pytest

from bot.answering.reply import Reply, Status
from bot.app import App
from bot.dialogue.creditor_names import CreditorNames
from bot.dialogue.loan_talk import asks_rate
from bot.dialogue.message import Message
from bot.settings import ROOT
from tests.dialogue.interviewing import TODAY

STORY = "月入6500，房租1800，吃饭2900，留300应急，分期乐欠32600逾期两个月，微粒贷15400"


async def say(app: App, text: str, key: str) -> Reply:
    return (await app.respond(Message("console", key, text))).reply


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("到手9500，分12期每期1000，真实利率多少", ("45.5%", "12,000", "2,500")),
        ("借1万7天还1万3", ("1564.3%", "3,000", "不要续期")),
        ("月息2分年化多少", ("每月 2%", "24%", "2,400")),
        ("日息万五是多少年利率", ("每天 0.05%", "18.25%", "1,825")),
        ("月费率0.75%分12期真实利率多少", ("16.2%，不是 9%", "每借 10,000 元", "900")),
        ("銀行貸5萬分36期每期1800，實際年利率多少", ("17.7%", "64,800", "多還 14,800 元")),
    ],
)
async def test_the_price_comes_first(app: App, text: str, figures: tuple[str, ...]) -> None:
    reply = await say(app, text, f"price {text}")
    assert reply.status is Status.ANSWERED
    assert reply.text.startswith("**")
    for figure in figures:
        assert figure in reply.text


async def test_withheld_interest_is_recognised(app: App) -> None:
    reply = await say(app, "借1万到手8500，7天还1万", "withheld")
    assert "预先扣掉的利息不算本金" in reply.text
    assert [(each.title, each.locator) for each in reply.sources] == [("民法典", "第670条")]
    label = "到手比合同少怎么还"
    follow = next(each.message for each in reply.actions if each.label == label)
    assert "beheading-interest" in (await say(app, follow, "withheld")).passages


@pytest.mark.parametrize(
    ("lender", "says", "verified"),
    [
        ("个人", "四倍是 12%（据公开报道", "text"),
        ("网贷平台", "高于据公开报道这类机构的 24%，以官方文件为准", "secondary"),
        ("银行", "不适用民间借贷的 LPR 四倍", "text"),
    ],
)
async def test_the_limit_depends_on_who_lends(
    app: App, lender: str, says: str, verified: str
) -> None:
    first = await say(app, "到手9500，分12期每期1000，真实利率多少", f"lender {lender}")
    assert "放款方是哪一类" in first.text
    reply = await say(app, lender, f"lender {lender}")
    assert says in reply.text
    assert reply.sources[0].verified == verified
    pressed = next(each.message for each in first.actions if each.label == lender)
    assert (await say(app, pressed, f"pressed {lender}")).text == reply.text


async def test_a_missing_fact_is_asked_for(app: App) -> None:
    first = await say(app, "到手9500，分12期，真实利率多少", "lacking")
    assert (first.status, first.sources) == (Status.CLARIFY, ())
    assert "45.5%" in (await say(app, "1000", "lacking")).text


async def test_what_to_do_next_is_answered(app: App) -> None:
    reply = await say(app, "分期乐借2万分24期每期还1100高不高", "next")
    messages = {each.label: each.message for each in reply.actions}
    over = await say(app, messages["这家超了怎么办"], "next")
    assert "interest-over-cap-still-owe" in over.passages
    assert (await say(app, messages["要合同和费用明细"], "next")).documents


async def test_a_cheap_loan_raises_no_alarm(app: App) -> None:
    reply = await say(app, "银行借1万分12期每期还860，真实年化多少", "cheap")
    assert "5.9%" in reply.text
    assert "超了" not in "".join(each.label for each in reply.actions)


async def test_asked_during_an_interview_it_is_answered_and_the_question_put_again(
    app: App,
) -> None:
    await say(app, STORY, "rate during")
    reply = await say(app, "月息1分年化多少", "rate during")
    assert "一年单利 12%" in reply.text
    assert reply.text.splitlines()[-1].startswith("接着做还款计划：")


async def test_a_loan_told_to_the_interview_stays_with_it(app: App) -> None:
    await say(app, "帮我做一个还款方案", "rate told")
    reply = await say(app, "借1万7天还1万3", "rate told")
    assert "年化" not in reply.text


def test_of_the_labelled_questions_only_a_sum_is_taken_for_a_rate_check(app: App) -> None:
    names = CreditorNames(app.library.creditors)
    rows = [
        json.loads(line)["text"]
        for path in sorted((ROOT / "tests" / "evaluation").glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    taken = {text for text in rows if asks_rate(text, TODAY, names)}
    assert taken == {
        "放心借借了6000分12期每期还620 年化多少合理不",
        "不活了不活了双十一又手滑刷了八千哈哈哈，分12期年化到底多少",
        "我怎么算真实年化啊，他们写日息万五，每月还有担保费",
    }


def test_of_the_guidance_only_sums_to_be_done_are_taken(app: App) -> None:
    names = CreditorNames(app.library.creditors)
    taken = {
        entry.id
        for entry in app.library.entries
        for text in (entry.title, *entry.questions)
        if asks_rate(text, TODAY, names)
    }
    assert taken <= {"true-annual-rate", "negotiate-counter-offer", "beheading-interest"}


@pytest.mark.parametrize(
    "wish", ["帮我算真实年化利率", "幫我算真實年化利率", "Help me work out the true annual rate"]
)
async def test_who_wants_a_rate_is_asked_for_the_loan_even_amid_an_interview(
    app: App, wish: str
) -> None:
    await say(app, "帮我做一个还款计划", wish)
    asked = await say(app, wish, wish)
    assert "12期" in asked.text or "12 months" in asked.text
    told = await say(app, "到手10000，每月还1000，12期", wish)
    assert "35.1%" in told.text
