"""The one way to every page: the session, the rights of the route table, the form's token."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from bot.curation.accounts import new_token
from bot.curation.people import AccountError, WorkSession
from bot.curation.records import Conflict, CurationError, NeedsAnother, NotNow, Unknown
from bot.curation.web.access import Access
from bot.curation.web.office import Office
from bot.curation.web.visit import COOKIE, ROOT, Visit, csrf_of
from bot.curation.web.words import language_of

Handler = Callable[[Visit], Response]
LANGUAGE_COOKIE = "borrower_aid_work_language"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # a form without it would send "Origin: null"
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
}
MOST_FIELDS = 2000


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of the route table: a page, what makes it, and who may use it."""

    method: str
    path: str
    handler: Handler
    access: Access


def guarded(office: Office, rule: Rule) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint of a rule: nothing of the handler runs before everything is in order."""

    async def endpoint(request: Request) -> Response:
        form = await _form(request) if request.method == "POST" else FormData()
        try:
            response = await run_in_threadpool(_answer, office, rule, request, form)
        finally:
            await form.close()
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    endpoint.__name__ = f"{rule.handler.__module__.rpartition('.')[2]}_{rule.handler.__name__}"
    return endpoint


def _answer(office: Office, rule: Rule, request: Request, form: FormData) -> Response:
    if not office.is_open():
        return Response("", 404)
    token = request.cookies.get(COOKIE, "")
    session = office.people.session(token)
    fresh = not token
    visit = Visit(request, office, token or new_token(), session, form, _language(request))
    refusal = _refusal(rule.access, visit, session)
    if refusal is None and request.method == "POST" and not _own_form(visit):
        refusal = visit.page("refused.html", 403, why="form")
    response = refusal or _handled(rule.handler, visit)
    if fresh and "set-cookie" not in response.headers:
        visit.keep_token(response, visit.token)
    return response


def _refusal(access: Access, visit: Visit, session: WorkSession | None) -> Response | None:
    """Where somebody is sent who may not use a page, or nothing."""
    if access.public:
        return None
    if session is None:
        back = visit.request.url.path.removeprefix(ROOT) if visit.request.method == "GET" else ""
        return visit.to("/sign-in", **({"next": back} if back not in ("", "/") else {}))
    if not session.passed:
        set_up = "/second-factor" if session.account.ready else "/second-factor/set-up"
        return None if access.half else visit.to(set_up)
    if access.half:
        return visit.to("/")
    if session.account.role not in access.roles:
        return visit.page("refused.html", 403, why="role")
    return None


def _handled(handler: Handler, visit: Visit) -> Response:
    """The page, or one calm sentence where a step cannot be taken."""
    try:
        return handler(visit)
    except Unknown:
        return visit.page("refused.html", 404, why="unknown")
    except Conflict as conflict:
        return visit.page("refused.html", 409, why="conflict", conflict=conflict)
    except NeedsAnother:
        return visit.page("refused.html", 409, why="another")
    except NotNow:
        return visit.page("refused.html", 409, why="not_now")
    except (CurationError, AccountError) as fault:
        return visit.page("refused.html", 409, why="fault", fault=str(fault))


def _own_form(visit: Visit) -> bool:
    """Whether a form was sent from a page of ours in this session."""
    origin = visit.request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != visit.request.headers.get("host"):
        return False
    sent = visit.sent("csrf") or visit.request.headers.get("x-csrf", "")
    return secrets.compare_digest(sent.encode(), csrf_of(visit.token).encode())


async def _form(request: Request) -> FormData:
    return await request.form(max_fields=MOST_FIELDS, max_files=20)


def _language(request: Request) -> str:
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    return language_of(chosen, request.headers.get("accept-language", ""))
