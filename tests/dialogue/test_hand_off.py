"""A talk handed over to a volunteer: consent, queue, both ways, closing, withdrawal, danger first."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answering.reply import Reply, Status
from bot.answering.turn import Turn
from bot.app import App, build, volunteer_hours
from bot.dialogue.hand_off import NO_ANSWER_FOR, Line, Side, Stage, TalkToPerson, steers
from bot.dialogue.message import Message
from bot.dialogue.office_hours import OfficeHours
from bot.knowledge.site import Site
from bot.settings import Settings
from bot.store.database import open_database
from bot.store.hand_offs import HandOffs
from bot.store.personal_data import forget
from bot.store.site_directory import SiteDirectory
from bot.store.sites import SiteStore


@pytest.fixture(scope="module")
def aid(data_dir: Path) -> App:
    """The whole assistant with volunteers who are always there."""
    return build(Settings(_env_file=None, data_dir=data_dir, telegram_volunteers_chat=-1))


@pytest.fixture
def hand_offs(aid: App) -> HandOffs:
    return HandOffs(open_database(aid.settings.store_url))


@pytest.fixture(autouse=True)
def _empty_queue(aid: App, hand_offs: HandOffs) -> Iterator[None]:
    yield
    for each in (*aid.desk.waiting(), *aid.desk.taken()):
        hand_offs.move(each.number, (Stage.WAITING, Stage.TAKEN), Stage.CLOSED)


async def say(aid: App, text: str, key: str) -> Reply:
    return (await aid.respond(Message("console", key, text))).reply


async def wait_in_queue(aid: App, key: str) -> int:
    """Ask, agree; the number of the hand-off."""
    await say(aid, "我想找志愿者", key)
    await say(aid, "同意转给志愿者", key)
    return aid.desk.waiting()[-1].number


def to_borrower(lines: list[Line]) -> list[str]:
    return [line.text for line in lines if line.to is Side.BORROWER]


@pytest.mark.parametrize(
    "text",
    ["转人工", "我想找志愿者", "有真人吗", "能不能找个真人聊聊", "人工客服", "我想找志願者", "/human",
     "I want to talk to a human", "can I speak to a person?"],
)  # fmt: skip
def test_a_wish_for_a_human_is_understood(text: str) -> None:
    assert steers(text)


@pytest.mark.parametrize("text", ["志愿者可靠吗", "催收找人上门", "人工智能怎么用", "我想找工作"])
def test_other_wishes_are_left_alone(text: str) -> None:
    assert not steers(text)


async def test_nothing_is_passed_on_before_consent(aid: App) -> None:
    await say(aid, "分期乐说今天上门", "consent")
    asked = await say(aid, "转人工", "consent")
    assert "同意吗" in asked.text
    assert [action.label for action in asked.actions] == ["同意转给志愿者", "先不用"]
    assert aid.desk.waiting() == []
    declined = await say(aid, "先不用", "consent")
    assert "没有转出任何内容" in declined.text
    assert aid.desk.waiting() == []


@pytest.mark.parametrize(
    ("asks", "agrees", "declines", "queued"),
    [
        ("转人工", "同意转给志愿者", "先不用", "已经替你排上队"),
        ("I want to talk to a human", "Yes, pass it on", "No, thanks", "You are in the queue"),
    ],
)
async def test_a_yes_or_no_is_no_danger(
    aid: App, asks: str, agrees: str, declines: str, queued: str
) -> None:
    await say(aid, "分期乐说今天上门", f"button {asks}")
    offered = await say(aid, asks, f"button {asks}")
    assert [action.message for action in offered.actions] == [agrees, declines]
    assert (await say(aid, declines, f"button {asks}")).status is Status.CLARIFY
    await say(aid, asks, f"button {asks}")
    assert (await say(aid, agrees, f"button {asks}")).text.startswith(queued)


async def test_a_talk_from_the_queue_to_its_summary(aid: App) -> None:
    await say(aid, "我叫张伟，电话13800138000，分期乐说今天上门", "talk")
    number = await wait_in_queue(aid, "talk")
    (asked_for,) = [line.text for line in aid.desk.lines(number)]
    assert "分期乐说今天上门" in asked_for
    assert "13800138000" not in asked_for
    assert "张伟" not in asked_for
    assert aid.desk.take(number, "阿明")
    receipt = await say(aid, "他们要我电话13900139000", "talk")
    assert receipt.text == "✓ 已转给志愿者。"
    assert aid.desk.lines(number)[-1].text == "他们要我电话〔手机号〕"
    assert aid.desk.say(number, "先别开门，我在。")
    assert aid.desk.close(number)
    hello, word, closing = to_borrower(list(aid.desk.lines(number)))
    assert "真人" in hello
    assert word == "先别开门，我在。"
    assert "· 先别开门，我在。" in closing
    again = await say(aid, "催收上门怎么办", "talk")
    assert again.sources


async def test_the_queue_says_its_position_and_answers_go_on(aid: App) -> None:
    await wait_in_queue(aid, "first")
    await say(aid, "转人工", "second")
    waiting = await say(aid, "同意转给志愿者", "second")
    assert "你前面有 1 位" in waiting.text
    answer = await say(aid, "催收上门怎么办", "second")
    assert answer.sources
    assert "你还在等志愿者，你前面有 1 位" in answer.text


async def test_danger_comes_first_and_the_volunteer_sees_it_too(aid: App) -> None:
    number = await wait_in_queue(aid, "danger")
    aid.desk.take(number, "阿明")
    reply = await say(aid, "我不想活了，想跳楼", "danger")
    assert "12356" in reply.text
    assert aid.desk.lines(number)[-1].text == "我不想活了，想跳楼"


async def test_violence_is_answered_and_passed_on(aid: App) -> None:
    number = await wait_in_queue(aid, "violence")
    aid.desk.take(number, "阿明")
    reply = await say(aid, "他们在砸门，要打我", "violence")
    assert "110" in reply.text
    assert aid.desk.lines(number)[-1].text == "他们在砸门，要打我"


async def test_withdrawal_deletes_what_was_passed_on(aid: App) -> None:
    number = await wait_in_queue(aid, "withdrawn")
    aid.desk.take(number, "阿明")
    await say(aid, "我欠了很多家", "withdrawn")
    reply = await say(aid, "结束人工", "withdrawn")
    assert "不再转给志愿者" in reply.text
    assert [line.text[:5] for line in aid.desk.lines(number)] == ["对方撤回了"]
    assert not aid.desk.say(number, "还在吗")


async def test_one_volunteer_takes_a_talk(aid: App) -> None:
    number = await wait_in_queue(aid, "raced")
    assert aid.desk.take(number, "阿明")
    assert not aid.desk.take(number, "小红")
    assert aid.desk.taken()[-1].volunteer == "阿明"


async def test_a_silent_volunteer_is_named_as_silent(aid: App, hand_offs: HandOffs) -> None:
    number = await wait_in_queue(aid, "silent")
    aid.desk.take(number, "阿明")
    later = aid.desk.lines(number)[-1].at + NO_ANSWER_FOR * 2
    step = TalkToPerson(hand_offs, aid.wording, lambda _site: OfficeHours(), lambda: later)
    talking = aid.desk.find(number)
    assert talking is not None
    done = await step(Turn(talking.conversation_id, "在吗", later.date()))
    assert done.reply is not None
    assert "结束人工" in done.reply.text


async def test_without_volunteers_others_who_help_are_named(app: App) -> None:
    reply = await say(app, "转人工", "nobody")
    assert "12348" in reply.text
    assert not reply.actions


async def test_outside_the_hours_they_are_named(data_dir: Path) -> None:
    shut = build(Settings(_env_file=None, data_dir=data_dir, volunteer_hours="Mon 00:00-00:01"))
    reply = await say(shut, "转人工", "shut")
    assert "周一 00:00-00:01" in reply.text


@pytest.mark.parametrize(
    ("site", "told"), [("lakeside", "周一 00:00-00:01"), ("other", None), (None, None)]
)
async def test_a_site_has_hours_of_its_own(aid: App, site: str | None, told: str | None) -> None:
    store = SiteStore(aid.engine)
    store.put(Site(key="lakeside", name="湖畔消协", volunteer_hours="周一 0：00—0：01"))
    store.put(Site(key="other", name="别处"))
    hours = volunteer_hours(aid.settings, SiteDirectory(store))
    assert hours("lakeside") == hours(None), "nobody has looked yet"
    await aid.sites.look()
    asked = Message("console", f"visitor of {site}", "转人工", site=site)
    reply = (await aid.respond(asked)).reply
    assert ("周一 00:00-00:01" in reply.text) == (told is not None)


async def test_forgetting_takes_the_hand_off_along(aid: App, hand_offs: HandOffs) -> None:
    number = await wait_in_queue(aid, "forgotten")
    forget(open_database(aid.settings.store_url), "console", "forgotten")
    assert aid.desk.find(number) is None
    assert aid.desk.lines(number) == []
    assert not aid.desk.take(number, "阿明")
    later = await wait_in_queue(aid, "another")
    assert later > number
