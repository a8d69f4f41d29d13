"""A lender's offer by chat: judged, compared, answered with a letter."""

import json
from io import BytesIO

from docx import Document

from bot.answering.reply import Reply, Status
from bot.app import App
from bot.dialogue.creditor_names import CreditorNames
from bot.dialogue.message import Message
from bot.dialogue.offer_talk import tells_offer
from bot.settings import ROOT
from tests.dialogue.interviewing import TODAY

OFFER = "银行说 2 万分 18 期，每期手续费 0.7%，划算吗"
STORY = "月入6500，房租1800，吃饭2900，留300应急，分期乐欠32600逾期两个月，微粒贷15400"


async def say(app: App, text: str, key: str) -> Reply:
    return (await app.respond(Message("console", key, text))).reply


def pressed(reply: Reply, label: str) -> str:
    return next(each.message for each in reply.actions if each.label == label)


async def test_an_offer_is_answered_with_its_true_price(app: App) -> None:
    reply = await say(app, OFFER, "offer")
    first_line = reply.text.splitlines()[0]
    for figure in ("1,251.11", "2,520", "15.4%", "0.7%×12=8.4%"):
        assert figure in first_line
    assert "可以争取：手续费" in reply.text
    assert "民间借贷规定" in [each.title for each in reply.sources]
    assert "每月能拿出多少" in reply.text


async def test_what_can_be_paid_decides_whether_it_fits(app: App) -> None:
    await say(app, OFFER, "fits")
    assert "付得起，会剩 248.89 元" in (await say(app, "1500", "fits")).text
    again = await say(app, "我的预算变了", "fits")
    assert again.status is Status.CLARIFY
    assert "每月差 51.11 元" in (await say(app, "1200", "fits")).text


async def test_missing_facts_are_asked_one_at_a_time(app: App) -> None:
    first = await say(app, "银行同意给我分24期，划算吗", "missing")
    assert first.status is Status.CLARIFY
    assert "按多少欠款算" in first.text
    second = await say(app, "2万", "missing")
    assert "每期手续费" in second.text
    done = await say(app, "0.6%", "missing")
    assert "13.3%" in done.text


async def test_a_question_instead_of_an_answer_is_answered(app: App) -> None:
    await say(app, "平台说减免三成但要本周一次还清", "instead")
    reply = await say(app, "收到支付令怎么办", "instead")
    assert "payment-order" in reply.passages


async def test_wanting_a_plan_is_no_answer_about_the_budget(app: App) -> None:
    judged = await say(app, OFFER, "wants plan")
    reply = await say(app, pressed(judged, "算算每月能还多少"), "wants plan")
    assert "一步一步来" in [each.label for each in reply.actions]


async def test_other_terms_stand_side_by_side(app: App) -> None:
    judged = await say(app, f"{OFFER}，我每月能还1500", "terms")
    reply = await say(app, pressed(judged, "换个期数看看"), "terms")
    assert "12 期：每月 1,806.67 元，总共多还 1,680 元，付不起" in reply.text
    assert "24 期：每月 973.33 元，总共多还 3,360 元，付得起" in reply.text
    assert "每月约 973.33 元" in (await say(app, "换 24 期看看", "terms")).text


async def test_a_button_still_knows_its_offer_after_other_talk(app: App) -> None:
    judged = await say(app, f"{OFFER}，我每月能还1500", "later")
    for between in ("催收上门怎么办", "收到支付令怎么办", "征信几年能消", "欠债会坐牢吗"):
        await say(app, between, "later")
    reply = await say(app, pressed(judged, "写回复"), "later")
    assert [each.name.rsplit(".")[-1] for each in reply.documents] == ["docx", "pdf"]
    letter = Document(BytesIO(reply.documents[0].content))
    text = "\n".join(each.text for each in letter.paragraphs)
    assert "欠款 20,000 元，分 18 期还" in text
    assert "在我的能力之内" in text


async def test_an_offer_to_settle_at_once(app: App) -> None:
    await say(app, "平台说减免三成但要本周一次还清", "lump")
    reply = await say(app, "分期乐2万", "lump")
    assert "一次付 14,000 元，少还 6,000 元" in reply.text
    letter = await say(app, pressed(reply, "写回复"), "lump")
    assert letter.documents[0].name == "对还款方案的答复-分期乐.docx"


async def test_an_offer_during_an_interview_uses_what_is_known(app: App) -> None:
    await say(app, STORY, "during")
    reply = await say(app, "分期乐说分36期，每期手续费0.9%，划算吗", "during")
    assert "付得起，会剩 301.04 元" in reply.text
    assert "比按比例留给这一家的 1,018.75 元多 180.21 元" in reply.text
    assert reply.text.splitlines()[-1].startswith("接着做还款计划：")
    assert "要养几个人" in (await say(app, "没有了", "during")).text


async def test_a_first_payment_is_told_and_has_no_ready_letter(app: App) -> None:
    reply = await say(app, "银行说欠2万先还5000剩下分12期每期1300", "first")
    assert reply.text.startswith("先付 5,000 元，剩下 15,000 元分 12 期")
    assert "写回复" not in [each.label for each in reply.actions]
    assert "写进书面协议" in (await say(app, "写回复", "first")).text


async def test_traditional_readers_are_answered_in_their_script(app: App) -> None:
    await say(app, "銀行讓我分24期每期手續費0.6%", "hant")
    reply = await say(app, "2萬", "hant")
    assert "總共多還 2,880 元" in reply.text
    assert (await say(app, pressed(reply, "寫回復"), "hant")).documents


async def test_a_reply_without_an_offer_asks_for_it(app: App) -> None:
    reply = await say(app, "帮我写回复", "no offer")
    assert "什么方案" in reply.text
    assert not reply.documents


def test_no_labelled_question_is_taken_for_an_offer(app: App) -> None:
    names = CreditorNames(app.library.creditors)
    rows = [
        json.loads(line)["text"]
        for path in sorted((ROOT / "tests" / "evaluation").glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    assert [text for text in rows if tells_offer(text, TODAY, names)] == []


def test_questions_of_the_guidance_stay_with_the_guidance(app: App) -> None:
    names = CreditorNames(app.library.creditors)
    asked = [each for entry in app.library.entries for each in (entry.title, *entry.questions)]
    assert [text for text in asked if tells_offer(text, TODAY, names)] == []
