"""A change is seen before anybody is answered with it."""

import asyncio
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.answering.turn import Turn
from bot.app import App
from bot.clock import today
from bot.curation.asking import Asking
from bot.curation.effect import MeasureEffect
from bot.curation.records import (
    AnswerChange,
    Faulty,
    Kind,
    NameTaken,
    NeedsAnother,
    NotNow,
    State,
    Wanted,
)
from bot.curation.workspace import Workspace
from bot.dialogue.message import Message
from bot.evaluation.cases import Case
from bot.knowledge.instrument import InstrumentStatus
from bot.knowledge.vocabulary import Language
from tests.curation.workspaces import (
    ANNA,
    BEN,
    ENTER,
    TOMORROW,
    new_entry,
    opened,
    publish,
    write_base,
)

ASKED = "他们会不会打到公司前台"
NEW = "contacts-at-work"


@pytest.fixture
def open_app(tmp_path: Path) -> Iterator[tuple[App, Workspace]]:
    write_base(tmp_path)
    with opened(tmp_path) as both:
        yield both


def say(app: App, text: str) -> str:
    message = Message("console", text, text)
    return asyncio.run(app.respond(message)).reply.text


def test_shows_what_the_bot_would_answer_after_a_change(open_app: tuple[App, Workspace]) -> None:
    app, workspace = open_app
    fields = {**new_entry(), "id": NEW, "created": "2026-11-23", "reviewed": "2026-11-23"}
    fields["review_due"] = "2027-05-23"
    now = asyncio.run(workspace.preview.now(ASKED))
    after = asyncio.run(workspace.preview.after(ASKED, {NEW: fields}))
    assert NEW not in {each.id for each in now.found}
    best = after.found[0]
    assert (best.id, best.shown) == (NEW, True)
    assert all(best.score > each.score for each in after.found[1:])
    assert ASKED in best.why
    assert "单位没有义务替你还钱" in after.reply.text
    assert "单位没有义务替你还钱" not in say(app, ASKED)
    gone = asyncio.run(workspace.preview.after("不开门行不行", {ENTER: None}))
    assert ENTER not in {each.id for each in gone.found}


def test_renders_an_entry_for_telegram_and_the_web(open_app: tuple[App, Workspace]) -> None:
    _app, workspace = open_app
    fields = {**workspace.entries.version(ENTER).fields, "short_answer": "A < B 也不用开门。"}
    shown = asyncio.run(workspace.preview.entry(fields))
    assert "<b>A &lt; B 也不用开门。</b>" in shown.telegram[0]
    assert "**A < B 也不用开门。**" in str(shown.web["text"])
    english = asyncio.run(workspace.preview.entry(fields, Language.ENGLISH))
    assert "You need not open the door" in english.telegram[0]


def test_tells_which_labelled_questions_are_gained_and_lost(
    open_app: tuple[App, Workspace], tmp_path: Path
) -> None:
    app, workspace = open_app
    case = '{{"id": "{0}", "topic": "t", "split": "dev", "text": "{1}", "points": [{2}]}}\n'
    point = '{{"name": "{0}", "any": ["{0}"], "specific": true}}'
    lines = [
        case.format("gains", ASKED, point.format("没有义务")),
        case.format("loses", "不开门行不行", point.format("没有权力")),
        case.format("stays", "短信说明天上门", point.format("核对")),
    ]
    (tmp_path / "questions.jsonl").write_text("".join(lines), "utf-8")
    effect = MeasureEffect(workspace.preview, app.editions, tmp_path, lambda: date(2026, 11, 30))
    text = workspace.entries.version(ENTER).fields
    dates = {name: text[name] for name in ("created", "reviewed", "review_due")}
    change = {
        NEW: {**new_entry(), "id": NEW, **dates},
        ENTER: {**text, "short_answer": "可以不开门。"},
    }
    seen = effect(change)
    assert [each.case for each in seen.gained] == ["gains"]
    assert [(each.case, each.missing) for each in seen.lost] == [("loses", ("没有权力",))]
    assert (seen.looked_at, seen.in_all) == (3, 3)
    assert effect(change, seconds=0).looked_at == 0
    made = publish(workspace, ENTER, evaluation=seen.summary(), short_answer="可以不开门。")
    kept = workspace.publications.get(made.number).evaluation
    assert kept is not None
    assert [each["case"] for each in kept["lost"]] == ["loses"]


def test_what_was_tried_out_is_not_sought_again_once_it_is_live(
    open_app: tuple[App, Workspace], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, workspace = open_app
    case = {"id": "one", "topic": "t", "split": "dev", "text": "不开门行不行", "points": []}
    (tmp_path / "questions.jsonl").write_text(json.dumps(case) + "\n", "utf-8")
    effect = MeasureEffect(workspace.preview, app.editions, tmp_path, today)
    sought: list[str] = []
    find = Asking.find

    async def noted(asking: Asking, case: Case) -> Turn:
        sought.append(case.id)
        return await find(asking, case)

    monkeypatch.setattr(Asking, "find", noted)
    flow, found = workspace.workflow, workspace.entries.get(ENTER)
    text = {**workspace.entries.version(ENTER).fields, "short_answer": "可以不开门。"}
    saved = flow.save(ENTER, text, found.revision, ANNA)
    approved = flow.approve(ENTER, flow.submit(ENTER, saved.revision, ANNA).revision, BEN)
    effect({ENTER: workspace.entries.version(ENTER).fields})
    assert len(sought) == 2
    flow.publish([(ENTER, approved.revision)], BEN)
    workspace.follow.once()
    effect({ENTER: {**text, "short_answer": "不用开门。"}})
    assert len(sought) == 3


def test_an_exact_answer_wins_whatever_the_search_says(open_app: tuple[App, Workspace]) -> None:
    app, workspace = open_app
    question = "他们非要进来咋整？明天也来！"
    assert "**你可以不开门" in say(app, question)
    asked = workspace.exact_answers.propose(question, TOMORROW, ANNA)
    with pytest.raises(NeedsAnother):
        workspace.exact_answers.approve(asked.id, asked.revision, ANNA)
    with pytest.raises(NameTaken):
        workspace.exact_answers.propose("他们非要进来咋整 明天也來", ENTER, BEN)
    made = workspace.exact_answers.approve(asked.id, asked.revision, BEN)
    assert made.kind is Kind.EXACT_ANSWER
    workspace.follow.once()
    told = say(app, "他们非要进来咋整，明天也来。")
    assert "**可以不开门。先打机构官方客服" in told
    assert "你可以不开门" not in told
    workspace.exact_answers.withdraw(asked.id, BEN)
    workspace.follow.once()
    assert "**你可以不开门" in say(app, question)
    assert workspace.exact_answers.page()[0].state is State.RETIRED


def test_what_becomes_of_an_exact_answer_is_a_publication_and_can_be_undone(
    open_app: tuple[App, Workspace],
) -> None:
    _app, workspace = open_app
    exact, workflow, question = workspace.exact_answers, workspace.workflow, "门外有人喊我名字"

    def settled() -> list[str]:
        return [each.entry for each in workspace.publications.shelf()[0].exact_answers]

    first = exact.propose(question, TOMORROW, ANNA)
    exact.approve(first.id, first.revision, BEN)
    with pytest.raises(NameTaken):
        exact.propose(question, TOMORROW, ANNA)
    second = exact.propose(question, ENTER, ANNA, "问的是能不能进")
    assert (second.version, settled()) == (2, [TOMORROW])
    changed = exact.approve(second.id, second.revision, BEN)
    assert changed.answers == (AnswerChange(question, first.id, second.id),)
    assert settled() == [ENTER]
    undone = workflow.roll_back_publication(changed.number, BEN, "not after all")
    assert undone.answers == (AnswerChange(question, second.id, first.id),)
    assert settled() == [TOMORROW]
    with pytest.raises(NotNow):
        workflow.roll_back_publication(changed.number, BEN, "again")
    gone = exact.withdraw(first.id, BEN)
    assert (gone.answers, settled()) == ((AnswerChange(question, first.id, None),), [])
    workflow.roll_back_publication(gone.number, BEN, "")
    assert settled() == [TOMORROW]
    told = [(each.version, each.state, each.approved_by) for each in exact.page()]
    assert told == [(2, State.RETIRED, BEN), (1, State.PUBLISHED, BEN)]


def test_an_exact_answer_is_held_to_the_rules_of_entries(open_app: tuple[App, Workspace]) -> None:
    _app, workspace = open_app
    exact, workflow = workspace.exact_answers, workspace.workflow
    with pytest.raises(Faulty, match="no borrower can read"):
        exact.propose("上门怎么办", "nothing-here", ANNA)
    asked = exact.propose("他们非要进来怎么办！！", ENTER, ANNA)
    law = InstrumentStatus.REPEALED
    workflow.mark_instrument("public-security-penalties-law-2025", law, date(2026, 1, 1), BEN, "")
    with pytest.raises(Faulty, match="does not apply"):
        exact.approve(asked.id, asked.revision, BEN)


def test_a_changed_law_puts_a_notice_on_its_entries_until_somebody_looked(
    open_app: tuple[App, Workspace],
) -> None:
    app, workspace = open_app
    workspace.workflow.mark_instrument(
        "public-security-penalties-law-2025",
        InstrumentStatus.AMENDED,
        date(2026, 11, 20),
        ANNA,
        "新修正案",
    )
    workspace.follow.once()
    queue = workspace.entries.page(Wanted(to_check=True)).items
    assert {each.id for each in queue} == {ENTER, TOMORROW}
    notice = "治安管理处罚法自2026-11-20起有修改或废止，这条答复还在重新核对"
    assert notice in say(app, "不开门行不行")
    for entry in (ENTER, TOMORROW):
        assert entry in app.library.to_check
        workspace.workflow.confirm(entry, workspace.entries.get(entry).revision, BEN)
        workspace.follow.once()
        assert entry not in app.library.to_check
    assert notice not in say(app, "不开门行不行")


def test_a_mark_that_was_a_mistake_is_taken_back(open_app: tuple[App, Workspace]) -> None:
    app, workspace = open_app
    workspace.workflow.mark_instrument(
        "public-security-penalties-law-2025",
        InstrumentStatus.AMENDED,
        date(2026, 11, 20),
        ANNA,
        "",
    )
    workspace.workflow.unmark_instrument("public-security-penalties-law-2025", ANNA, "误报")
    workspace.follow.once()
    assert app.library.to_check == {}
    assert workspace.entries.page(Wanted(to_check=True)).total == 0


def test_a_repealed_law_is_not_found_any_more(open_app: tuple[App, Workspace]) -> None:
    app, workspace = open_app
    question, article = "擅自进入铁路防护网要罚款吗", "public-security-penalties-law-2025:42"
    found = asyncio.run(workspace.preview.now(question)).found
    assert article in {each.id for each in found}
    workspace.workflow.mark_instrument(
        "public-security-penalties-law-2025", InstrumentStatus.REPEALED, date(2026, 1, 1), ANNA, ""
    )
    workspace.follow.once()
    found = asyncio.run(workspace.preview.now(question)).found
    assert article not in {each.id for each in found}
    assert not app.library.instrument["public-security-penalties-law-2025"].in_force(
        date(2026, 11, 30)
    )


def test_a_turn_that_began_before_a_publication_ends_on_the_old_edition(
    open_app: tuple[App, Workspace],
) -> None:
    app, workspace = open_app
    steps = iter(app.steps)
    first = next(steps)
    old = app.retriever
    publish(workspace, ENTER, short_answer="不用开门。")
    workspace.follow.once()
    assert app.retriever is not old
    assert old.search("不开门行不行")  # still open, for the turn that is on its way
    assert first not in list(app.steps)
    assert len([first, *steps]) == len(app.steps)
    versions = app.settings.index_dir / "versions" / old.manifest.version
    publish(workspace, ENTER, short_answer="不开门也可以。")
    assert not versions.exists()  # nobody reads it any more, so the writer swept it away
