"""To be forgotten: what it is, one question, and it is gone; nothing goes by a slip."""

import asyncio
import json
from datetime import timedelta

import pytest
from sqlalchemy import Engine, create_engine, text

from bot.answering.reply import Status
from bot.dialogue.forget import ANSWER_WITHIN, TOLD, meant
from bot.dialogue.hand_off import Line, Side, Stage
from bot.dialogue.message import Message, Response
from bot.dialogue.respond import Respond
from bot.knowledge.vocabulary import Language
from bot.settings import ROOT
from bot.store.conversations import Conversations
from bot.store.database import open_database
from bot.store.hand_offs import HandOffs
from bot.store.interviews import Interviews
from bot.store.personal_data import counts
from bot.store.tables import Table
from tests.dialogue.forgetting import Clock, forgetting
from tests.store.seeds import PERSON, seed

WISHES = (
    "/forget", "删除我的数据", "刪除我的數據", "请帮我把我的聊天记录全部删掉", "把我的数据都删了吧",
    "Delete my data", "please erase everything about me", "forget me",
)  # fmt: skip
YES = (
    "是",
    "是的。",
    "确定",
    "確定刪除",
    "删",
    "全部删除",
    "yes",
    "Yes, delete it",
    "Delete everything",
    "y",
)
NO = ("不", "不删", "不要", "算了", "不刪", "No", "no, thanks", "cancel", "Keep everything")


@pytest.fixture
def engine(tmp_path: object) -> Engine:
    return open_database(f"sqlite:///{tmp_path}/forget.sqlite3")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def respond(engine: Engine, clock: Clock) -> Respond:
    return forgetting(engine, clock)


async def say(
    respond: Respond, words: str, key: str = "42", transport: str = "telegram"
) -> Response:
    return await respond(Message(transport, key, words))


def kept(engine: Engine, key: str = "42", transport: str = "telegram") -> int:
    return counts(engine, transport, key)["messages"]


@pytest.mark.parametrize("wish", WISHES)
async def test_it_is_asked_once_and_then_gone(respond: Respond, engine: Engine, wish: str) -> None:
    await say(respond, "上门怎么办")
    asked = await say(respond, wish)
    assert asked.reply.status is Status.CLARIFY
    assert len(asked.reply.actions) == 2
    assert kept(engine) == 2, "nothing goes before the answer, and the wish is not kept"
    gone = await say(respond, "是")
    assert gone.forgotten
    assert not any(counts(engine, "telegram", "42").values())


@pytest.mark.parametrize("yes", YES)
async def test_yes_in_many_words(respond: Respond, engine: Engine, yes: str) -> None:
    await say(respond, "上门怎么办")
    await say(respond, "/forget")
    assert (await say(respond, yes)).forgotten
    assert kept(engine) == 0


@pytest.mark.parametrize("no", NO)
async def test_no_keeps_everything(respond: Respond, engine: Engine, no: str) -> None:
    await say(respond, "上门怎么办")
    await say(respond, "/forget")
    answer = await say(respond, no)
    assert not answer.forgotten
    assert answer.reply.text in (
        "好，什么都没删。",
        "好，什麼都沒刪。",
        "Fine, nothing is deleted.",
    )
    assert (await say(respond, "是")).reply.text == "答：是"
    assert kept(engine) == 4


async def test_the_question_tells_what_would_go(engine: Engine, respond: Respond) -> None:
    planted = await asyncio.to_thread(seed, engine)
    Conversations(engine).set_language(planted.conversation, Language.SIMPLIFIED)
    asked = (await say(respond, "/forget", str(PERSON))).reply.text
    for words in (
        "（2 条）",
        "还款计划",
        "转给志愿者的话",
        "评价（1 个）",
        "语言",
        "Telegram",
        "十分钟",
    ):
        assert words in asked
    assert "提醒\n" not in asked, "there is none"
    assert planted.word not in asked


async def test_nothing_else_is_asked_of_who_left_nothing(respond: Respond, engine: Engine) -> None:
    answer = await say(respond, "/forget")
    assert answer.forgotten
    assert not answer.reply.actions
    assert "没有保存" in answer.reply.text
    assert not any(counts(engine, "telegram", "42").values())


@pytest.mark.parametrize(
    ("wish", "words"), [("Delete my data", "Are you sure?"), ("刪除我的數據", "確定嗎？")]
)
async def test_in_the_language_of_the_reader(respond: Respond, wish: str, words: str) -> None:
    await say(respond, "上门怎么办")
    assert words in (await say(respond, wish)).reply.text


async def test_a_command_is_answered_in_the_language_of_the_talk(respond: Respond) -> None:
    await say(respond, "what if they come to my home")
    assert "Are you sure?" in (await say(respond, "/forget")).reply.text
    assert "keep nothing about you" in (await say(respond, "y")).reply.text


async def test_the_question_does_not_stand_for_ever(
    respond: Respond, engine: Engine, clock: Clock
) -> None:
    await say(respond, "上门怎么办")
    asked = await say(respond, "/forget")
    clock.passed = ANSWER_WITHIN + timedelta(seconds=1)
    assert (await say(respond, "是")).reply.text == "答：是"
    late = await say(respond, asked.reply.actions[0].message)
    assert not late.forgotten
    assert "已经过期" in late.reply.text
    assert kept(engine) == 4


async def test_another_message_ends_the_question(respond: Respond, engine: Engine) -> None:
    await say(respond, "上门怎么办")
    await say(respond, "/forget")
    assert (await say(respond, "收入6500")).reply.text == "答：收入6500"
    assert (await say(respond, "是")).reply.text == "答：是"
    assert kept(engine) == 6


async def test_asked_anew_it_can_be_answered_anew(respond: Respond, engine: Engine) -> None:
    await say(respond, "上门怎么办")
    for _ in range(2):
        await say(respond, "/forget")
    await say(respond, "不删")
    await say(respond, "/forget")
    assert (await say(respond, "确定删除")).forgotten
    assert kept(engine) == 0


async def test_pressed_twice_is_once(respond: Respond, engine: Engine) -> None:
    await say(respond, "上门怎么办")
    await say(respond, "/forget")
    first, second = [await say(respond, "确定删除") for _ in range(2)]
    assert (first.forgotten, second.forgotten) == (True, True)
    assert "已经全部删除" in second.reply.text
    assert not any(counts(engine, "telegram", "42").values())


async def test_an_old_button_does_not_delete_a_new_talk(respond: Respond, engine: Engine) -> None:
    await say(respond, "上门怎么办")
    await say(respond, "/forget")
    await say(respond, "确定删除")
    await say(respond, "收到支付令")
    late = await say(respond, "确定删除")
    assert not late.forgotten
    assert kept(engine) == 2


async def test_it_outlives_the_process(engine: Engine) -> None:
    await say(forgetting(engine), "上门怎么办")
    await say(forgetting(engine), "/forget")
    engine.dispose()
    again = open_database(str(engine.url))
    assert (await say(forgetting(again), "是")).forgotten
    assert kept(again) == 0


async def test_nobody_elses_words_go(respond: Respond, engine: Engine) -> None:
    for key in ("42", "43"):
        await say(respond, "上门怎么办", key)
    await say(respond, "/forget", "42")
    assert (await say(respond, "是", "43")).reply.text == "答：是"
    await say(respond, "是", "42")
    assert (kept(engine, "42"), kept(engine, "43")) == (0, 4)


async def test_two_who_answer_at_once_delete_once(engine: Engine) -> None:
    await say(forgetting(engine), "上门怎么办")
    await say(forgetting(engine), "/forget")
    answers = await asyncio.gather(*(say(forgetting(engine), "确定删除") for _ in range(4)))
    assert all(each.forgotten for each in answers)
    assert not any(counts(engine, "telegram", "42").values())


async def test_a_yes_for_the_volunteer_deletes_nothing(respond: Respond, engine: Engine) -> None:
    await say(respond, "上门怎么办")
    hand_offs = HandOffs(engine)
    talk = Conversations(engine).open("telegram", "42")
    number = hand_offs.ask(talk.id, Language.SIMPLIFIED).number
    asks = [Line(Side.BORROWER, "是信用卡吗", Side.VOLUNTEERS)]
    hand_offs.move(number, (Stage.ASKED,), Stage.TAKEN, asks, volunteer="安明")
    await say(respond, "/forget")
    assert (await say(respond, "是")).reply.text == "答：是"
    await say(respond, "/forget")
    assert (await say(respond, "确定删除")).forgotten
    assert kept(engine) == 0


async def test_in_public_nobodys_data_are_talked_about(respond: Respond, engine: Engine) -> None:
    await say(respond, "上门怎么办")
    said = await respond(Message("telegram", "42", "/forget", public=True))
    assert said.reply.text == "答：/forget"


async def test_a_conversation_that_begins_with_the_wish_leaves_nothing(
    respond: Respond, engine: Engine
) -> None:
    said = await respond(Message("web", "fresh-key", "删除我的数据", fresh=True))
    assert "没有保存" in said.reply.text
    with engine.connect() as database:
        assert database.execute(text("select count(*) from conversations")).scalar() == 0


def test_every_table_of_a_person_is_told_of_or_goes_with_one_that_is() -> None:
    along = {"conversations", "answers", "hand_off_lines"}
    queues = {
        "telegram_updates",
        "telegram_outbox",
        "telegram_chats",
        "web_conversations",
        "web_answers",
    }
    engine = create_engine("sqlite://")
    Table.metadata.create_all(engine)
    of_telegram, of_web = counts(engine, "telegram", "7"), counts(engine, "web", "x")
    assert {*of_telegram, *of_web} - along - queues == set(TOLD)


def test_no_labelled_question_is_a_wish_to_be_forgotten() -> None:
    for path in sorted((ROOT / "tests" / "evaluation").rglob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            words = str(json.loads(line).get("text", ""))
            assert meant(Message("web", "", words)) != "wish", words


async def test_the_plan_in_the_making_goes_too(respond: Respond, engine: Engine) -> None:
    await say(respond, "上门怎么办", "web-talk", "web")
    talk = Conversations(engine).open("web", "web-talk")
    Interviews(engine).save(talk.id, "{}")
    asked = await say(respond, "/forget", "web-talk", "web")
    assert "还款计划" in asked.reply.text
    assert "下载" in asked.reply.text
    await say(respond, "是", "web-talk", "web")
    assert not any(counts(engine, "web", "web-talk").values())
