"""Questions that one entry answers, whatever the search says: asked for, agreed to, taken back."""

from collections.abc import Sequence

from starlette.responses import Response

from bot.curation.records import Fault, Faulty, NameTaken, State
from bot.curation.web.visit import Visit

NOW = [State.IN_REVIEW, State.APPROVED, State.PUBLISHED]


def show(visit: Visit) -> Response:
    """All of them, those to be agreed to first."""
    return _page(visit, visit.asked("question")[:200])


def propose(visit: Visit) -> Response:
    """Ask that these words are always answered by an entry."""
    entry, question = (
        _named(visit, visit.sent("entry").strip()),
        visit.sent("question").strip()[:200],
    )
    note = visit.sent("text")[:200]
    try:
        visit.office.workspace.exact_answers.propose(question, entry, visit.name, note)
    except Faulty as faulty:
        return _page(visit, question, entry, faulty.faults)
    except NameTaken:
        return _page(visit, question, entry, told=visit.say("这句话已经指定了，或者正等人同意。"))
    visit.office.note(visit.name, "proposed_exact_answer", entry)
    return visit.to("/exact-answers", done="submitted")


def approve(visit: Visit) -> Response:
    """A second person's word; it is live with it."""
    answer = visit.part("answer")
    workspace = visit.office.workspace
    try:
        workspace.exact_answers.approve(answer, visit.sent_number("revision"), visit.name)
    except Faulty as faulty:
        return _page(visit, "", faulty.entry, faulty.faults)
    workspace.follow.once()
    _note(visit, "approved_exact_answer", answer)
    return visit.to("/exact-answers", done="published")


def send_back(visit: Visit) -> Response:
    """Refuse a proposal."""
    answer = visit.part("answer")
    visit.office.workspace.exact_answers.send_back(
        answer, visit.sent_number("revision"), visit.name
    )
    _note(visit, "returned_exact_answer", answer)
    return visit.to("/exact-answers", done="returned")


def withdraw(visit: Visit) -> Response:
    """Let the search decide again."""
    answer = visit.part("answer")
    visit.office.workspace.exact_answers.withdraw(answer, visit.name)
    visit.office.workspace.follow.once()
    _note(visit, "withdrew_exact_answer", answer)
    return visit.to("/exact-answers", done="saved")


def _note(visit: Visit, act: str, answer: str) -> None:
    visit.office.note(visit.name, act, visit.office.workspace.exact_answers.get(answer).entry)


def _named(visit: Visit, said: str) -> str:
    """The id of the one entry that bears a title; what was said where none or several do."""
    bearers = [each.id for each in visit.office.library.entries if each.title == said]
    return bearers[0] if len(bearers) == 1 else said


def _page(
    visit: Visit, question: str, entry: str = "", faults: Sequence[Fault] = (), told: str = ""
) -> Response:
    found = visit.office.workspace.exact_answers.page()
    standing = [each for each in found if each.state in NOW]
    return visit.page(
        "exact_answers.html",
        422 if faults or told else 200,
        found=sorted(standing, key=lambda each: NOW.index(each.state)),
        ended=[each for each in found if each.state not in NOW],
        question=question,
        entry=entry,
        faults=faults,
        told=told,
        library=visit.office.library,
        alone=visit.office.workspace.workflow.one_person_may_publish(),
    )
