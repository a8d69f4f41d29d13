"""Where answers differ the answer comes first, then one question; a button or plain words take its branch."""

import pytest

from bot.answering.finish import choices
from bot.answering.pipeline import run
from bot.answering.reply import Reply, Status
from bot.answering.turn import Turn
from bot.app import App
from bot.chinese.scripts import traditionalise
from bot.clock import today
from bot.dialogue.message import Message, Response
from bot.knowledge.vocabulary import Language


async def say(app: App, text: str, key: str) -> Response:
    return await app.respond(Message("console", f"asked-back {key}", text))


async def press(app: App, response: Response, label: str, key: str) -> Reply:
    assert response.answer_id is not None
    number = [each.label for each in response.reply.actions].index(label)
    message = await app.respond.action(response.answer_id, number)
    assert message is not None
    return (await say(app, message, key)).reply


async def test_a_letter_is_answered_and_then_asked_about(app: App) -> None:
    first = await say(app, "收到一封信怎么办", "press")
    assert first.reply.status is Status.ANSWERED
    assert "12368" in first.reply.text
    assert first.reply.text.endswith("这是谁发来的？")
    assert 2 <= len(first.reply.actions) <= 4
    reply = await press(app, first, "律师或公司的函", "press")
    assert reply.passages[0] == "lawyer-letter"
    assert "这是谁发来的" not in reply.text


@pytest.mark.parametrize(
    ("asked", "said", "entry"),
    [
        ("收到一封信怎么办", "是法院的", "court-summons"),
        ("收到一封信怎么辦", "不是法院嘅，係律師", "lawyer-letter"),
        ("他们起诉我了", "就短信说的", "court-is-it-real"),
        ("能分期吗", "银行信用卡", "negotiate-credit-card-60"),
        ("家里人欠的债要我还吗", "他去世了", "inheritance-debt"),
        ("法院寄来的信怎么办", "2", "payment-order"),
        ("I got a letter, what do I do", "from the court", "court-summons"),
        ("I am being sued", "only a text message", "court-is-it-real"),
    ],
)
async def test_the_branch_may_be_said_in_words(app: App, asked: str, said: str, entry: str) -> None:
    await say(app, asked, f"words {asked} {said}")
    reply = (await say(app, said, f"words {asked} {said}")).reply
    assert reply.passages[0] == entry


async def test_what_comes_after_builds_on_the_branch_taken(app: App) -> None:
    await say(app, "他们起诉我了", "after")
    await say(app, "已经判下来了", "after")
    reply = (await say(app, "那要多久上诉", "after")).reply
    assert reply.passages[0] in {"court-appeal", "court-final-judgment"}
    assert "15日" in reply.text


@pytest.mark.parametrize(
    "said",
    [
        "收到律师函怎么办",
        "花呗逾期了怎么办",
        "信用卡能分期吗",
        "欠我朋友三万还不上",
        "治安管理处罚法第几条管骚扰",
    ],
)
async def test_nothing_is_asked_that_the_message_tells(app: App, said: str) -> None:
    reply = (await say(app, said, said)).reply
    assert all(fork.asks not in reply.text for fork in app.library.forks)


@pytest.mark.parametrize(
    "said",
    [
        "逾期了 我不想活了",
        "有人在砸我家门 说我欠钱",
        "门口有几个人堵着不走",
        "利息高得想死",
        "there are men breaking my door",
    ],
)
async def test_nothing_is_asked_in_danger(app: App, said: str) -> None:
    reply = (await say(app, said, said)).reply
    assert all(fork.asks not in reply.text for fork in app.library.forks)
    assert all(fork.asks_en not in reply.text for fork in app.library.forks)


@pytest.mark.parametrize("language", list(Language))
async def test_every_button_leads_to_its_entry_and_no_further_question(
    app: App, language: Language
) -> None:
    for fork in app.library.forks:
        for branch, action in zip(fork.branches, choices(fork, language), strict=True):
            traditional = language is Language.TRADITIONAL
            message = traditionalise(action.message) if traditional else action.message
            done = await run(Turn("a", message, today(), wanted_language=language), app.steps)
            assert done.reply is not None
            assert done.early is None, action
            assert done.reply.passages[0] == branch.entry, action
            assert done.fork is None or done.fork.id != fork.id, action
