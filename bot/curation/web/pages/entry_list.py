"""The list of entries: filters, search, paging."""

from datetime import timedelta

from starlette.responses import Response

from bot.curation.records import State, Wanted
from bot.curation.web.visit import Visit

SIZE = 40
SOON = timedelta(days=14)
ORDERS = ("changed", "title", "review_due", "answers", "unhelpful")


def show(visit: Visit) -> Response:
    """One page of what is wanted."""
    entries, number = visit.office.workspace.entries, max(visit.number("page"), 1)
    found = entries.page(wanted(visit), first=(number - 1) * SIZE, size=SIZE)
    return visit.page(
        "entry_list.html",
        found=found,
        number=number,
        size=SIZE,
        topics=entries.topics(),
        states=list(State),
        orders=ORDERS,
        asked=visit.request.query_params,
    )


def wanted(visit: Visit) -> Wanted:
    """What the query asks for; what makes no sense is left out."""
    state, order = visit.asked("state"), visit.asked("order")
    return Wanted(
        words=visit.asked("q")[:100],
        topic=visit.asked("topic") or None,
        state=State(state) if state in list(State) else None,
        due_by=visit.office.today() + SOON if visit.asked("due") else None,
        weak=bool(visit.asked("weak")),
        to_check=bool(visit.asked("check")),
        unused=bool(visit.asked("unused")),
        voted_down=bool(visit.asked("down")),
        file_waits=bool(visit.asked("file")),
        order=order if order in ORDERS else "changed",
    )
