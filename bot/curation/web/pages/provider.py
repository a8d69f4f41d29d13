"""Coming in through the provider that the operator set up: there, and back."""

import secrets
from dataclasses import replace

from starlette.responses import RedirectResponse, Response

from bot.curation.accounts import new_token
from bot.curation.people import AccountError, NotInvited, ProviderAway, ProviderRefused
from bot.curation.provider import Provider, state_of
from bot.curation.records import Unknown
from bot.curation.web.pages.sign_in import device_of, said
from bot.curation.web.visit import ROOT, Visit

STATUS = {ProviderAway: 502, ProviderRefused: 401, NotInvited: 403}


def leave(visit: Visit) -> Response:
    """Send the browser to the provider, with a fresh secret that only it has."""
    provider, secret = _provider(visit), new_token()
    if visit.session is not None:
        return visit.to("/")
    try:
        there = provider.way_there(secret, _back(visit))
    except ProviderAway as fault:
        return _refused(visit, fault)
    return visit.keep_token(RedirectResponse(there, 303), secret)


def come_back(visit: Visit) -> Response:
    """Let in whom the provider vouches for and an administrator asked in."""
    provider, people = _provider(visit), visit.office.people
    if visit.session is not None:
        return visit.to("/")
    try:
        code = _code(visit, provider)
        account = people.vouched_for(provider.vouched(visit.token, _back(visit), code))
    except (ProviderAway, ProviderRefused, NotInvited) as fault:
        return _refused(visit, fault)
    token = people.begin_session(account, device_of(visit))
    if provider.checks_second_factor:
        return visit.keep_token(visit.to("/"), people.pass_by_provider(account, token))
    following = "/second-factor" if account.ready else "/second-factor/set-up"
    return visit.keep_token(visit.to(following), token)


def _code(visit: Visit, provider: Provider) -> str:
    """The code of an answer that belongs to this browser and comes from this provider."""
    if not secrets.compare_digest(visit.asked("state").encode(), state_of(visit.token).encode()):
        raise ProviderRefused("the answer belongs to another browser, or to an earlier try")
    if visit.asked("iss", provider.issuer) != provider.issuer or not visit.asked("code"):
        raise ProviderRefused("the provider sent no code")
    return visit.asked("code")


def _refused(visit: Visit, fault: AccountError) -> Response:
    """The sign-in page with one calm sentence; the secret of this try is worth nothing more."""
    anew = replace(visit, token=new_token())
    page = anew.page("sign_in.html", STATUS[type(fault)], next="", fault=said(visit, fault))
    return anew.keep_token(page, anew.token)


def _provider(visit: Visit) -> Provider:
    if visit.office.provider is None:
        raise Unknown("no provider is set up")
    return visit.office.provider


def _back(visit: Visit) -> str:
    base = visit.request.base_url
    return f"{base.scheme}://{base.netloc}{ROOT}/sign-in/provider/back"
