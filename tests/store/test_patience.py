"""A database server that restarts is waited for; one that stays away is named after a while."""

import asyncio
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.exc import OperationalError

from bot.answering.reply import Reply, Status
from bot.store.conversations import Conversations
from bot.store.keys import Keyring
from bot.store.switches import Switches
from tests.stands.postgres import PostgresServer, postgres_programs
from tests.store.conftest import Opening

REPLY = Reply(Status.ANSWERED, "先不开门。")


@pytest.fixture
def own_server(postgres: PostgresServer) -> Iterator[PostgresServer]:
    """A server that a test may kill."""
    programs = postgres_programs()
    assert programs is not None
    server = PostgresServer(programs)
    server.start()
    yield server
    server.remove()


def test_messages_under_way_outlive_a_crash_of_the_server(
    own_server: PostgresServer, keyring: Keyring, opening: Opening
) -> None:
    talks = Conversations(opening(own_server.url(), keyring))
    talk = talks.open("web", "somebody")
    stop = threading.Event()

    def talking(person: int) -> int:
        said = 0
        while not stop.is_set():
            asyncio.run(talks.record(talk, f"{person}: {said}", REPLY, {}))
            said += 1
        return said

    with ThreadPoolExecutor(4) as pool:
        people = [pool.submit(talking, person) for person in range(4)]
        time.sleep(0.5)
        own_server.kill()
        threading.Timer(1.0, own_server.start).start()
        time.sleep(2.5)
        stop.set()
        said = sum(each.result(timeout=60) for each in people)
    asked = [each for each in talks.history(talk.id, limit=10**6) if each.role == "user"]
    assert len({each.text for each in asked}) == said


async def test_a_server_that_stays_away_is_a_fault_after_a_while(
    own_server: PostgresServer, keyring: Keyring, opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.patience.PATIENCE_SECONDS", 0.5)
    engine = opening(own_server.url(), keyring)
    own_server.kill()
    with pytest.raises(OperationalError):
        Conversations(engine).open("web", "somebody")
    assert not await Switches(engine).off("web")
    own_server.start()
    assert Conversations(engine).open("web", "somebody").id
