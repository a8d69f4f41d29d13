"""A small knowledge base behind a real database and a real index, ready to be worked on."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bot.app import App, build
from bot.clock import today
from bot.curation.records import Fields, Publication
from bot.curation.workspace import LABELLED, Workspace, open_workspace
from bot.evaluation.evaluate import ANSWERED
from bot.settings import ROOT, Settings
from tests.ingest.tiny_base import FILES

ANNA, BEN = "anna", "ben"
EACH = 16  # of so many labelled questions one is tried
ENTER, TOMORROW = "visit-may-they-enter", "visit-tomorrow"


def write_base(folder: Path) -> Path:
    """The small knowledge base with the phrases and letters that answering needs."""
    base = folder / "knowledge_base"
    for name, text in FILES.items():
        (base / name).parent.mkdir(parents=True, exist_ok=True)
        (base / name).write_text(text, "utf-8")
    (base / "phrases").symlink_to(ROOT / "knowledge_base" / "phrases")
    (base / "letters" / "stop-visits.md").unlink()
    (base / "letters").rmdir()
    (base / "letters").symlink_to(ROOT / "knowledge_base" / "letters")
    enter = base / "guidance" / "home-visits" / f"{ENTER}.md"
    enter.write_text(enter.read_text("utf-8").replace("template: stop-visits\n", ""), "utf-8")
    return base


def settings_for(folder: Path) -> Settings:
    return Settings(
        _env_file=None, data_dir=folder / "data", knowledge_dir=folder / "knowledge_base"
    )


@contextmanager
def opened(folder: Path, **settings: Any) -> Iterator[tuple[App, Workspace]]:
    """An assistant over the small knowledge base in a folder, and the workspace beside it."""
    app = build(settings_for(folder).model_copy(update=settings))
    workspace = open_workspace(app, share_of_labelled(folder / "labelled"))
    try:
        yield app, workspace
    finally:
        workspace.close()
        app.retriever.close()
        app.engine.dispose()


def share_of_labelled(folder: Path) -> Path:
    """A share of the labelled questions: trying all of them is another test's."""
    folder.mkdir(exist_ok=True)
    for name in ANSWERED:
        lines = (LABELLED / f"{name}.jsonl").read_text("utf-8").splitlines(keepends=True)
        (folder / f"{name}.jsonl").write_text("".join(lines[::EACH]), "utf-8")
    return folder


def publish(
    workspace: Workspace,
    entry: str,
    by: str = ANNA,
    second: str = BEN,
    evaluation: Mapping[str, Any] | None = None,
    **fields: object,
) -> Publication:
    """Take an entry from a changed text to borrowers: one person writes, another approves."""
    workflow = workspace.workflow
    found = workspace.entries.get(entry)
    text: Fields = {**workspace.entries.version(entry).fields, **fields}
    saved = workflow.save(entry, text, found.revision, by)
    submitted = workflow.submit(entry, saved.revision, by)
    approved = workflow.approve(entry, submitted.revision, second)
    return workflow.publish([(entry, approved.revision)], second, "", evaluation)


def new_entry(**fields: object) -> Fields:
    """A whole, faultless text for an entry that is not there yet."""
    return {
        "title": "催收说要去我单位怎么办",
        "topic": "contacts-and-workplace",
        "stages": ["collection"],
        "questions": [
            "催收说要去我单位闹",
            "他们会不会打到公司前台",
            "怕同事知道我欠钱",
            "单位领导接到电话了",
            "會唔會去我公司搵我",
            "will they call my employer",
            "人事问我是不是借钱了",
            "前台转来一个要债的",
            "在厂里上班被找上来",
            "他们发邮件给我主管",
            "我刚入职怕丢工作",
            "老板让我先处理好债",
        ],
        "short_answer": "单位没有义务替你还钱，也不用配合催收。",
        "steps": ["告诉人事这是个人债务纠纷。", "把来电和时间记下来。"],
        "channels": ["police-110"],
        **fields,
    }


def in_days(days: int) -> str:
    return (today() + timedelta(days=days)).isoformat()


def day(written: str) -> date:
    return date.fromisoformat(written)
