"""The plan interview for a reader of English: not a Chinese word but the lenders' own names."""

import re

import pytest

from bot.answering.reply import Reply
from bot.app import App
from bot.dialogue.interviews.plan import QUESTIONS, START
from bot.dialogue.interviews.result import LETTERS
from bot.dialogue.message import Kind, Message
from bot.dialogue.phrasebook import OUR_OWN, Phrasebook
from bot.knowledge.vocabulary import Language
from bot.settings import ROOT

HAN = re.compile(r"[\u3400-\u9fff]+")
BOOK = Phrasebook.read(ROOT / "knowledge_base" / "phrases" / "interview_english.yaml")
STEPWISE = (
    "make me a repayment plan", "Step by step", "6500", "rent 1800, food 1500", "Nothing more",
    "500", "Two", "Fenqile 32600, credit card 15400", "Nothing more", "60 days", "I lost my job",
)  # fmt: skip


async def say(app: App, text: str, key: str, language: Language | None = None) -> Reply:
    said = Message("telegram", key, text, Kind.TEXT, language)
    return (await app.respond(said)).reply


async def walk(
    app: App, key: str, *said: str, names: str = "", language: Language | None = None
) -> Reply:
    """The last reply; each on the way holds no Chinese besides the names."""
    for text in said:
        reply = await say(app, text, key, language)
        shown = (reply.text, *(action.label for action in reply.actions))
        told = [each for line in shown for each in HAN.findall(line) if each not in names]
        assert told == [], f"after “{text}”: {reply.text}"
        assert reply.language is Language.ENGLISH
    return reply


@pytest.mark.parametrize("chosen", [Language.ENGLISH, None], ids=["chosen", "as it is written"])
async def test_a_whole_interview(app: App, chosen: Language | None) -> None:
    key = f"english-{chosen}"
    checked = await walk(app, key, *STEPWISE, language=chosen)
    assert "debts: Fenqile 32,600 yuan, credit card 15,400 yuan" in checked.text
    assert "overdue: Fenqile 60 days overdue" in checked.text
    assert "reason: I lost my job" in checked.text
    plan = await walk(app, key, "Yes", language=chosen)
    assert "You can pay 2,700 yuan a month" in plan.text
    chart = await walk(app, key, "Show the chart", language=chosen)
    assert [each.media_type for each in chart.documents] == ["image/png"]
    letter = await say(app, "Write the letter", key, chosen)
    assert [each.name[-5:] for each in letter.documents] == [".docx", "e.pdf"]
    days = await walk(app, key, "Remind me before each payment", language=chosen)
    assert "Day 10" in [action.message for action in days.actions]
    reminded = await walk(app, key, "Day 10", names="信用卡", language=chosen)
    assert "Fenqile 1,833.75 yuan" in reminded.text


async def test_every_command_on_the_way(app: App) -> None:
    talk = (
        "make me a repayment plan",
        "Step by step",
        "6500",
        "back",
        "7000",
        "summary",
        "stop here",
    )
    await walk(app, "commands", *talk)
    again = await walk(app, "commands", "Continue")
    assert "income: 7,000 yuan" in again.text
    change = await walk(app, "commands", "Edit")
    assert [action.label for action in change.actions] == ["Edit income"]
    mended = await walk(app, "commands", "Edit income", "5200")
    assert "income: 5,200 yuan" in mended.text
    asked = await walk(app, "commands", "Start over", "Start over")
    assert "Step by step" in [action.label for action in asked.actions]


@pytest.mark.parametrize(
    "told",
    [
        ("income 3000, rent and food 4000, I owe Fenqile 50000", "none", "not overdue", "Skip"),
        ("income 4500, rent and food 4000, I owe Fenqile 200000", "none", "90 days", "Skip"),
        ("income 9000, food 200, rent 6000, I owe 招商银行信用卡 80000", "none", "30 days", "Skip"),
    ],
)
async def test_what_there_is_to_mind(app: App, told: tuple[str, ...]) -> None:
    key, names = f"mind-{told[0]}", "招商银行信用卡"
    reply = await walk(app, key, told[0], names=names, language=Language.ENGLISH)
    for _ in range(12):
        labels = [action.label for action in reply.actions]
        if "Show the chart" in labels or "Plans in a table" in labels:
            break
        pressed = next(each for each in ("Nothing more", "Skip", "Yes") if each in labels)
        reply = await walk(app, key, pressed, names=names, language=Language.ENGLISH)
    assert "a month" in reply.text


async def test_a_letter_asked_for_first_begins_the_interview(app: App) -> None:
    asked = "Help me write a letter to the lender"
    await walk(app, "letter-first", asked, "Step by step", "6500")


async def test_a_lenders_chinese_name_does_not_change_the_language(app: App) -> None:
    talk = (*STEPWISE[:7], "分期乐 32600")
    noted = await walk(app, "names", *talk, names="分期乐")
    assert "debts: 分期乐 32,600 yuan" in noted.text


async def test_a_question_between_is_followed_by_the_open_one(app: App) -> None:
    await walk(app, "between-english", *STEPWISE[:3])
    answer = await say(app, "Can they come to my home?", "between-english")
    assert "On with the repayment plan: About how much must you spend" in answer.text


def test_every_question_and_button_is_in_the_book() -> None:
    ours = [text for each in (START, *QUESTIONS) for text in (each.prompt, *each.buttons)]
    ours += [each.label for each in QUESTIONS] + [f"改{each.label}" for each in QUESTIONS]
    for text in (*ours, *LETTERS, "看图表"):
        assert not HAN.search(BOOK.say(text)), text


def test_what_stands_on_a_button_is_understood() -> None:
    for each in ("没有了", "不留", "跳过", "没逾期", "对", "改一下", "改收入", "看图表", *LETTERS):
        assert BOOK.hear(BOOK.say(each)) == each


@pytest.mark.parametrize("text", ["今天，天气不错。", "分期乐，微粒贷"])
def test_what_is_not_in_the_book_is_said_as_it_is(text: str) -> None:
    assert BOOK.say(text) == text
    assert OUR_OWN.say(text) == text


def test_the_interviews_own_language_is_left_alone() -> None:
    for each in (START, *QUESTIONS):
        assert OUR_OWN.say(each.prompt) == each.prompt
