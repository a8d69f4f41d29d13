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
    assert "＿＿＿＿" not in chart.text, "nothing is to be filled in on a chart"


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


async def test_an_answer_between_ends_with_the_open_question(app: App) -> None:
    await say(app, STORY, "afterwards")
    answer = await say(app, "收到支付令怎么办", "afterwards")
    assert answer.text.index("支付令") < answer.text.index("接着做还款计划")
    assert answer.text.rstrip().splitlines()[-1].startswith("接着做还款计划：")


async def test_danger_between_puts_no_question_about_money(app: App) -> None:
    await say(app, STORY, "danger-first")
    for text in ("他们在砸门了怎么办", "活着没意思了，不想连累爸妈"):
        reply = await say(app, text, "danger-first")
        assert "还款计划" not in reply.text


@pytest.mark.parametrize("again", ["继续", "接着来", "我们继续吧", "繼續", "接著來"])
async def test_a_paused_interview_goes_on_where_it_was(app: App, again: str) -> None:
    key = f"paused {again}"
    await say(app, STORY, key)
    await say(app, "先到这里", key)
    between = await say(app, "结清证明怎么开", key)
    assert between.passages
    assert "还款计划：" not in between.text
    resumed = await say(app, again, key)
    assert "32,600" in resumed.text
    traditional = again in ("繼續", "接著來")
    assert ("已經記下" if traditional else "已经记下") in resumed.text


async def test_figures_alone_are_answered_in_the_script_used_before(app: App) -> None:
    await say(app, "幫我做一份還款方案", "script")
    await say(app, "一步一步來", "script")
    reply = await say(app, "5800", "script")
    assert "每個月必須花的錢" in reply.text


async def test_a_finished_plan_leaves_other_messages_alone(app: App) -> None:
    await until_letters_are_offered(app, await say(app, STORY, "finished"), "finished")
    for text in ("催收打电话给我妈了", "欠3万会坐牢吗"):
        reply = await say(app, text, "finished")
        assert reply.passages, text
        assert "每月能还" not in reply.text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("帮我写一封停止联系第三人的信", "关于停止联系第三人的要求"),
        ("写结清证明申请", "关于开具结清证明的申请"),
        ("幫我寫要合同和費用明細的信", "关于提供借款合同、对账单和费用明细的请求"),
    ],
)
async def test_a_letter_without_figures_is_written_at_once(app: App, text: str, title: str) -> None:
    reply = await say(app, text, text)
    assert [each.name for each in reply.documents] == [f"{title}.docx", f"{title}.pdf"]
    assert "＿＿＿＿" in reply.text


async def test_a_letter_goes_to_the_lender_that_was_named(app: App) -> None:
    reply = await say(app, "帮我写一份给分期乐的结清证明申请", "named")
    assert reply.documents[0].name == "关于开具结清证明的申请-分期乐.docx"


async def test_a_letter_with_figures_begins_the_interview(app: App) -> None:
    first = await say(app, "帮我写协商信", "letter")
    assert not first.documents
    assert "每月能还多少" in first.text
    await until_letters_are_offered(app, await say(app, STORY, "letter"), "letter")
    letter = await say(app, "帮我写协商信", "letter")
    assert len(letter.documents) == 4


async def test_a_letter_between_leaves_the_interview_open(app: App) -> None:
    await say(app, STORY, "letter between")
    reply = await say(app, "写结清证明申请", "letter between")
    assert reply.documents
    assert "接着做还款计划" in reply.text
