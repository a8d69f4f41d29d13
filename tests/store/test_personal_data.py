"""What is kept of a person is shown whole, deleted whole, and deleted on time."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, Text, func, select, type_coerce
from sqlalchemy.orm import Session
from typer.testing import CliRunner

from bot.cli import cli
from bot.store.conversations import Conversations
from bot.store.database import open_database
from bot.store.outbox import Outbox
from bot.store.personal_data import export, forget
from bot.store.retention import delete_outdated
from bot.store.tables import (
    ConversationRow,
    FeedbackRow,
    InterviewRow,
    MessageRow,
    TelegramOutboxRow,
    WebAnswerRow,
    WebConversationRow,
)
from tests.store.conftest import Files
from tests.store.seeds import PERSON, Seeded, seed

DAYS = timedelta(days=90)


def sealed_words(engine: Engine) -> list[str]:
    """The middle of every sealed message as it lies on the disk; a page's end may cut the rest."""
    with engine.connect() as connection:
        rows = connection.execute(select(type_coerce(MessageRow.__table__.c.text, Text))).scalars()
        return [each[12:60] for each in rows]


def count(engine: Engine, table: type) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def forget_all(engine: Engine, kept: Seeded) -> None:
    """What both transports do when a person asks to be forgotten."""
    assert forget(engine, "telegram", str(PERSON)) == 1
    assert forget(engine, "web", kept.web) == 1
    outbox = Outbox(engine, "test:1")
    outbox.abandon(PERSON)


def test_a_person_is_shown_all_tables_with_his_words(engine: Engine) -> None:
    kept = seed(engine)
    mine = export(engine, "telegram", str(PERSON))
    assert mine["answers"][0]["actions"] == [kept.word]
    assert mine["feedback"] == [
        {"useful": False, "reason": kept.word, "created_at": mine["feedback"][0]["created_at"]}
    ]
    assert [each["text"] for each in mine["messages"]] == [f"我叫{kept.word}", kept.word]
    assert kept.word in mine["interviews"][0]["state"]
    assert mine["hand_off_lines"][0]["text"] == kept.word
    assert mine["telegram_outbox"][0]["body"] == {"html": kept.word}
    of_web = export(engine, "web", kept.web)
    assert of_web["web_answers"][0]["events"] == [kept.word]
    assert "token_hash" not in of_web["web_conversations"][0]
    assert json.loads(json.dumps([mine, of_web]))


def test_a_person_is_shown_nobody_elses_words(engine: Engine) -> None:
    kept = seed(engine)
    assert kept.word not in json.dumps(export(engine, "telegram", "77"), ensure_ascii=False)
    assert kept.word not in json.dumps(export(engine, "web", "77"), ensure_ascii=False)


def test_after_forgetting_neither_words_nor_their_sealed_form_are_anywhere(
    engine: Engine, files: Files
) -> None:
    kept = seed(engine)
    sealed = sealed_words(engine)
    assert len(sealed) == 4
    if engine.dialect.name == "sqlite":
        assert all(files.with_word(each) for each in sealed), "the search must be able to find"
    forget_all(engine, kept)
    assert sealed_words(engine) == []
    assert files.with_word(kept.word) == []
    if engine.dialect.name == "sqlite":  # PostgreSQL's log and vacuum take their own time
        assert [files.with_word(each) for each in sealed] == [[]] * 4
    for table in (ConversationRow, MessageRow, FeedbackRow, InterviewRow, TelegramOutboxRow):
        assert count(engine, table) == 0
    assert (count(engine, WebConversationRow), count(engine, WebAnswerRow)) == (0, 0)


def test_nobody_elses_words_go(engine: Engine) -> None:
    kept = seed(engine)
    forget(engine, "telegram", "77")
    assert kept.word in Conversations(engine).history(kept.conversation)[0].text


def test_what_was_kept_long_enough_goes_by_itself(engine: Engine, files: Files) -> None:
    kept = seed(engine)
    later = datetime.now(UTC) + DAYS + timedelta(hours=1)
    gone = delete_outdated(engine, DAYS, later)
    assert gone["conversations"] == 2
    assert gone["web_conversations"] == 1
    assert gone["telegram_outbox"] == 1
    for table in (ConversationRow, MessageRow, FeedbackRow, InterviewRow, WebAnswerRow):
        assert count(engine, table) == 0
    assert files.with_word(kept.word) == []
    assert not any(delete_outdated(engine, DAYS, later).values())


def test_of_a_long_talk_only_the_old_part_goes(engine: Engine) -> None:
    kept = seed(engine)
    now = datetime.now(UTC)
    with Session(engine) as session, session.begin():
        first = session.scalars(
            select(MessageRow).where(
                MessageRow.conversation_id == kept.conversation, MessageRow.place == 0
            )
        ).one()
        first.created_at = now - DAYS - timedelta(days=1)
        session.get_one(ConversationRow, kept.conversation).created_at = first.created_at
    assert delete_outdated(engine, DAYS, now)["messages"] == 1
    (left,) = Conversations(engine).history(kept.conversation)
    assert left.text == kept.word


def test_nothing_that_is_younger_goes(engine: Engine) -> None:
    seed(engine)
    assert not any(delete_outdated(engine, DAYS, datetime.now(UTC)).values())
    assert count(engine, MessageRow) == 4


def test_an_operator_answers_a_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BORROWER_AID_DATA_DIR", str(tmp_path))
    kept = seed(open_database(f"sqlite:///{tmp_path}/borrower_aid.sqlite3"))
    shown = CliRunner().invoke(cli, ["person", "export", "telegram", str(PERSON)]).output
    assert json.loads(shown)["feedback"][0]["reason"] == kept.word
    done = CliRunner().invoke(cli, ["person", "forget", "telegram", str(PERSON)]).output
    assert done.startswith("1 conversations were deleted")
