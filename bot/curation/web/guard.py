"""The one way to every page: the session, the rights of the route table, the form's token."""

import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message

from bot.curation.accounts import new_token
from bot.curation.people import AccountError, WorkSession
from bot.curation.records import Conflict, CurationError, NeedsAnother, NotNow, Unknown
from bot.curation.web.access import Access
from bot.curation.web.office import Office
from bot.curation.web.visit import COOKIE, ROOT, Visit, csrf_of
from bot.curation.web.words import language_of

log = logging.getLogger(__name__)
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
LARGEST_FORM = 768 * 1024
LARGEST_UPLOAD = 8 * 1024 * 1024


class TooLarge(Exception):
    """A form is larger than its page takes."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of the route table: a page, what makes it, who may use it, how much they may send.

    A body larger than a form's is read only where the form's token came ahead of it, in the address.
    """

    method: str
    path: str
    handler: Handler
    access: Access
    largest: int = LARGEST_FORM


def guarded(office: Office, rule: Rule) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint of a rule: nothing of the handler runs before everything is in order."""

    async def endpoint(request: Request) -> Response:
        visit, response = await run_in_threadpool(_let_in, office, rule, request)
        if response is None:
            response = await _answer(visit, rule)
        elif request.method == "POST" and not 0 <= _declared(request) <= rule.largest:
            response.headers["Connection"] = "close"  # or it would be listened to without end
        if COOKIE not in request.cookies and "set-cookie" not in response.headers:
            visit.keep_token(response, visit.token)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    endpoint.__name__ = f"{rule.handler.__module__.rpartition('.')[2]}_{rule.handler.__name__}"
    return endpoint


def _let_in(office: Office, rule: Rule, request: Request) -> tuple[Visit, Response | None]:
    """Who somebody is, and why they get no further: asked before anything they send is read."""
    token = request.cookies.get(COOKIE, "")
    session = office.people.session(token)
    visit = Visit(request, office, token or new_token(), session, FormData(), _language(request))
    if not office.is_open():
        return visit, Response("", 404)
    refusal = _refusal(rule.access, visit, session)
    if refusal is None and request.method == "POST":
        refusal = _refused_unread(rule, visit)
    return visit, refusal


def _refused_unread(rule: Rule, visit: Visit) -> Response | None:
    if _from_elsewhere(visit) or (rule.largest > LARGEST_FORM and not _own_token(visit)):
        return visit.page("refused.html", 403, why="form")
    if _declared(visit.request) > rule.largest:
        return visit.page("refused.html", 413, why="large")
    return None


async def _answer(visit: Visit, rule: Rule) -> Response:
    if visit.request.method != "POST":
        return await run_in_threadpool(_handled, rule.handler, visit)
    try:
        form = await _form(visit.request, rule.largest)
    except TooLarge:
        refusal = visit.page("refused.html", 413, why="large")
        refusal.headers["Connection"] = "close"
        return refusal
    try:
        visit = replace(visit, form=form)
        if not _own_token(visit):
            return visit.page("refused.html", 403, why="form")
        return await run_in_threadpool(_handled, rule.handler, visit)
    finally:
        await form.close()


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
        log.warning("a step in the workspace was refused: %s", type(fault).__name__)
        return visit.page("refused.html", 409, why="fault")


def _from_elsewhere(visit: Visit) -> bool:
    origin = visit.request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != visit.request.headers.get("host")


def _own_token(visit: Visit) -> bool:
    """Whether a form was made by a page of ours in this session."""
    ahead = visit.request.headers.get("x-csrf") or visit.asked("csrf")
    sent = visit.sent("csrf") or ahead
    return secrets.compare_digest(sent.encode(), csrf_of(visit.token).encode())


def _declared(request: Request) -> int:
    """How long a body says that it is; less than nothing where it does not say."""
    length = request.headers.get("content-length", "")
    return int(length) if length.isdecimal() else -1


async def _form(request: Request, largest: int) -> FormData:
    """The fields of a body that is read no further than it may go."""
    left = largest

    async def receive() -> Message:
        nonlocal left
        message = await request.receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise TooLarge
        return message

    return await Request(request.scope, receive).form(max_fields=MOST_FIELDS, max_files=20)


def _language(request: Request) -> str:
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    return language_of(chosen, request.headers.get("accept-language", ""))
