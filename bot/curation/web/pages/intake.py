"""Taking in a file or a page of the web: what was found in it, and its text to write from."""

from starlette.responses import Response

from bot.curation.records import Unknown, Upload
from bot.curation.web.visit import Visit


def show(visit: Visit) -> Response:
    """The form, and what waits to be rewritten."""
    visit.office.workspace.take_in.gather()
    return visit.page("intake.html", uploads=visit.office.workspace.uploads.page())


def take(visit: Visit) -> Response:
    """Read and assess a source; nothing of it is ever published as it is."""
    take_in, file = visit.office.workspace.take_in, visit.file("file")
    if file is not None:
        name = file.filename or "?"
        taken = take_in.file(name, file.file.read(), visit.name)
    else:
        name = visit.sent("address").strip()
        taken = take_in.address(name, visit.name)
    visit.office.note(visit.name, "took_in", name)
    if len(taken.uploads) == 1:
        return visit.to(f"/intake/{taken.uploads[0].id}")
    if taken.uploads:
        return visit.to("/intake", done="saved")
    return visit.page("intake_refused.html", 422, name=name, concerns=taken.concerns)


def one(visit: Visit) -> Response:
    """What was found in a source."""
    upload = visit.office.workspace.uploads.get(visit.part("upload"))
    return visit.page("intake_draft.html", upload=upload)


def settle(visit: Visit) -> Response:
    """Put a source aside: it was rewritten, or is of no use."""
    uploads = visit.office.workspace.uploads
    found = uploads.get(visit.part("upload"))
    uploads.settle(found.id)
    visit.office.note(visit.name, "settled_upload", found.title or found.source)
    return visit.to("/intake", done="saved")


def source_of(visit: Visit) -> Upload | None:
    """The source that somebody writes beside, if there is one."""
    name = visit.asked("source") or visit.sent("source")
    try:
        return visit.office.workspace.uploads.get(name) if name else None
    except Unknown:
        return None
