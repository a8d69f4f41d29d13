"""Many turns' rows in one transaction, and each turn's fault its own."""

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, event, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.store.group_commit import GroupCommit, Row
from bot.store.ids import new_id, row_id
from bot.store.tables import ConversationRow, MessageRow, tables_of

CONVERSATION, MESSAGE = insert(ConversationRow), insert(MessageRow)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def conversation(key: str) -> Row:
    return CONVERSATION, {"id": key, "transport": "web", "key": key, "created_at": NOW}


def message(of: str) -> Row:
    return MESSAGE, {
        "id": new_id(),
        "conversation_id": of,
        "place": 0,
        "role": "user",
        "text": "有人上门",
        "created_at": NOW,
    }


def kept(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(connection.scalars(select(ConversationRow.__table__.c.id)))


def test_what_is_added_is_committed_when_it_returns(engine: Engine) -> None:
    asyncio.run(GroupCommit(engine).add(message("a"), conversation("a")))  # in any order
    assert kept(engine) == {"a"}


def test_many_turns_share_few_transactions(engine: Engine) -> None:
    commits: list[object] = []
    event.listen(engine, "commit", commits.append)
    group = GroupCommit(engine)

    async def all_at_once() -> None:
        await asyncio.gather(*(group.add(conversation(str(n)), message(str(n))) for n in range(80)))

    asyncio.run(all_at_once())
    assert kept(engine) == {str(n) for n in range(80)}
    assert len(commits) < 20


def test_one_turns_fault_is_not_the_others(engine: Engine) -> None:
    group = GroupCommit(engine)

    async def all_at_once() -> list[BaseException | None]:
        works = [group.add(conversation(key)) for key in ("a", "b")]
        return await asyncio.gather(
            *works, group.add(message("nobody")), group.add(conversation("c")),
            return_exceptions=True,
        )  # fmt: skip

    a, b, faulty, c = asyncio.run(all_at_once())
    assert (a, b, c) == (None, None, None)
    assert isinstance(faulty, IntegrityError)
    assert kept(engine) == {"a", "b", "c"}


def test_whoever_goes_away_leaves_the_rows(engine: Engine) -> None:
    group = GroupCommit(engine)

    async def left() -> None:
        waiting = asyncio.ensure_future(group.add(conversation("a")))
        await asyncio.sleep(0)
        waiting.cancel()
        await group.add(conversation("b"))

    asyncio.run(left())
    assert kept(engine) == {"a", "b"}


def test_several_event_loops_may_share_it(engine: Engine) -> None:
    group = GroupCommit(engine)
    for key in ("a", "b"):
        asyncio.run(group.add(conversation(key)))
    assert kept(engine) == {"a", "b"}


def test_ids_are_long_and_never_the_same() -> None:
    ids = {new_id() for _ in range(5000)}
    assert len(ids) == 5000
    assert {len(each) for each in ids} == {43}


def test_ids_of_rows_follow_time_and_cannot_be_guessed() -> None:
    first = row_id()
    while (later := row_id())[:11] == first[:11]:
        pass
    assert first < later
    ids = {row_id() for _ in range(5000)}
    assert {len(each) for each in ids} == {43}
    assert len({each[11:] for each in ids}) == 5000


@pytest.mark.parametrize("many", [1, 2, 7, 45, 100])
def test_rows_inserted_by_few_statements_read_as_they_were_written(
    engine: Engine, many: int
) -> None:
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    conversations, messages = tables_of(ConversationRow, MessageRow)
    talks = [(conversations, conversation(str(n))[1]) for n in range(many)]
    said = [(messages, {**message(str(n))[1], "text": f"第{n}句"}) for n in range(many)]
    asyncio.run(GroupCommit(engine).add(*talks, *said))
    with Session(engine) as session:
        rows = session.scalars(select(MessageRow)).all()
        assert {(row.conversation_id, row.text) for row in rows} == {
            (str(n), f"第{n}句") for n in range(many)
        }
        assert {row.created_at for row in rows} == {NOW}
    if engine.dialect.name == "sqlite":
        assert len([each for each in statements if each.startswith("INSERT")]) <= 2 * 12
