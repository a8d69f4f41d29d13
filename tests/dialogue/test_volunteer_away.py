"""A volunteer who goes quiet: the person has the assistant again, and waits for somebody else."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.app import App, build
from bot.dialogue.hand_off import HandOffs, Side, Stage
from bot.dialogue.message import Message
from bot.dialogue.volunteer_away import NOBODY_SPEAKS_FOR, VolunteerAway
from bot.settings import Settings
from bot.store import hand_offs as store

QUIET = timedelta(minutes=30)
SOON = timedelta(minutes=1)


@pytest.fixture(scope="module")
def aid(data_dir: Path) -> App:
    return build(Settings(_env_file=None, data_dir=data_dir, telegram_volunteers_chat=-1))


@pytest.fixture
def hand_offs(aid: App) -> HandOffs:
    return store.HandOffs(aid.engine)


@pytest.fixture
def away(aid: App, hand_offs: HandOffs) -> Iterator[VolunteerAway]:
    yield VolunteerAway(hand_offs, aid.desk, aid.wording, QUIET)
    for each in (*aid.desk.waiting(), *aid.desk.taken()):
        hand_offs.move(each.number, (Stage.WAITING, Stage.TAKEN), Stage.CLOSED)


async def say(aid: App, text: str, key: str) -> str:
    return (await aid.respond(Message("console", key, text))).reply.text


async def taken(aid: App, key: str) -> int:
    """The number of a talk that a volunteer has just taken."""
    await say(aid, "我想找志愿者", key)
    await say(aid, "同意转给志愿者", key)
    number = aid.desk.waiting()[-1].number
    assert aid.desk.take(number, "阿明")
    return number


def stage(aid: App, number: int) -> Stage:
    talk = aid.desk.find(number)
    assert talk is not None
    return talk.stage


def last(aid: App, number: int, side: Side) -> tuple[str, datetime]:
    line = [each for each in aid.desk.lines(number) if each.to is side][-1]
    return line.text, line.at


async def test_who_waits_for_an_answer_has_the_assistant_back(
    aid: App, away: VolunteerAway
) -> None:
    number = await taken(aid, "away")
    aid.desk.say(number, "我看一下。")
    assert await say(aid, "明天要去法院吗", "away") == "✓ 已转给志愿者。"
    asked_at = aid.desk.lines(number)[-1].at

    away(asked_at + QUIET - SOON)
    assert stage(aid, number) is Stage.TAKEN
    away(asked_at + QUIET + SOON)

    assert stage(aid, number) is Stage.WAITING
    assert "志愿者 31 分钟没有回话" in last(aid, number, Side.BORROWER)[0]
    assert "请哪位接手" in last(aid, number, Side.VOLUNTEERS)[0]
    answer = await say(aid, "催收上门怎么办", "away")
    assert "你还在等志愿者" in answer
    assert "12378" in answer
    assert aid.desk.take(number, "小红"), "another volunteer goes on"


async def test_who_was_taken_and_never_spoken_to_waits_again(aid: App, away: VolunteerAway) -> None:
    number = await taken(aid, "unspoken")
    talk = aid.desk.find(number)
    assert talk is not None
    away(talk.since + QUIET + SOON)
    assert stage(aid, number) is Stage.WAITING


async def test_a_second_look_says_nothing_twice(aid: App, away: VolunteerAway) -> None:
    number = await taken(aid, "once")
    later = aid.desk.lines(number)[-1].at + QUIET + SOON
    away(later)
    away(later)
    told = [each.text for each in aid.desk.lines(number) if "没有回话" in each.text]
    assert len(told) == 1


async def test_a_person_who_has_the_last_word_is_not_hurried(aid: App, away: VolunteerAway) -> None:
    number = await taken(aid, "their turn")
    await say(aid, "我欠了两家", "their turn")
    aid.desk.say(number, "一共多少？")
    spoken_at = aid.desk.lines(number)[-1].at
    away(spoken_at + QUIET * 2)
    assert stage(aid, number) is Stage.TAKEN


async def test_a_talk_nobody_goes_on_with_ends_with_a_summary(
    aid: App, away: VolunteerAway
) -> None:
    number = await taken(aid, "ended")
    aid.desk.say(number, "先打官方客服要工单号。")
    spoken_at = aid.desk.lines(number)[-1].at
    away(spoken_at + NOBODY_SPEAKS_FOR + SOON)
    assert stage(aid, number) is Stage.CLOSED
    closing = last(aid, number, Side.BORROWER)[0]
    assert "很久没有人说话" in closing
    assert "· 先打官方客服要工单号。" in closing
    assert "已结束" in last(aid, number, Side.VOLUNTEERS)[0]
