"""The audit log: only added to, and an edit behind its back shows; on each kind of database."""

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DatabaseError

from bot.curation.people import AuditBroken
from bot.store.audit import Audit


def unguard(connection: Connection) -> None:
    """What somebody with the database in their hands would do first."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("DROP TRIGGER keep_audit ON audit"))
        return
    for event in ("update", "delete"):
        connection.execute(text(f"DROP TRIGGER keep_audit_{event}"))


@pytest.mark.parametrize("edit", ["UPDATE audit SET who = 'x'", "DELETE FROM audit"])
def test_the_database_itself_keeps_the_log(engine: Engine, edit: str) -> None:
    Audit(engine).record("a", "b")
    with pytest.raises(DatabaseError, match="only ever added to"), engine.begin() as connection:
        connection.execute(text(edit))


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE audit SET who = 'x' WHERE number = 2",
        'UPDATE audit SET details = \'{"role": "x"}\' WHERE number = 1',
        "DELETE FROM audit WHERE number = 2",
        "UPDATE audit SET number = 9 WHERE number = 3",
    ],
)
def test_an_edit_behind_its_back_shows(engine: Engine, edit: str) -> None:
    for act in ("one", "two", "three"):
        Audit(engine).record("小林", act, "entry", role="editor")
    with engine.begin() as connection:
        unguard(connection)
        connection.exec_driver_sql(edit)
    with pytest.raises(AuditBroken):
        Audit(engine).check()


def test_a_log_that_was_cut_off_lacks_the_hash_noted_earlier(engine: Engine) -> None:
    for act in ("one", "two"):
        Audit(engine).record("小林", act)
    last = Audit(engine).check()[1]
    Audit(engine).record("小林", "three")
    assert Audit(engine).check(last)[0] == 3
    with engine.begin() as connection:
        unguard(connection)
        connection.execute(text("DELETE FROM audit WHERE number >= 2"))
    assert Audit(engine).check()[0] == 1
    with pytest.raises(AuditBroken, match="noted earlier"):
        Audit(engine).check(last)
