"""Every route of the workspace as it really is, against every role and nobody."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from starlette.routing import Mount, Route

from bot.curation.people import Role
from bot.curation.web.app import workspace_app
from bot.curation.web.visit import COOKIE, ROOT, csrf_of
from tests.curation.web import Site, workspace_site

A, E, R, S = Role.ADMINISTRATOR, Role.EDITOR, Role.REVIEWER, Role.SITE_MANAGER
EVERYBODY, WRITERS, REVIEWERS = {A, E, R, S}, {A, E, R}, {A, R}
OPEN, HALF = "open", "half"

# Who may use what, written down a second time on purpose: a new route has to be added here too.
MAY: dict[str, Any] = {
    "GET /sign-in": OPEN,
    "POST /sign-in": OPEN,
    "GET /sign-in/provider": OPEN,
    "GET /sign-in/provider/back": OPEN,
    "POST /language": OPEN,
    "POST /sign-out": OPEN,
    "GET /invitation/{token}": OPEN,
    "POST /invitation/{token}": OPEN,
    "GET /second-factor": HALF,
    "POST /second-factor": HALF,
    "GET /second-factor/set-up": HALF,
    "POST /second-factor/set-up": HALF,
    "GET /": EVERYBODY,
    "GET /own": EVERYBODY,
    "POST /own/password": EVERYBODY,
    "POST /own/end-session": EVERYBODY,
    "GET /entries": EVERYBODY,
    "GET /entries/{entry}": EVERYBODY,
    "GET /entries/{entry}/diff": EVERYBODY,
    "GET /ask": EVERYBODY,
    "GET /publications": EVERYBODY,
    "GET /publications/{number:int}": EVERYBODY,
    "GET /instruments": EVERYBODY,
    "GET /instruments/{instrument}": EVERYBODY,
    "GET /entries/new": WRITERS,
    "POST /entries/new": WRITERS,
    "GET /entries/{entry}/edit": WRITERS,
    "POST /entries/{entry}/edit": WRITERS,
    "POST /entries/{entry}/autosave": WRITERS,
    "POST /entries/{entry}/comment": WRITERS,
    "POST /entries/{entry}/submit": WRITERS,
    "POST /entries/{entry}/retire": WRITERS,
    "POST /entries/{entry}/leave-file": WRITERS,
    "POST /preview": WRITERS,
    "POST /similar": WRITERS,
    "GET /choices": WRITERS,
    "GET /cited": WRITERS,
    "GET /exact-answers": WRITERS,
    "POST /exact-answers": WRITERS,
    "GET /intake": WRITERS,
    "POST /intake": WRITERS,
    "GET /intake/{upload}": WRITERS,
    "POST /intake/{upload}/settle": WRITERS,
    "GET /gaps": WRITERS,
    "GET /gaps/figures": WRITERS,
    "POST /gaps/entry": WRITERS,
    "POST /entries/{entry}/take-file": WRITERS,
    "GET /talks": WRITERS,
    "GET /talks/{number:int}": WRITERS,
    "GET /talks/{number:int}/lines": WRITERS,
    "POST /talks/{number:int}/take": WRITERS,
    "POST /talks/{number:int}/say": WRITERS,
    "POST /talks/{number:int}/close": WRITERS,
    "POST /entries/{entry}/return": REVIEWERS,
    "POST /entries/{entry}/approve": REVIEWERS,
    "POST /entries/{entry}/confirm": REVIEWERS,
    "POST /entries/{entry}/roll-back": REVIEWERS,
    "GET /entries/{entry}/publish": REVIEWERS,
    "POST /entries/{entry}/publish": REVIEWERS,
    "POST /publications/{number:int}/roll-back": REVIEWERS,
    "POST /instruments/{instrument}/mark": REVIEWERS,
    "POST /instruments/{instrument}/unmark": REVIEWERS,
    "POST /exact-answers/{answer}/approve": REVIEWERS,
    "POST /exact-answers/{answer}/return": REVIEWERS,
    "POST /exact-answers/{answer}/withdraw": REVIEWERS,
    "GET /sites": {A, S},
    "POST /sites/new": {A, S},
    "GET /sites/{key}": {A, S},
    "POST /sites/{key}": {A, S},
    "POST /sites/{key}/logo": {A, S},
    "POST /sites/{key}/logo/remove": {A, S},
    "POST /sites/{key}/notes": {A, S},
    "POST /sites/{key}/notes/remove": {A, S},
    "GET /accounts": {A},
    "POST /accounts/invite": {A},
    "POST /accounts/one-person": {A},
    "POST /accounts/{account}/renew": {A},
    "POST /accounts/{account}/mail": {A},
    "POST /accounts/{account}/change": {A},
    "POST /invitations/{invitation}/withdraw": {A},
    "GET /audit": {A},
    "GET /audit/check": {A},
}
PLACES = {
    "{entry}": "visit-tomorrow",
    "{number:int}": "1",
    "{instrument}": "public-security-penalties-law-2025",
    "{token}": "nothing",
    "{key}": "nowhere",
    "{upload}": "abc",
    "{answer}": "nothing",
    "{account}": "nobody",
    "{invitation}": "nothing",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with workspace_site(tmp_path_factory.mktemp("access")) as running:
        yield running


def routes_of(site: Site) -> list[str]:
    """What the running application serves under the workspace, not what a table says."""
    (mounted,) = (each for each in site.web.routes if getattr(each, "path", "") == ROOT)
    assert isinstance(mounted, Mount)
    found = []
    for route in mounted.routes:
        if isinstance(route, Route):
            found += [
                f"{method} {route.path}" for method in route.methods or () if method != "HEAD"
            ]
        else:
            assert isinstance(route, Mount)
            assert route.path == "/static"
    return found


def test_every_route_has_its_roles_written_down(site: Site) -> None:
    assert sorted(routes_of(site)) == sorted(MAY)


def filled(route: str) -> tuple[str, str]:
    method, path = route.split(" ", 1)
    for part, value in PLACES.items():
        path = path.replace(part, value)
    return method, path


def answer(site: Site, route: str, token: str) -> httpx.Response:
    method, path = filled(route)
    cookies = {COOKIE: token} if token else {}
    data = {"csrf": csrf_of(token)} if method == "POST" else None
    with httpx.Client(cookies=cookies, timeout=60) as client:
        address = site.address + ROOT + path
        return client.request(method, address, data=data, params=data)


@pytest.mark.parametrize("route", sorted(MAY))
def test_nobody_comes_in_without_signing_in(site: Site, route: str) -> None:
    method, _path = filled(route)
    reply = answer(site, route, "")
    if MAY[route] is OPEN:
        assert reply.status_code in ((403,) if method == "POST" else (200, 404, 410))
    else:
        assert reply.status_code == 303
        assert reply.headers["location"].startswith(f"{ROOT}/sign-in")


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("route", sorted(each for each in MAY if MAY[each] not in (OPEN, HALF)))
def test_a_role_passes_where_it_may_and_nowhere_else(site: Site, route: str, role: Role) -> None:
    reply = answer(site, route, site.tokens[role])
    assert (reply.status_code != 403) == (role in MAY[route]), (
        reply.status_code,
        reply.text[-600:],
    )
    assert reply.status_code < 500, reply.text


@pytest.mark.parametrize("route", sorted(each for each in MAY if MAY[each] is not OPEN))
def test_a_password_alone_opens_nothing(site: Site, route: str) -> None:
    token = site.people.begin_session(site.people.named("小林"), "test")
    reply = answer(site, route, token)
    if MAY[route] is HALF:
        assert reply.status_code != 403
    else:
        assert reply.headers["location"] == f"{ROOT}/second-factor"


@pytest.mark.parametrize("route", sorted(each for each in MAY if each.startswith("POST")))
def test_a_form_from_elsewhere_does_nothing(site: Site, route: str) -> None:
    _method, path = filled(route)
    half = MAY[route] is HALF
    account = site.people.named(site.people.accounts.all()[0].name)
    token = site.people.begin_session(account, "test") if half else site.tokens[A]
    with httpx.Client(base_url=site.address + ROOT, cookies={COOKIE: token}, timeout=60) as client:
        assert client.post(path, data={"csrf": "0" * 64}).status_code == 403
        assert client.post(path).status_code == 403
        foreign = {"Origin": "https://evil.example"}
        own = {"csrf": csrf_of(token)}
        assert client.post(path, data=own, headers=foreign).status_code == 403
    assert site.people.session(token) is not None


@pytest.mark.parametrize("path", ["/", "/sign-in", "/nowhere", "/static/workspace.css"])
def test_nothing_inline_runs_and_nobody_frames_it(site: Site, path: str) -> None:
    reply = site.visitor(A).get(path)
    if path.startswith("/static"):
        assert reply.status_code == 200
        return
    policy = reply.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert reply.headers["cache-control"] == "no-store"
    for banned in ("<style", " style=", " onclick=", "<script>"):
        assert banned not in reply.text


def test_the_cookie_stays_with_the_browser_alone(site: Site) -> None:
    reply = httpx.get(f"{site.address}{ROOT}/sign-in")
    cookie = reply.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert f"Path={ROOT}" in cookie
    behind_tls = httpx.get(f"{site.address}{ROOT}/sign-in", headers={"X-Forwarded-Proto": "https"})
    assert "Secure" in behind_tls.headers["set-cookie"]


def test_there_is_no_workspace_before_somebody_is_let_in(site: Site) -> None:
    from bot.curation.web.office import open_office

    class Nobody:
        def any(self) -> bool:
            return False

    office = open_office(site.app, site.workspace, frozenset())
    object.__setattr__(office.people, "accounts", Nobody())
    assert not office.is_open()
    assert workspace_app(site.app, site.workspace) is not None


@pytest.mark.parametrize("path", ["/etc/passwd", "file:///etc/passwd", "http://127.0.0.1:1/", ""])
def test_taking_in_reads_no_file_and_no_machine_of_ours(site: Site, path: str) -> None:
    reply = site.visitor(E).post("/intake", address=path)
    assert reply.status_code == 422
    assert "root:" not in reply.text
