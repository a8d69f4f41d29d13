"""The first page: what waits for this person."""

from datetime import timedelta

from starlette.responses import Response

from bot.curation.people import Role
from bot.curation.records import Page, State, Wanted
from bot.curation.web.visit import Visit

SHOWN = 6
DAYS = 7
SOON = timedelta(days=14)


def show(visit: Visit) -> Response:
    """The queues, each with its first few entries."""
    role = visit.account.role
    if role is Role.SITE_MANAGER:
        return visit.to("/sites")
    queues = [(name, say, link, found) for name, say, link, found in _queues(visit) if found.total]
    last = visit.office.workspace.publications.page(size=5)
    waiting = visit.office.hand_offs.waiting()
    gaps = visit.office.workspace.gaps.gaps(DAYS)
    return visit.page(
        "home.html", queues=queues, publications=last, talks=len(waiting), gaps=gaps, shown=SHOWN
    )


def _queues(visit: Visit) -> list[tuple[str, str, str, Page]]:
    say, entries = visit.say, visit.office.workspace.entries
    soon = visit.office.today() + SOON
    wanted = (
        ("in_review", say("等人复核"), "state=in_review", Wanted(state=State.IN_REVIEW)),
        ("approved", say("已通过，等发布"), "state=approved", Wanted(state=State.APPROVED)),
        ("check", say("法规变了，要核对"), "check=1", Wanted(to_check=True)),
        ("due", say("到了复核日期"), "due=1", Wanted(due_by=soon, order="review_due")),
        ("draft", say("写了一半的"), "state=draft", Wanted(state=State.DRAFT)),
        (
            "down",
            say("常被说没用"),
            "down=1&order=unhelpful",
            Wanted(voted_down=True, order="unhelpful"),
        ),
        ("file", say("文件里有新文字"), "file=1", Wanted(file_waits=True)),
    )
    return [
        (name, title, link, entries.page(each, size=SHOWN)) for name, title, link, each in wanted
    ]
