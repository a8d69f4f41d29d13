"""Entries, publications and what became of questions, on each kind of database."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from bot.answering.reply import Reply, Status
from bot.curation.exchange import import_files
from bot.curation.records import (
    Conflict,
    Decision,
    Going,
    Kind,
    NotNow,
    Overtaken,
    State,
    Trouble,
    Wanted,
)
from bot.knowledge.instrument import InstrumentStatus
from bot.knowledge.library import Mark
from bot.store.conversations import Conversations
from bot.store.database import downgrade, migrate
from bot.store.entries import Entries
from bot.store.exact_answers import SettledQuestions
from bot.store.files import Files
from bot.store.publications import Publications
from bot.store.questions import Questions
from bot.store.tables import AnswerRow
from bot.store.uploads import Uploads
from tests.ingest.tiny_base import TinyBase

ANNA, BEN = "anna", "ben"
ENTER, TOMORROW = "visit-may-they-enter", "visit-tomorrow"
POLICE = "public-security-penalties-law-2025"


@pytest.fixture
def entries(engine: Engine, tmp_path: Path) -> Entries:
    import_files(Files(engine), TinyBase(tmp_path / "base").folder)
    return Entries(engine)


def approve(entries: Entries, entry: str, **change: object) -> int:
    fields = {**entries.version(entry).fields, **change}
    saved = entries.save(entry, fields, entries.get(entry).revision, ANNA, "", retires=False)
    return entries.move(
        entry, saved.revision, State.APPROVED, Decision.APPROVED, BEN, approved_by=BEN
    ).revision


def live(engine: Engine) -> dict[str, str]:
    return {each.id: each.title for each in Publications(engine).shelf()[0].entries}


def commit(engine: Engine, going: Going) -> int:
    publications = Publications(engine)
    after = publications.shelf()[0].number
    return publications.commit(going, publications.new_key(), after).number


def test_lists_what_is_wanted(engine: Engine, entries: Entries) -> None:
    def found(**wanted: object) -> list[str]:
        page = entries.page(Wanted(order="title", **wanted))  # type: ignore[arg-type]
        assert page.total == len(page.items)
        return sorted(each.id for each in page.items)

    assert found() == [ENTER, TOMORROW]
    assert found(words="客厅") == [ENTER]
    assert found(words="催收員 進我家") == [ENTER]
    assert found(words="100%") == []
    assert found(topic="court") == []
    assert found(state=State.PUBLISHED) == [ENTER, TOMORROW]
    assert found(due_by=date(2027, 5, 23)) == [ENTER, TOMORROW]
    assert found(due_by=date(2027, 5, 22)) == []
    assert found(weak=True) == [ENTER]
    assert found(unused=True) == [ENTER, TOMORROW]
    assert entries.page(Wanted(order="title"), first=1, size=1).total == 2
    assert entries.topics() == {"home-visits": 2}
    assert entries.states() == {State.PUBLISHED: 2}
    assert found(voted_down=True) == found(to_check=True) == found(file_waits=True) == []


def test_only_one_of_two_changes_of_a_revision_is_made(entries: Entries) -> None:
    text, seen = entries.version(ENTER).fields, entries.get(ENTER).revision
    entries.save(ENTER, text, seen, ANNA, "", retires=False)
    with pytest.raises(Conflict):
        entries.save(ENTER, text, seen, BEN, "", retires=False)
    assert [each.author for each in entries.versions(ENTER)] == [ANNA, "knowledge_base"]


def test_what_would_be_live_is_looked_at_without_a_trace(engine: Engine, entries: Entries) -> None:
    going = Going(Kind.ENTRIES, BEN, approved=((ENTER, approve(entries, ENTER, title="新")),))
    shelf = Publications(engine).shelf_after(going)
    assert {each.title for each in shelf.entries} == {"新", "说明天上门怎么办"}
    assert live(engine)[ENTER] == "催收员能不能进我家"
    assert commit(engine, going) == 2
    assert live(engine)[ENTER] == "新"


def test_the_second_of_two_publications_has_to_be_built_again(
    engine: Engine, entries: Entries
) -> None:
    publications = Publications(engine)
    one = Going(Kind.ENTRIES, BEN, approved=((ENTER, approve(entries, ENTER, title="甲")),))
    two = Going(Kind.ENTRIES, BEN, approved=((TOMORROW, approve(entries, TOMORROW, title="乙")),))
    publications.commit(one, "a", 1)
    with pytest.raises(Overtaken):
        publications.commit(two, "b", 1)
    publications.commit(two, "c", 2)
    assert live(engine) == {ENTER: "甲", TOMORROW: "乙"}
    assert publications.newest_key() == "c"


def test_a_mark_queues_what_was_approved_before_it(engine: Engine, entries: Entries) -> None:
    mark = Mark(instrument=POLICE, status=InstrumentStatus.AMENDED, since=date(2026, 11, 1))
    commit(engine, Going(Kind.INSTRUMENT, BEN, marks={POLICE: mark}))
    shelf, _key = Publications(engine).shelf()
    assert shelf.to_check == {ENTER: POLICE, TOMORROW: POLICE}
    revision = approve(entries, ENTER)
    commit(engine, Going(Kind.ENTRIES, BEN, approved=((ENTER, revision),)))
    assert Publications(engine).shelf()[0].to_check == {TOMORROW: POLICE}
    commit(engine, Going(Kind.ROLLBACK, BEN, restored=((ENTER, 1),)))
    assert Publications(engine).shelf()[0].to_check == {ENTER: POLICE, TOMORROW: POLICE}
    commit(engine, Going(Kind.INSTRUMENT, BEN, marks={POLICE: None}))
    assert Publications(engine).shelf()[0].to_check == {}


def test_an_exact_answer_goes_with_its_entry(engine: Engine, entries: Entries) -> None:
    asked = SettledQuestions(engine).propose("明天來嗎？", TOMORROW, ANNA, "")
    with pytest.raises(NotNow):
        commit(engine, Going(Kind.EXACT_ANSWER, BEN, exact_answers={asked.id: State.PUBLISHED}))
    SettledQuestions(engine).move(asked.id, asked.revision, State.APPROVED, BEN)
    commit(engine, Going(Kind.EXACT_ANSWER, BEN, exact_answers={asked.id: State.PUBLISHED}))
    (exact,) = Publications(engine).shelf()[0].exact_answers
    assert (exact.question, exact.entry) == ("明天來嗎？", TOMORROW)
    commit(engine, Going(Kind.ROLLBACK, BEN, restored=((TOMORROW, None),)))
    assert Publications(engine).shelf()[0].exact_answers == ()


def test_going_down_keeps_the_answer_that_is_live(engine: Engine, entries: Entries) -> None:
    settled = SettledQuestions(engine)
    for entry, state in ((TOMORROW, State.PUBLISHED), (ENTER, State.RETIRED)):
        asked = settled.propose("谁来敲门", entry, ANNA, "")
        settled.move(asked.id, asked.revision, state, BEN)
    assert [each.version for each in settled.page()] == [2, 1]
    downgrade(engine, "0015")
    migrate(engine)
    assert [(each.entry, each.state) for each in settled.page()] == [(TOMORROW, State.PUBLISHED)]


def ask(engine: Engine, question: str, reply: Reply, *, helped: bool | None = None) -> None:
    talks = Conversations(engine)
    answer = asyncio.run(talks.record(talks.open("web", question), question, reply, {}))
    if helped is not None:
        talks.rate(answer, useful=helped, reason="太笼统" if not helped else None)


def answered(*passages: str, sure: float = 0.9) -> Reply:
    return Reply(Status.ANSWERED, "答", passages=passages, confidence=sure)


def test_counts_the_answers_of_each_entry_once(engine: Engine, entries: Entries) -> None:
    questions, later = Questions(engine), datetime.now(UTC) + timedelta(minutes=2)
    ask(engine, "一", answered(ENTER, "civil-code:1033"))
    ask(engine, "二", answered(ENTER, TOMORROW), helped=False)
    assert questions.count_uses(datetime.now(UTC)) == 0  # what is a minute old is settled
    assert questions.count_uses(later) == 2
    assert questions.count_uses(later) == 0
    page = entries.page(Wanted(order="answers"))
    assert [(each.id, each.answers, each.unhelpful) for each in page.items] == [
        (ENTER, 2, 1),
        (TOMORROW, 1, 1),
    ]
    assert entries.page(Wanted(unused=True)).total == 0
    assert entries.page(Wanted(voted_down=True)).total == 2


def test_a_vote_that_was_changed_counts_once(engine: Engine, entries: Entries) -> None:
    questions, later = Questions(engine), datetime.now(UTC) + timedelta(minutes=2)
    ask(engine, "一", answered(ENTER), helped=False)
    questions.count_uses(later)
    with Session(engine) as session:
        answer = session.scalars(select(AnswerRow.id)).one()
    Conversations(engine).rate(answer, useful=True)
    questions.count_uses(later)
    assert entries.page(Wanted(voted_down=True)).total == 0


def test_finds_the_questions_that_went_badly(engine: Engine) -> None:
    ask(engine, "没有答案", Reply(Status.NO_SOURCE, "不知道"))
    ask(engine, "没有把握", answered(ENTER, sure=0.1))
    ask(engine, "没有帮助", answered(ENTER), helped=False)
    ask(engine, "答得好", answered(ENTER), helped=True)
    found = Questions(engine).asked_badly(datetime.now(UTC) - timedelta(days=1), weak=0.3)
    assert {each.question: (each.trouble, each.reason) for each in found} == {
        "没有答案": (Trouble.NO_ANSWER, None),
        "没有把握": (Trouble.UNSURE, None),
        "没有帮助": (Trouble.NO_HELP, "太笼统"),
    }


def test_days_are_those_of_shanghai(engine: Engine) -> None:
    ask(engine, "一", answered(ENTER))
    ask(engine, "二", Reply(Status.NO_SOURCE, "不知道"))
    evening = datetime(2026, 11, 29, 17, 30, tzinfo=UTC)  # half past one in the night in Shanghai
    with Session(engine) as session, session.begin():
        session.execute(update(AnswerRow).values(created_at=evening))
    (day,) = Questions(engine).days(datetime(2026, 11, 1, tzinfo=UTC))
    assert day.day == date(2026, 11, 30)
    assert (day.answers, day.abstained) == (2, 0.5)


def test_a_source_taken_in_again_takes_its_own_place(engine: Engine) -> None:
    uploads = Uploads(engine)
    record = {
        "id": "a",
        "source": "页.html",
        "title": "一",
        "taken_in": "2026-11-30T10:00:00+08:00",
    }
    uploads.keep(record, ANNA)
    uploads.keep({**record, "title": "二"}, BEN)
    (kept,) = uploads.page()
    assert (kept.title, kept.author) == ("二", BEN)
    uploads.settle("a")
    assert uploads.page() == []
    assert [each.id for each in uploads.page(None)] == ["a"]
