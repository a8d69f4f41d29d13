"""Questions that one entry answers, whatever the search says: asked for, agreed to, taken back."""

from starlette.responses import Response

from bot.curation.records import State
from bot.curation.web.visit import Visit


def show(visit: Visit) -> Response:
    """All of them, those to be agreed to first."""
    found = visit.office.workspace.exact_answers.page()
    order = [State.IN_REVIEW, State.APPROVED, State.PUBLISHED, State.DRAFT, State.RETIRED]
    return visit.page(
        "exact_answers.html",
        found=sorted(found, key=lambda each: order.index(each.state)),
        question=visit.asked("question")[:200],
        library=visit.office.library,
        alone=visit.office.workspace.workflow.one_person_may_publish(),
    )


def propose(visit: Visit) -> Response:
    """Ask that these words are always answered by an entry."""
    entry, question = visit.sent("entry").strip(), visit.sent("question").strip()[:200]
    visit.office.workspace.entries.get(entry)
    if question:
        note = visit.sent("text")[:200]
        visit.office.workspace.exact_answers.propose(question, entry, visit.name, note)
        visit.office.note(visit.name, "proposed_exact_answer", entry)
    return visit.to("/exact-answers", done="submitted")


def approve(visit: Visit) -> Response:
    """A second person's word; it is live with it."""
    answer = visit.part("answer")
    workspace = visit.office.workspace
    workspace.exact_answers.approve(answer, visit.sent_number("revision"), visit.name)
    workspace.follow.once()
    visit.office.note(visit.name, "approved_exact_answer", answer)
    return visit.to("/exact-answers", done="published")


def send_back(visit: Visit) -> Response:
    """Refuse a proposal."""
    answer = visit.part("answer")
    visit.office.workspace.exact_answers.send_back(
        answer, visit.sent_number("revision"), visit.name
    )
    visit.office.note(visit.name, "returned_exact_answer", answer)
    return visit.to("/exact-answers", done="returned")


def withdraw(visit: Visit) -> Response:
    """Let the search decide again."""
    answer = visit.part("answer")
    visit.office.workspace.exact_answers.withdraw(answer, visit.name)
    visit.office.workspace.follow.once()
    visit.office.note(visit.name, "withdrew_exact_answer", answer)
    return visit.to("/exact-answers", done="saved")
