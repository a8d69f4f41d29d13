"""Going live: what it would change, doing it, and what went live before."""

from starlette.responses import Response

from bot.curation.records import Faulty, Kind, State
from bot.curation.web.visit import Visit

SIZE = 30
LOOK_AGAIN_SECONDS = "2"


def show(visit: Visit) -> Response:
    """Which labelled questions a publication would gain and lose; until that is known, a moment."""
    workspace, entry = visit.office.workspace, visit.part("entry")
    found = workspace.entries.get(entry)
    if found.state is not State.APPROVED:
        return visit.to(f"/entries/{entry}")
    newest = workspace.entries.version(entry)
    fields = None if newest.retires else newest.fields
    measured = visit.office.measuring.begun(entry, found.revision, fields)
    if measured.done():
        return visit.page("publish.html", found=found, newest=newest, effect=measured.result())
    waiting = visit.page("publish_waiting.html", found=found)
    waiting.headers["Refresh"] = LOOK_AGAIN_SECONDS
    return waiting


def publish(visit: Visit) -> Response:
    """Make it live; nobody does so without having seen the effect."""
    workspace, entry = visit.office.workspace, visit.part("entry")
    revision = visit.sent_number("revision")
    effect = visit.office.measuring.done(entry, revision)
    if effect is None:
        return visit.to(f"/entries/{entry}/publish")
    text = visit.sent("text")
    try:
        made = workspace.workflow.publish([(entry, revision)], visit.name, text, effect.summary())
    except Faulty:
        return visit.to(f"/entries/{entry}/edit", check="1")
    workspace.follow.once()
    visit.office.note(visit.name, "published", entry, publication=str(made.number))
    return visit.to(f"/entries/{entry}", done="published")


def listed(visit: Visit) -> Response:
    """What went live, the newest first."""
    number = max(visit.number("page"), 1)
    page = visit.office.workspace.publications.page((number - 1) * SIZE, SIZE)
    alone = [each.changes[0].entry for each in page if len(each.changes) == 1]
    titles = visit.office.workspace.entries.titles(alone)
    return visit.page(
        "publications.html", publications=page, titles=titles, number=number, size=SIZE
    )


def one(visit: Visit) -> Response:
    """One publication with its changes and its effect."""
    found = visit.office.workspace.publications.get(int(visit.part("number")))
    undone = found.kind not in (Kind.IMPORT, Kind.INSTRUMENT)
    get = visit.office.workspace.exact_answers.get
    answers = [
        (each.question, [get(name) if name else None for name in (each.before, each.after)])
        for each in found.answers
    ]
    return visit.page(
        "publication.html",
        found=found,
        undone=undone,
        answers=answers,
        titles=visit.office.workspace.entries.titles([each.entry for each in found.changes[:100]]),
        library=visit.office.library,
    )


def roll_back(visit: Visit) -> Response:
    """Undo a publication."""
    number = int(visit.part("number"))
    workflow = visit.office.workspace.workflow
    made = workflow.roll_back_publication(number, visit.name, visit.sent("text"))
    visit.office.workspace.follow.once()
    visit.office.note(visit.name, "rolled_back_publication", str(number))
    return visit.to(f"/publications/{made.number}", done="rolled_back")
