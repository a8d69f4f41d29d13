"""The queue of the bot: stored once, worked on by one, done as a whole or not at all."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from bot.store.outbox import LEASE, Incoming, Outbox, Outgoing

CHAT = 42


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 20, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def outbox(engine: Engine, clock: Clock) -> Outbox:
    return Outbox(engine, "here:1", clock)


@pytest.fixture
def other(engine: Engine, clock: Clock) -> Outbox:
    return Outbox(engine, "there:2", clock)


def asked(update_id: int, text: str = "上门", chat: int = CHAT) -> Incoming:
    return Incoming(update_id, chat, f'{{"text": "{text}"}}')


def said(text: str, chat: int = CHAT) -> Outgoing:
    return Outgoing(chat, "message", {"html": text})


def waiting(outbox: Outbox, chat: int = CHAT) -> list[int]:
    found = []
    while (each := outbox.next_update(chat)) is not None:
        found.append(each.update_id)
        outbox.finish(each.update_id, [])
    return found


def test_updates_come_out_in_their_order(outbox: Outbox) -> None:
    outbox.store([asked(3), asked(1)])
    outbox.store([asked(2)])
    assert waiting(outbox) == [1, 2, 3]


def test_a_repeat_is_left_alone_also_when_done(outbox: Outbox) -> None:
    outbox.store([asked(1), asked(1)])
    assert waiting(outbox) == [1]
    outbox.store([asked(1)])
    assert waiting(outbox) == []


def test_another_update_under_an_old_number_is_a_new_one(outbox: Outbox) -> None:
    outbox.store([asked(1, "旧的")])
    assert waiting(outbox) == [1]
    outbox.store([asked(1, "新的")])
    found = outbox.next_update(CHAT)
    assert found is not None
    assert "新的" in found.body


def test_many_processes_store_the_same_updates_once(outbox: Outbox, other: Outbox) -> None:
    updates = [asked(number) for number in range(20)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: (outbox, other)[n % 2].store(updates), range(16)))
    assert waiting(outbox) == list(range(20))


def test_a_chat_is_claimed_by_one_process_alone(engine: Engine, clock: Clock) -> None:
    rivals = [Outbox(engine, f"host:{number}", clock) for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(lambda rival: rival.claim(CHAT), rivals))
    assert won.count(True) == 1


def test_a_released_chat_is_free(outbox: Outbox, other: Outbox) -> None:
    assert outbox.claim(CHAT)
    assert not other.claim(CHAT)
    outbox.release(CHAT)
    assert other.claim(CHAT)


def test_a_process_that_says_nothing_loses_its_chats(
    outbox: Outbox, other: Outbox, clock: Clock
) -> None:
    outbox.claim(CHAT)
    clock.now += LEASE
    assert other.claim(CHAT)


def test_a_process_that_is_alive_keeps_them(outbox: Outbox, other: Outbox, clock: Clock) -> None:
    outbox.claim(CHAT)
    clock.now += LEASE / 2
    outbox.renew()
    clock.now += LEASE / 2
    assert not other.claim(CHAT)


def test_chats_with_work_are_found_unless_somebody_works_on_them(
    outbox: Outbox, other: Outbox
) -> None:
    outbox.store([asked(1), asked(2, chat=43), asked(3, chat=44)])
    outbox.finish(1, [said("一")])
    outbox.finish(3, [])
    assert outbox.waiting_chats() == [CHAT, 43]
    other.claim(43)
    assert outbox.waiting_chats() == [CHAT]


def test_answers_are_kept_with_the_mark_that_an_update_is_done(outbox: Outbox) -> None:
    outbox.store([asked(1)])
    outbox.finish(1, [said("一"), Outgoing(CHAT, "document", {"name": "信"}, b"PK")])
    outbox.finish(1, [said("又一遍")])
    kinds = []
    while (each := outbox.next_outgoing(CHAT)) is not None:
        kinds.append((each.kind, each.content))
        outbox.delivered(each.id)
    assert kinds == [("message", None), ("document", b"PK")]


def test_an_answer_that_cannot_be_kept_leaves_the_update_waiting(outbox: Outbox) -> None:
    outbox.store([asked(1)])
    unfit = Outgoing(CHAT, "message", {"html": object()})
    with pytest.raises(Exception, match="JSON"):
        outbox.finish(1, [said("一"), unfit])
    assert outbox.next_outgoing(CHAT) is None
    assert waiting(outbox) == [1]


def test_first_words_are_remembered(outbox: Outbox) -> None:
    outbox.store([asked(1)])
    outbox.began(1, 77)
    found = outbox.next_update(CHAT)
    assert found is not None
    assert found.draft_id == 77


def test_only_the_last_minute_of_the_same_chat_counts(outbox: Outbox) -> None:
    now = datetime.now(UTC)
    old = Incoming(1, CHAT, "{}", received_at=now - timedelta(minutes=2))
    outbox.store([old, asked(2), asked(3, chat=43), asked(4), mine := asked(5)])
    assert outbox.ahead(mine, timedelta(minutes=1)) == 2


def test_a_silence_outlives_the_process(outbox: Outbox, other: Outbox, clock: Clock) -> None:
    outbox.claim(CHAT)
    outbox.keep_silent(CHAT, clock.now)
    assert other.silent_until(CHAT) == clock.now
    assert other.silent_until(43) is None


def test_an_abandoned_chat_leaves_nothing_but_numbers(outbox: Outbox) -> None:
    outbox.store([asked(1), asked(2)])
    outbox.finish(1, [said("一")])
    outbox.abandon(CHAT)
    assert outbox.waiting_chats() == []
    outbox.store([asked(2)])
    assert outbox.waiting_chats() == []


def test_old_updates_are_first_nobodys_and_then_gone(outbox: Outbox, clock: Clock) -> None:
    clock.now = datetime.now(UTC)
    outbox.store([asked(1), asked(2)])
    outbox.finish(1, [])
    clock.now += timedelta(hours=2)
    outbox.prune(timedelta(hours=1), timedelta(hours=1))
    outbox.store([asked(1)])  # forgotten, so it counts as new
    assert waiting(outbox) == [1, 2]


def test_processes_are_known_by_name(outbox: Outbox, other: Outbox) -> None:
    outbox.claim(1)
    other.claim(2)
    assert sorted(outbox.owners()) == ["here:1", "there:2"]
    outbox.release_all_of("there:2")
    assert outbox.owners() == ["here:1"]
    assert outbox.claim(2)
