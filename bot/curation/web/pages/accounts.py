"""Who may come in, for administrators."""

from starlette.responses import Response

from bot.curation.people import LastAdministrator, Role
from bot.curation.web.visit import ROOT, Visit


def show(visit: Visit) -> Response:
    """Everybody, and the links that are out."""
    return _page(visit)


def invite(visit: Visit) -> Response:
    """Show a new link, once."""
    role = visit.sent("role")
    if role not in list(Role):
        return visit.to("/accounts")
    note, mail = visit.sent("note")[:80], visit.sent("mail")
    invited = visit.office.people.invite(Role(role), note, visit.name, email=mail)
    return _page(visit, _link(visit, invited))


def renew(visit: Visit) -> Response:
    """Show a link by which somebody chooses password and second factor anew, once."""
    people = visit.office.people
    of = people.accounts.get(visit.part("account")).account
    return _page(visit, _link(visit, people.invite(of.role, "", visit.name, of)))


def note_mail(visit: Visit) -> Response:
    """Note the mail address by which the provider can vouch for somebody, or forget it."""
    visit.office.people.note_mail(visit.part("account"), visit.sent("mail"), visit.name)
    return visit.to("/accounts", done="saved")


def change(visit: Visit) -> Response:
    """Give another role, shut out, or let in again."""
    role = visit.sent("role")
    if role not in list(Role):
        return visit.to("/accounts")
    try:
        visit.office.people.change(
            visit.part("account"), Role(role), visit.name, active=visit.sent("active") == "yes"
        )
    except LastAdministrator:
        return visit.page("refused.html", 409, why="last_administrator")
    return visit.to("/accounts", done="saved")


def withdraw(visit: Visit) -> Response:
    """Make a link useless."""
    visit.office.people.accounts.withdraw(visit.part("invitation"))
    visit.office.note(visit.name, "withdrew_invitation")
    return visit.to("/accounts", done="saved")


def let_one_person(visit: Visit) -> Response:
    """Let a team of one approve its own texts, or not."""
    allowed = visit.sent("allowed") == "yes"
    visit.office.workspace.workflow.let_one_person_publish(allowed)
    visit.office.note(visit.name, "one_person_may_publish", details="yes" if allowed else "no")
    return visit.to("/accounts", done="saved")


def _page(visit: Visit, link: str = "") -> Response:
    accounts = visit.office.people.accounts
    return visit.page(
        "accounts.html",
        accounts=accounts.all(),
        invitations=accounts.invitations(),
        roles=list(Role),
        link=link,
        alone=visit.office.workspace.workflow.one_person_may_publish(),
    )


def _link(visit: Visit, token: str) -> str:
    base = visit.request.base_url
    return f"{base.scheme}://{base.netloc}{ROOT}/invitation/{token}"
