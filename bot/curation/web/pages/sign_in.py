"""Coming in: a link, a password, the second factor; and going out."""

from starlette.responses import Response

from bot.clock import SHANGHAI
from bot.curation import second_factor
from bot.curation.people import (
    AccountError,
    Blocked,
    InvitationSpent,
    NameInUse,
    NameUnfit,
    NotInvited,
    PasswordWeak,
    ProviderAway,
    ProviderRefused,
    SignInRefused,
)
from bot.curation.web.guard import LANGUAGE_COOKIE
from bot.curation.web.visit import ROOT, Visit
from bot.curation.web.words import LANGUAGES

YEAR = 365 * 24 * 3600


def show(visit: Visit) -> Response:
    """The form for name and password."""
    if visit.session is not None:
        return visit.to("/")
    return visit.page("sign_in.html", next=visit.asked("next"), fault="")


def sign_in(visit: Visit) -> Response:
    """Check name and password; the second factor is asked for next."""
    people = visit.office.people
    try:
        account = people.sign_in(visit.sent("name"), visit.sent("password"))
    except (SignInRefused, Blocked) as fault:
        matter = {"next": visit.sent("next"), "fault": said(visit, fault)}
        return visit.page("sign_in.html", 401, **matter)
    token = people.begin_session(account, device_of(visit))
    following = "/second-factor" if account.ready else "/second-factor/set-up"
    back = visit.sent("next")
    return visit.keep_token(visit.to(following, **({"next": back} if back else {})), token)


def show_second_factor(visit: Visit) -> Response:
    """The form for the code."""
    if not visit.account.ready:
        return visit.to("/second-factor/set-up")
    return visit.page("second_factor.html", next=visit.asked("next"), fault="")


def pass_second_factor(visit: Visit) -> Response:
    """Check the code."""
    people = visit.office.people
    try:
        token = people.pass_second_factor(visit.account, visit.sent("code"), visit.token)
    except (SignInRefused, Blocked) as fault:
        matter = {"next": visit.sent("next"), "fault": said(visit, fault)}
        return visit.page("second_factor.html", 401, **matter)
    back = visit.sent("next")
    return visit.keep_token(visit.to(back if back.startswith("/") else "/"), token)


def show_set_up(visit: Visit) -> Response:
    """The QR code for the phone."""
    if visit.account.ready:
        return visit.to("/second-factor")
    return _set_up(visit, "", 200)


def set_up(visit: Visit) -> Response:
    """Check that the phone has it; then show the recovery codes, once."""
    if visit.account.ready:
        return visit.to("/second-factor")
    people = visit.office.people
    try:
        token, codes = people.confirm_second_factor(visit.account, visit.sent("code"), visit.token)
    except (SignInRefused, Blocked) as fault:
        return _set_up(visit, said(visit, fault), 401)
    return visit.keep_token(visit.page("recovery_codes.html", codes=codes), token)


def show_invitation(visit: Visit) -> Response:
    """The form for whoever has a link."""
    try:
        invitation = visit.office.people.invitation(visit.part("token"))
    except InvitationSpent:
        return visit.page("refused.html", 410, why="invitation")
    return visit.page("invitation.html", invitation=invitation, fault="", name=_named(visit))


def accept_invitation(visit: Visit) -> Response:
    """Make the account, and go on to the second factor."""
    people = visit.office.people
    try:
        invitation = people.invitation(visit.part("token"))
        account = people.accept(visit.part("token"), visit.sent("name"), visit.sent("password"))
    except InvitationSpent:
        return visit.page("refused.html", 410, why="invitation")
    except (NameInUse, NameUnfit, PasswordWeak) as fault:
        matter = {"invitation": invitation, "name": visit.sent("name") or _named(visit)}
        return visit.page("invitation.html", 422, fault=said(visit, fault), **matter)
    token = people.begin_session(account, device_of(visit))
    return visit.keep_token(visit.to("/second-factor/set-up"), token)


def sign_out(visit: Visit) -> Response:
    """End this session."""
    if visit.session is not None:
        visit.office.people.sessions.end(visit.session.id)
        visit.office.note(visit.name, "signed_out", visit.name)
    response = visit.to("/sign-in")
    response.delete_cookie("borrower_aid_work", path=ROOT)
    return response


def choose_language(visit: Visit) -> Response:
    """Remember the language of the pages."""
    back = visit.sent("back")
    response = visit.to(back if back.startswith("/") else "/")
    chosen = visit.sent("language")
    if chosen in LANGUAGES:
        response.set_cookie(
            LANGUAGE_COOKIE, chosen, max_age=YEAR, path=ROOT, httponly=True, samesite="lax"
        )
    return response


def said(visit: Visit, fault: AccountError) -> str:
    """What a person is told of a fault with their account."""
    say = visit.say
    if isinstance(fault, Blocked):
        return say(
            "试错太多次了。请等到 {until} 以后再试。",
            until=f"{fault.until.astimezone(SHANGHAI):%H:%M}",
        )
    sentences = {
        ProviderAway: say("那边的登录服务现在连不上。请过一会儿再试，或者用名字和密码登录。"),
        ProviderRefused: say("那边没有确认你的身份，所以没有登录。请再试一次。"),
        NotInvited: say("你的邮箱还没有登记在账号里。请管理员写上，或者用名字和密码登录。"),
        SignInRefused: say("名字、密码或验证码不对，请再试一次。"),
        NameInUse: say("这个名字已经有人用了，请换一个。"),
        NameUnfit: say("名字要有 2 到 40 个字。"),
        PasswordWeak: say("密码太短或太好猜：至少 10 个字符，不要用名字和常见的词。"),
    }
    return sentences[type(fault)]


def device_of(visit: Visit) -> str:
    """What somebody signed in with, so that they know it again."""
    agent = visit.request.headers.get("user-agent", "")
    systems = ("iPhone", "iPad", "Android", "Windows", "Macintosh", "Linux")
    browsers = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
    system = next((each for each in systems if each in agent), "?")
    browser = next((name for mark, name in browsers if mark in agent), "?")
    return f"{browser} · {system}"


def _set_up(visit: Visit, fault: str, status: int) -> Response:
    secret = visit.office.people.set_up_second_factor(visit.account)
    side, cells = second_factor.qr_path(second_factor.address(secret, visit.name))
    groups = " ".join(secret[n : n + 4] for n in range(0, len(secret), 4))
    matter = {"side": side, "cells": cells, "secret": groups, "fault": fault}
    return visit.page("set_up.html", status, **matter)


def _named(visit: Visit) -> str:
    """The name of the account a link is for, if it is for one."""
    account = visit.office.people.invitation(visit.part("token")).account
    return visit.office.people.accounts.get(account).account.name if account else ""
