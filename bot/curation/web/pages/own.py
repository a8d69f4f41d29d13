"""A person's own account: where they are signed in, and their password."""

from starlette.responses import Response

from bot.curation.people import Blocked, PasswordWeak, SignInRefused
from bot.curation.web.pages.sign_in import said
from bot.curation.web.visit import Visit


def show(visit: Visit) -> Response:
    """The page."""
    return _page(visit, "", 200)


def change_password(visit: Visit) -> Response:
    """Another password."""
    assert visit.session is not None
    try:
        visit.office.people.change_password(
            visit.session, visit.sent("old"), visit.sent("password")
        )
    except (SignInRefused, Blocked, PasswordWeak) as fault:
        return _page(visit, said(visit, fault), 422)
    return visit.to("/own", done="saved")


def end_session(visit: Visit) -> Response:
    """Sign another device out; only one's own."""
    people = visit.office.people
    mine = {each.id for each in people.sessions.of(visit.account.id)}
    if visit.sent("session") in mine:
        people.sessions.end(visit.sent("session"))
        visit.office.note(visit.name, "ended_session", visit.name)
    return visit.to("/own", done="saved")


def _page(visit: Visit, fault: str, status: int) -> Response:
    people = visit.office.people
    return visit.page(
        "own.html",
        status,
        sessions=people.sessions.of(visit.account.id),
        codes_left=people.accounts.recovery_codes_left(visit.account.id),
        fault=fault,
    )
