"""Nothing is lost and nothing said twice: faults of sending, kills, duplicates, late updates."""

import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.store.database import open_database
from bot.store.outbox import Outbox
from bot.store.reminders import Reminders
from bot.transports.telegram.chats import SENDS_AT_ONCE
from tests.stands.bot_api import BotApi, Fault
from tests.transports.telegram.process import bot_process
from tests.transports.telegram.running import running, settings_for
from tests.transports.telegram.scripted import Scripted
from tests.transports.telegram.test_reminders import remind

CHATS, MESSAGES, KILLS = 30, 10, 6


def texts(stand: BotApi, chat: int = 42) -> list[str]:
    return [message["text"] for message in stand.told(chat)]


FAULTS = {
    "429": {"code": 429, "retry_after": 1},
    "502": {"code": 502, "times": 2},
    "500": {"code": 500},
    "cut connection": {"cut": True, "times": 2},
    "slow": {"delay": 0.5},
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_of_sending_is_survived(
    stand: BotApi, tmp_path: Path, fault: dict[str, int]
) -> None:
    stand.fail(**fault)
    with running(settings_for(stand, tmp_path), Scripted()):
        stand.say("一")
        stand.say("二")
        stand.wait_told(2)
    assert texts(stand) == ["答：一", "答：二"]


def test_a_wait_telegram_asks_for_stops_that_chat_alone(stand: BotApi, tmp_path: Path) -> None:
    stand.fail(code=429, retry_after=2, chat=42)
    with running(settings_for(stand, tmp_path), Scripted()):
        stand.say("一")
        stand.wait_for(lambda stand: [call for call in stand.calls if call.status == 429])
        for number in range(5):
            stand.say(f"{number}", chat=43)
        stand.wait_told(5, chat=43)
        assert texts(stand) == []
        stand.wait_told(1)
    refused, sent = (
        call for call in stand.calls if call.method == "sendMessage" and call.chat == 42
    )
    assert sent.at - refused.at >= 2


def test_a_chat_that_blocked_the_bot_is_cleaned_up(stand: BotApi, tmp_path: Path) -> None:
    settings = settings_for(stand, tmp_path)
    stand.fail("sendMessage", 403, chat=42, times=None)
    with running(settings, Scripted()):
        stand.say("一")
        stand.say("还在吗", chat=43)
        stand.wait_told(1, chat=43)
        stand.wait_for(lambda stand: [call for call in stand.calls if call.status == 403])
    tried = len(stand.calls)
    with running(settings, Scripted()):
        stand.say("二", chat=43)
        stand.wait_told(2, chat=43)
    assert all(call.chat != 42 for call in stand.calls[tried:])


def test_a_block_is_noticed_before_the_next_send(stand: BotApi, tmp_path: Path) -> None:
    settings = settings_for(stand, tmp_path)
    stand.say("一")
    with running(settings, Scripted()):
        stand.wait_told(1)
        blocked = stand.block()
        stand.say("还在吗", chat=43)
        stand.wait_told(1, chat=43)
        outbox = Outbox(open_database(settings.store_url), "test:0")
        stand.wait_for(lambda stand: all(each["update_id"] > blocked for each in stand.pending))
        stand.wait_for(lambda _: outbox.next_update(42) is None)
    assert outbox.waiting_chats() == []
    assert all(call.status == 200 for call in stand.calls if call.chat == 42)


def test_a_group_that_became_a_supergroup_is_followed(stand: BotApi, tmp_path: Path) -> None:
    stand.messages[-100777] = {}
    text = "Bad Request: group chat was upgraded to a supergroup chat"
    stand.fail(code=400, chat=42, migrate_to_chat_id=-100777, description=text)
    with running(settings_for(stand, tmp_path), Scripted()):
        stand.say("一")
        stand.wait_told(1, chat=-100777)
    assert texts(stand) == []


def test_a_blocked_person_is_reminded_no_more(stand: BotApi, tmp_path: Path) -> None:
    settings = settings_for(stand, tmp_path)
    engine = open_database(settings.store_url)
    remind(engine)
    reminders = Reminders(engine)
    with running(settings, Scripted()):
        stand.messages[42] = {}
        stand.block()
        far = datetime(2030, 1, 1, tzinfo=UTC)
        stand.say("还在吗", chat=43)
        stand.wait_told(1, chat=43)
        stand.wait_for(lambda _: not reminders.due("telegram", far))


def test_a_duplicate_is_answered_once(stand: BotApi, tmp_path: Path) -> None:
    with running(settings_for(stand, tmp_path), Scripted()):
        message = stand.message_of_person(42, text="一")
        update = stand.push("message", message)
        stand.wait_told(1)
        stand.push("message", message, update)
        stand.push("message", message, update)
        stand.say("二")
        stand.wait_told(2)
    assert texts(stand) == ["答：一", "答：二"]


def test_a_late_update_is_answered_once(stand: BotApi, tmp_path: Path) -> None:
    early = stand.message_of_person(42, text="早的")
    with running(settings_for(stand, tmp_path, telegram_api=stand.address), Scripted()):
        stand.say("晚的")
        stand.wait_told(1)
    with running(settings_for(stand, tmp_path), Scripted()):
        stand.push("message", early, update_id=1)
        stand.wait_told(2)
    assert texts(stand) == ["答：晚的", "答：早的"]


def test_what_was_written_while_the_bot_was_away_is_answered_in_order(
    stand: BotApi, tmp_path: Path
) -> None:
    for number in range(20):
        stand.say(f"{number}")
    with running(settings_for(stand, tmp_path), Scripted()):
        stand.wait_told(20)
    assert texts(stand) == [f"答：{number}" for number in range(20)]


def test_an_answer_not_yet_sent_survives_a_stop(stand: BotApi, tmp_path: Path) -> None:
    settings = settings_for(stand, tmp_path)
    outage = stand.fail(code=502, times=None)
    with running(settings, Scripted()):
        stand.say("一")
        stand.wait_for(lambda _: outage.hits >= 2)
    stand.faults.clear()
    again = Scripted()
    with running(settings, again):
        stand.wait_told(1)
    assert texts(stand) == ["答：一"]
    assert again.heard == []  # worded once; only the sending was left


def test_killed_again_and_again_it_loses_nothing(stand: BotApi, tmp_path: Path) -> None:
    repeats = stream_and_kill(stand, tmp_path, CHATS, MESSAGES, KILLS)
    assert repeats <= KILLS * SENDS_AT_ONCE


def stream_and_kill(stand: BotApi, data: Path, chats: int, messages: int, kills: int) -> int:
    """Stream messages under faults and kills; check every promise; how many were said twice."""
    plant_faults(stand)
    with bot_process(stand, data) as bot:
        for number in range(messages):
            for chat in range(1, chats + 1):
                stand.say(f"{chat}-{number}", chat=chat)
            for kill in range(kills * number // messages, kills * (number + 1) // messages):
                goal = len(stand.accepted("sendMessage")) + 7 + kill
                stand.wait_for(enough(goal), f"answer {goal}", 60)
                time.sleep(stand.chance.random() / 10)  # a kill comes at any moment
                bot.kill_and_restart()
        stand.wait_for(lambda stand: all_answered(stand, chats, messages), "every answer", 300)
    said = Counter(text for chat in range(1, chats + 1) for text in texts(stand, chat))
    assert set(said) == {f"答：{c}-{n}" for c in range(1, chats + 1) for n in range(messages)}
    assert max(said.values()) <= 2
    for chat in range(1, chats + 1):
        first_time = list(dict.fromkeys(texts(stand, chat)))
        assert first_time == [f"答：{chat}-{number}" for number in range(messages)]
    return said.total() - chats * messages


def enough(goal: int) -> Callable[[BotApi], bool]:
    """Whether so many answers have been sent; the next kill then meets the bot at work."""
    return lambda stand: len(stand.accepted("sendMessage")) >= goal


def plant_faults(stand: BotApi) -> None:
    """Five sends in a hundred fail: asked to wait, a bad gateway, a cut connection."""
    for how in ({"code": 429, "retry_after": 1}, {"code": 502}, {"cut": True}):
        stand.faults.append(Fault(times=None, share=0.017, **how))  # type: ignore[arg-type]


def all_answered(stand: BotApi, chats: int, messages: int) -> bool:
    return all(len(set(texts(stand, chat))) == messages for chat in range(1, chats + 1))


def test_a_stop_by_signal_ends_in_good_order(stand: BotApi, tmp_path: Path) -> None:
    with bot_process(stand, tmp_path) as bot:
        stand.say("一")
        stand.wait_told(1)
        began = time.monotonic()
        assert bot.stop() == 0
        assert time.monotonic() - began < 5
