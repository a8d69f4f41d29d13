"""From a volunteer's change to what borrowers read, and back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from bot.curation.records import (
    Conflict,
    Decision,
    Faulty,
    Kind,
    NameTaken,
    NeedsAnother,
    NotNow,
    State,
    Wanted,
)
from bot.curation.workspace import Workspace
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

NEW = "contacts-at-work"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    write_base(tmp_path)
    with opened(tmp_path) as (_app, workspace):
        yield workspace


def test_the_files_seed_the_store(workspace: Workspace) -> None:
    listed = workspace.entries.page(Wanted(order="title"))
    assert {each.id for each in listed.items} == {ENTER, TOMORROW}
    assert {each.state for each in listed.items} == {State.PUBLISHED}
    (first,) = workspace.publications.page()
    assert (first.number, first.kind) == (1, Kind.IMPORT)


def test_a_text_goes_live_only_by_a_second_person(workspace: Workspace) -> None:
    begun = workspace.workflow.begin(NEW, new_entry(), ANNA)
    with pytest.raises(NotNow):
        workspace.workflow.approve(NEW, begun.revision, BEN)
    submitted = workspace.workflow.submit(NEW, begun.revision, ANNA)
    with pytest.raises(NeedsAnother):
        workspace.workflow.approve(NEW, submitted.revision, ANNA)
    with pytest.raises(NotNow):
        workspace.workflow.publish([(NEW, submitted.revision)], ANNA)
    approved = workspace.workflow.approve(NEW, submitted.revision, BEN)
    assert NEW not in {each.id for each in workspace.publications.shelf()[0].entries}
    made = workspace.workflow.publish([(NEW, approved.revision)], BEN)
    assert made.number == 2
    assert NEW in {each.id for each in workspace.publications.shelf()[0].entries}
    assert [each.kind for each in workspace.entries.remarks(NEW)] == [
        Decision.SUBMITTED,
        Decision.APPROVED,
        Decision.PUBLISHED,
    ]


def test_one_person_alone_is_marked_as_such(workspace: Workspace) -> None:
    workspace.workflow.let_one_person_publish(True)
    publish(workspace, ENTER, ANNA, ANNA, short_answer="不用开门。")
    assert Decision.APPROVED_ALONE in {each.kind for each in workspace.entries.remarks(ENTER)}


def test_a_change_after_approval_needs_a_new_review(workspace: Workspace) -> None:
    begun = workspace.workflow.begin(NEW, new_entry(), ANNA)
    submitted = workspace.workflow.submit(NEW, begun.revision, ANNA)
    approved = workspace.workflow.approve(NEW, submitted.revision, BEN)
    saved = workspace.workflow.save(NEW, new_entry(short_answer="改了。"), approved.revision, ANNA)
    assert saved.state is State.DRAFT
    with pytest.raises(NotNow):
        workspace.workflow.publish([(NEW, saved.revision)], BEN)


def test_two_editors_never_overwrite_each_other(workspace: Workspace) -> None:
    seen = workspace.entries.get(ENTER).revision
    text = workspace.entries.version(ENTER).fields
    workspace.workflow.save(ENTER, {**text, "short_answer": "甲写的。"}, seen, ANNA)
    with pytest.raises(Conflict) as told:
        workspace.workflow.save(ENTER, {**text, "short_answer": "乙写的。"}, seen, BEN)
    assert (told.value.author, told.value.revision) == (ANNA, seen + 1)
    assert workspace.entries.version(ENTER).fields["short_answer"] == "甲写的。"


def test_saving_often_makes_one_draft_and_another_person_a_second(workspace: Workspace) -> None:
    text = workspace.entries.version(ENTER).fields
    revision = workspace.entries.get(ENTER).revision
    for said in ("一", "一二", "一二三"):
        revision = workspace.workflow.save(
            ENTER, {**text, "short_answer": said}, revision, ANNA
        ).revision
    workspace.workflow.save(ENTER, {**text, "short_answer": "四"}, revision, BEN)
    kept = [
        (each.author, each.fields["short_answer"]) for each in workspace.entries.versions(ENTER)
    ]
    assert kept[:2] == [(BEN, "四"), (ANNA, "一二三")]
    assert len(kept) == 3


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"short_answer": "必须同意分期。"}, "short_answer"),
        ({"questions": ["只有一个问法"]}, "questions"),
        ({"steps": ["先等。", "打 99999 这个号码。"]}, "steps"),
        ({"steps": ["两行\n在一起。"]}, "steps"),
        ({"citations": [{"instrument": "no-such-law"}]}, "citations"),
        ({"related": ["nothing"]}, "related"),
        ({"questions": [*new_entry()["questions"], "能不能拒絕他們進客廳？"]}, "questions"),
        ({"questions": [*new_entry()["questions"], "那个进屋算不算犯法呢"]}, "questions"),
        ({"title": " "}, "title"),
        ({"topic": "../../elsewhere"}, "topic"),
        ({"steps": []}, "steps"),
        ({"why": ["有规定。", ""]}, "why"),
        ({"risk": "very high"}, "risk"),
    ],
)
def test_a_fault_is_named_by_its_field(
    workspace: Workspace, change: dict[str, Any], field: str
) -> None:
    begun = workspace.workflow.begin(NEW, new_entry(**change), ANNA)
    with pytest.raises(Faulty) as told:
        workspace.workflow.submit(NEW, begun.revision, ANNA)
    assert field in {each.field for each in told.value.faults}
    assert workspace.entries.get(NEW).state is State.DRAFT


def test_an_unfinished_draft_can_be_kept(workspace: Workspace) -> None:
    begun = workspace.workflow.begin(NEW, {"title": "还没写完", "review_due": "下个月"}, ANNA)
    assert begun.title == "还没写完"
    with pytest.raises(Faulty):
        workspace.workflow.submit(NEW, begun.revision, ANNA)


def test_a_taken_id_is_refused(workspace: Workspace) -> None:
    with pytest.raises(NameTaken):
        workspace.workflow.begin(ENTER, new_entry(), ANNA)


@pytest.mark.parametrize("name", ["", "../up", "大写", "A", "a--b"])
def test_an_id_is_a_plain_name(workspace: Workspace, name: str) -> None:
    with pytest.raises(Faulty):
        workspace.workflow.begin(name, new_entry(), ANNA)


def test_rolling_back_brings_the_earlier_text_and_keeps_the_draft_in_work(
    workspace: Workspace,
) -> None:
    before = workspace.entries.version(ENTER).fields["short_answer"]
    publish(workspace, ENTER, short_answer="不用开门。")
    text = workspace.entries.version(ENTER).fields
    workspace.workflow.save(
        ENTER, {**text, "short_answer": "正在写。"}, workspace.entries.get(ENTER).revision, ANNA
    )
    workspace.workflow.roll_back(ENTER, 1, BEN, "写错了")
    live = {each.id: each for each in workspace.publications.shelf()[0].entries}[ENTER]
    assert live.short_answer == before
    assert workspace.entries.version(ENTER).fields["short_answer"] == "正在写。"
    assert workspace.entries.get(ENTER).state is State.DRAFT


def test_a_draft_that_nobody_approved_cannot_be_rolled_back_to(workspace: Workspace) -> None:
    text = workspace.entries.version(ENTER).fields
    workspace.workflow.save(ENTER, text, workspace.entries.get(ENTER).revision, ANNA)
    with pytest.raises(NotNow):
        workspace.workflow.roll_back(ENTER, 2, BEN, "")


def test_a_whole_publication_is_undone(workspace: Workspace) -> None:
    begun = workspace.workflow.begin(NEW, new_entry(), ANNA)
    submitted = workspace.workflow.submit(NEW, begun.revision, ANNA)
    approved = workspace.workflow.approve(NEW, submitted.revision, BEN)
    made = workspace.workflow.publish([(NEW, approved.revision)], BEN)
    workspace.workflow.roll_back_publication(made.number, BEN, "")
    assert NEW not in {each.id for each in workspace.publications.shelf()[0].entries}
    assert workspace.entries.get(NEW).state is State.RETIRED
    with pytest.raises(NotNow):
        workspace.workflow.roll_back_publication(made.number, BEN, "")


def test_an_entry_is_retired_by_two(workspace: Workspace) -> None:
    asked = workspace.workflow.retire(
        TOMORROW, workspace.entries.get(TOMORROW).revision, ANNA, "过时"
    )
    approved = workspace.workflow.approve(TOMORROW, asked.revision, BEN)
    enter = workspace.entries.version(ENTER).fields
    assert TOMORROW in enter["related"]
    workspace.workflow.publish([(TOMORROW, approved.revision)], BEN)
    assert [each.id for each in workspace.publications.shelf()[0].entries] == [ENTER]
    assert workspace.entries.get(TOMORROW).state is State.RETIRED


def test_what_the_assistant_says_changes_with_the_publication(tmp_path: Path) -> None:
    write_base(tmp_path)
    with opened(tmp_path) as (app, workspace):
        publish(workspace, ENTER, short_answer="门可以一直关着，不用理会。")
        assert workspace.follow.once()
        assert not workspace.follow.once()
        assert said(app) == "门可以一直关着，不用理会。"


def said(app: App) -> str:
    return app.library.entry[ENTER].short_answer
