"""Deletion on time happens by itself, and is tried again when it failed."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from bot.answering.reply import Reply, Status
from bot.operation.duties import do_duties
from bot.operation.running import beside
from bot.store.conversations import Conversations
from bot.store.database import open_database
from bot.store.retention import delete_outdated
from bot.store.tables import ConversationRow, MessageRow


async def test_what_is_old_goes_soon_after_the_start_even_after_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/aid.sqlite3")
    talks = Conversations(engine)
    await talks.record(talks.open("web", "a"), "旧话", Reply(Status.ANSWERED, "好"), {})
    long_ago = datetime.now(UTC) - timedelta(days=91)
    with Session(engine) as session, session.begin():
        for row in (
            *session.scalars(select(ConversationRow)),
            *session.scalars(select(MessageRow)),
        ):
            row.created_at = long_ago
    tries: list[int] = []

    def fails_once(engine: Engine, keep: timedelta, now: datetime) -> dict[str, int]:
        tries.append(keep.days)
        if len(tries) == 1:
            raise OSError("the disk is away")
        return delete_outdated(engine, keep, now)

    monkeypatch.setattr("bot.operation.duties.delete_outdated", fails_once)
    monkeypatch.setattr("bot.operation.duties.AGAIN_SECONDS", 0.01)
    async with beside(do_duties(engine, 90)), asyncio.timeout(30):
        while kept(engine):  # noqa: ASYNC110 - the database tells nobody when a row goes
            await asyncio.sleep(0.02)
    assert kept(engine) == 0
    assert tries == [90, 90]
    engine.dispose()


def kept(engine: Engine) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(MessageRow)) or 0
