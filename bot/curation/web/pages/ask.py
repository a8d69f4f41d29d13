"""What the bot answers to a question now, with what it found and why."""

from anyio import from_thread
from starlette.responses import Response

from bot.curation.web.visit import Visit


def show(visit: Visit) -> Response:
    """The answer; with an entry, also the one after its newest text goes live."""
    question, entry = visit.asked("q")[:500].strip(), visit.asked("entry")
    workspace = visit.office.workspace
    now = after = None
    if question:
        now = from_thread.run(workspace.preview.now, question)
    if question and entry:
        newest = workspace.entries.version(entry)
        changed = {entry: None if newest.retires else newest.fields}
        after = from_thread.run(workspace.preview.after, question, changed)
    shown = [
        (title, answer, workspace.preview.rendered(answer.reply))
        for title, answer in ((visit.say("现在"), now), (visit.say("改了以后"), after))
        if answer is not None
    ]
    return visit.page("ask.html", question=question, entry=entry, shown=shown)
