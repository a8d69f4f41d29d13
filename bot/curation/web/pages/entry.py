"""One entry: what is live, what is being worked on, what was said; and the steps of its way."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from starlette.responses import Response

from bot.clock import SHANGHAI
from bot.curation.differ import differ
from bot.curation.records import Fault, Faulty, Unknown, fields_of
from bot.curation.web.entry_fields import whole
from bot.curation.web.queue import waiting
from bot.curation.web.rendering import rendered
from bot.curation.web.visit import Visit
from ingest.load.guidance import read_entry


def show(visit: Visit) -> Response:
    """The entry with its versions and remarks."""
    return _shown(visit)


def _shown(visit: Visit, faults: Sequence[Fault] = (), status: int = 200) -> Response:
    workspace, entry = visit.office.workspace, visit.part("entry")
    found, versions = workspace.entries.get(entry), workspace.entries.versions(entry)
    newest = versions[0]
    live = next((each for each in versions if each.number == found.live_version), None)
    fields = whole(newest.fields, visit.office.today())
    return visit.page(
        "entry.html",
        status,
        faults=faults,
        found=found,
        newest=newest,
        live=live,
        versions=versions,
        remarks=workspace.entries.remarks(entry),
        changes=differ(live.fields, newest.fields) if live and live is not newest else (),
        library=visit.office.library,
        shown=rendered(visit.office, fields),
        file_text=workspace.entries.file_waiting(entry) if found.file_waits else None,
        mine=newest.author == visit.name,
        alone=workspace.workflow.one_person_may_publish(),
        waiting=waiting(visit),
    )


def diff(visit: Visit) -> Response:
    """Two versions side by side."""
    entries, entry = visit.office.workspace.entries, visit.part("entry")
    found = entries.get(entry)
    after = visit.number("to", found.version)
    before = visit.number("from", max(after - 1, 1))
    old, new = entries.version(entry, before), entries.version(entry, after)
    changes = differ(old.fields, new.fields)
    versions = entries.versions(entry)
    return visit.page(
        "diff.html", found=found, old=old, new=new, changes=changes, versions=versions
    )


def comment(visit: Visit) -> Response:
    """Say something."""
    entry, text = visit.part("entry"), visit.sent("text").strip()
    if text:
        visit.office.workspace.workflow.comment(entry, visit.name, text[:2000])
    return visit.to(f"/entries/{entry}", done="said")


def submit(visit: Visit) -> Response:
    """Ask a second person to look."""
    response = _if_sound(visit, visit.office.workspace.workflow.submit, "submitted")
    visit.office.measuring.ahead()
    return response


def send_back(visit: Visit) -> Response:
    """Give the text back."""
    visit.office.workspace.workflow.send_back(
        visit.part("entry"), visit.sent_number("revision"), visit.name, visit.sent("text")
    )
    return _done(visit, "returned")


def approve(visit: Visit) -> Response:
    """A second person's word; then to what publishing it would change, or to wait for a day."""
    entry, at = visit.part("entry"), _when(visit.sent("publish_at"))
    visit.office.workspace.workflow.approve(
        entry, visit.sent_number("revision"), visit.name, visit.sent("text"), at
    )
    visit.office.note(visit.name, "approved", entry, at=at.isoformat() if at else "")
    if at is not None:
        return visit.to(f"/entries/{entry}", done="scheduled")
    return visit.to(f"/entries/{entry}/publish")


def retire(visit: Visit) -> Response:
    """Ask a second person to agree that the entry goes."""
    retire_it = visit.office.workspace.workflow.retire
    try:
        retire_it(
            visit.part("entry"), visit.sent_number("revision"), visit.name, visit.sent("text")
        )
    except Faulty as faulty:
        return _shown(visit, faulty.faults, 422)
    return _done(visit, "submitted")


def confirm(visit: Visit) -> Response:
    """What is live is still right."""
    return _if_sound(visit, visit.office.workspace.workflow.confirm, "published")


def roll_back(visit: Visit) -> Response:
    """Make an earlier version live again."""
    visit.office.workspace.workflow.roll_back(
        visit.part("entry"), visit.sent_number("version"), visit.name, visit.sent("text")
    )
    return _done(visit, "rolled_back")


def leave_file(visit: Visit) -> Response:
    """Keep the workspace's text although the file has another."""
    entry, revision = visit.part("entry"), visit.sent_number("revision")
    visit.office.workspace.workflow.leave_file(entry, revision, visit.name)
    return _done(visit, "left_file")


def take_file(visit: Visit) -> Response:
    """Make the file's text the draft."""
    entry, workspace = visit.part("entry"), visit.office.workspace
    text = workspace.entries.file_waiting(entry)
    read = read_entry(Path(f"{entry}.md"), text) if text else []
    if isinstance(read, list):
        raise Unknown(f"{entry} has no file that waits")
    revision = visit.sent_number("revision")
    workspace.workflow.take_file(entry, revision, visit.name, fields_of(read.value))
    return _done(visit, "took_file")


def _if_sound(visit: Visit, act: Callable[[str, int, str, str], object], done: str) -> Response:
    """Do it, or go back to the form, which names what breaks a rule."""
    entry = visit.part("entry")
    try:
        act(entry, visit.sent_number("revision"), visit.name, visit.sent("text"))
    except Faulty:
        return visit.to(f"/entries/{entry}/edit", check="1")
    return _done(visit, done)


def _done(visit: Visit, what: str) -> Response:
    visit.office.note(visit.name, what, visit.part("entry"), note=visit.sent("text")[:200])
    return visit.to(f"/entries/{visit.part('entry')}", done=what)


def _when(written: str) -> datetime | None:
    """A local time of the form; nothing for what is none, or past."""
    try:
        at = datetime.fromisoformat(written).replace(tzinfo=SHANGHAI)
    except ValueError:
        return None
    return at if at > datetime.now(SHANGHAI) else None
