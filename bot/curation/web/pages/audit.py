"""The audit log, for administrators."""

from starlette.responses import Response

from bot.curation.people import AuditBroken
from bot.curation.web.visit import Visit

SIZE = 50


def show(visit: Visit) -> Response:
    """Lines, the newest first."""
    audit, page = visit.office.people.audit, visit.number("page")
    who, act, about = (visit.asked(name) for name in ("who", "act", "about"))
    events, total = audit.page(who, act, about, first=(max(page, 1) - 1) * SIZE, size=SIZE)
    wanted = {"who": who, "act": act, "about": about}
    return visit.page(
        "audit.html",
        acts=audit.acts(),
        events=events,
        total=total,
        number=page,
        size=SIZE,
        wanted=wanted,
    )


def check(visit: Visit) -> Response:
    """Whether the log holds together."""
    audit = visit.office.people.audit
    try:
        count, last = audit.check()
    except AuditBroken as fault:
        return visit.page("audit_check.html", count=0, last="", fault=str(fault))
    return visit.page("audit_check.html", count=count, last=last, fault="")
