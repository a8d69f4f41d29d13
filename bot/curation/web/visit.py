"""One request to the workspace: who asks, what they sent, and the pages they can be given."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from bot.curation.people import Account, WorkSession
from bot.curation.records import Fault
from bot.curation.web import shown
from bot.curation.web.labels import LABELS
from bot.curation.web.rendering import light, telegram
from bot.curation.web.words import Say, speaker

if TYPE_CHECKING:
    from bot.curation.web.office import Office

ROOT = "/workspace"
COPIED = re.compile(r"as in version (\d+)")
COOKIE = "borrower_aid_work"
TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.filters |= {
    "moment": shown.moment,
    "day": shown.day,
    "light": light,
    "telegram": telegram,
}


@dataclass(frozen=True, slots=True)
class Visit:
    """A request, with everything a page needs."""

    request: Request
    office: "Office"
    token: str
    session: WorkSession | None
    form: FormData
    language: str

    @property
    def account(self) -> Account:
        """Who is signed in; only asked where the route table lets nobody else in."""
        assert self.session is not None
        return self.session.account

    @property
    def name(self) -> str:
        """Their name."""
        return self.account.name

    @property
    def say(self) -> Say:
        """Says a phrase in their language."""
        return speaker(self.language)

    def label(self, of: str, value: str) -> str:
        """What a value of a closed list is called; the value itself where nobody named it."""
        return self.say(LABELS[of].get(str(value), str(value)))

    def fault(self, fault: Fault) -> str:
        """What keeps a text from being published, in their language."""
        phrase = LABELS["fault"].get(fault.code)
        return self.say(phrase, **dict(fault.about)) if phrase else fault.message

    def noted(self, note: str) -> str:
        """A note as somebody wrote it, or in their language what a step of the workflow noted."""
        copied = COPIED.fullmatch(note)
        return (
            self.say("同第 {number} 版", number=copied[1]) if copied else self.label("note", note)
        )

    def valued(self, value: str) -> str:
        """A detail of the log; names of roles and yes or no in their language."""
        known = {**LABELS["role"], **LABELS["detail"]}
        return " → ".join(self.say(known.get(each, each)) for each in value.split(" -> "))

    def unread(self, reason: str) -> str:
        """Why a source cannot be read, in their language."""
        known = (told for begins, told in LABELS["unreadable"].items() if reason.startswith(begins))
        told = next(known, None)
        return self.say(told) if told else self.say("这份资料打不开，或者读不懂")

    def part(self, name: str) -> str:
        """A part of the path."""
        return str(self.request.path_params[name])

    def asked(self, name: str, default: str = "") -> str:
        """A field of the query."""
        return self.request.query_params.get(name, default)

    def number(self, name: str, default: int = 1) -> int:
        """A number of the query; what is none counts as not given."""
        written = self.asked(name)
        return int(written) if written.isdecimal() and len(written) < 9 else default

    def sent(self, name: str) -> str:
        """A text field of the form, line ends as ours."""
        value = self.form.get(name, "")
        return value.replace("\r\n", "\n") if isinstance(value, str) else ""

    def sent_all(self, name: str) -> list[str]:
        """All values of a field of the form."""
        return [each for each in self.form.getlist(name) if isinstance(each, str)]

    def sent_number(self, name: str) -> int:
        """A number of the form; nought where there is none."""
        written = self.sent(name)
        return int(written) if written.isdecimal() and len(written) < 9 else 0

    def file(self, name: str) -> UploadFile | None:
        """A file of the form, if one was chosen."""
        value = self.form.get(name)
        return value if isinstance(value, UploadFile) and value.filename else None

    def page(self, template: str, status: int = 200, **matter: Any) -> Response:
        """A page."""
        return HTMLResponse(self.rendered(template, **matter), status)

    def rendered(self, template: str, **matter: Any) -> str:
        """The HTML of a page or a part of one."""
        return TEMPLATES.get_template(template).render(
            visit=self,
            _=self.say,
            label=self.label,
            csrf=csrf_of(self.token),
            root=ROOT,
            me=self.session.account if self.session and self.session.passed else None,
            lang=self.language,
            notice=LABELS["done"].get(self.asked("done"), ""),
            **matter,
        )

    def to(self, path: str, **query: str) -> Response:
        """Elsewhere; ``done`` names what is said there."""
        return RedirectResponse(f"{ROOT}{path}{'?' if query else ''}{urlencode(query)}", 303)

    def json(self, content: Any, status: int = 200) -> Response:
        """An answer to the page's own script."""
        return JSONResponse(content, status)

    def link(self, **changed: object) -> str:
        """This page with other fields in its query; None takes one out."""
        kept = dict(self.request.query_params) | {n: str(v) for n, v in changed.items()}
        wanted = {n: v for n, v in kept.items() if changed.get(n, "") is not None and n != "done"}
        return f"?{urlencode(wanted)}"

    def keep_token(self, response: Response, token: str) -> Response:
        """Send the session's cookie."""
        response.set_cookie(
            COOKIE,
            token,
            path=ROOT,
            httponly=True,
            samesite="lax",
            secure=self.request.url.scheme == "https",
        )
        return response


def csrf_of(token: str) -> str:
    """What every form of a session carries; it does not tell the token."""
    return hashlib.sha256(f"form {token}".encode()).hexdigest()


def visit_of(request: Request) -> Visit:
    """The visit the guard made of a request."""
    return cast(Visit, request.state.visit)
