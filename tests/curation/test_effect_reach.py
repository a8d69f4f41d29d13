"""Asking only what a change can reach tells the same as asking everything."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answering.turn import Turn
from bot.app import build
from bot.clock import today
from bot.curation.asking import Asking
from bot.curation.effect import MeasureEffect
from bot.curation.records import Fields
from bot.curation.workspace import Workspace, open_workspace
from bot.evaluation.cases import Case, read_cases
from bot.settings import Settings
from tests.curation.workspaces import new_entry, share_of_labelled

LONG = 600.0
NEW, ENTRY = "contacts-at-work", "payment-order"
SAID = {"short_answer": "试一试。", "steps": ["试一试。"], "why": []}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A share of the labelled questions."""
    return share_of_labelled(tmp_path_factory.mktemp("reach"))


@pytest.fixture(scope="module")
def opened(folder: Path) -> Iterator[tuple[Workspace, MeasureEffect]]:
    """The knowledge base as shipped."""
    app = build(Settings(_env_file=None, data_dir=folder / "data"))
    workspace = open_workspace(app)
    yield workspace, MeasureEffect(workspace.preview, app.editions, folder, today)
    workspace.close()
    app.retriever.close()
    app.engine.dispose()


def test_what_was_learnt_ahead_tells_the_same(
    opened: tuple[Workspace, MeasureEffect], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace, fresh = opened
    ahead = MeasureEffect(workspace.preview, fresh._editions, folder, today)
    ahead.learn()
    (learnt,) = ahead._asked.values()
    sought: list[str] = []

    async def find(asking: Asking, case: Case) -> Turn:
        sought.append(case.id)
        return await found(asking, case)

    found = Asking.find
    change = {ENTRY: {**workspace.entries.version(ENTRY).fields, **SAID}}
    with monkeypatch.context() as patched:
        patched.setattr(Asking, "find", find)
        told = ahead(change, LONG)
    assert len(learnt) == told.in_all == told.looked_at
    assert len(sought) <= told.in_all + told.asked, "what is found now was not sought again"
    assert told.lost == fresh(change, LONG).lost


def test_it_learns_no_more_when_it_is_closed(
    opened: tuple[Workspace, MeasureEffect], folder: Path
) -> None:
    workspace, fresh = opened
    closed = MeasureEffect(workspace.preview, fresh._editions, folder, today)
    closed.close()
    closed.learn()
    assert not closed._asked


def changes(workspace: Workspace, questions: list[str]) -> list[dict[str, Fields | None]]:
    """Entries that answer some of the questions: said otherwise, gone, asked otherwise; and a new one."""
    found = (asyncio.run(workspace.preview.now(each)).found for each in questions)
    one, other, third = list(dict.fromkeys(each[0].id for each in found if each))[:3]
    text = {each: workspace.entries.version(each).fields for each in (one, other, third)}
    dates = {name: text[one][name] for name in ("created", "reviewed", "review_due")}
    return [
        {one: {**text[one], **SAID}},
        {other: None},
        {third: {**text[third], "questions": text[one]["questions"], "title": "别的事"}},
        {NEW: {**new_entry(), "id": NEW, **dates}, one: {**text[one], **SAID}},
    ]


def test_the_questions_that_a_change_reaches_are_all_that_move(
    opened: tuple[Workspace, MeasureEffect], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace, effect = opened
    questions = [case.text for case in read_cases(folder / "questions.jsonl")]
    lost = 0
    for change in changes(workspace, questions):
        some = effect(change, LONG)
        with monkeypatch.context() as patched:
            patched.setattr("bot.curation.effect.may_differ", lambda *_: True)
            everything = effect(change, LONG)
        assert (some.gained, some.lost) == (everything.gained, everything.lost)
        assert some.looked_at == everything.looked_at == some.in_all
        assert some.asked < everything.asked == some.in_all
        lost += len(some.lost)
    assert lost
