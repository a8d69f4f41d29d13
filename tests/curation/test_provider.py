"""Signing in through an OpenID Connect provider, against a real little one over real HTTP."""

import secrets
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from joserfc.jwk import RSAKey
from pydantic import SecretStr

from bot.curation.people import Role
from bot.curation.provider import provider_of
from bot.curation.web.visit import COOKIE, ROOT
from bot.errors import SettingsInvalid
from bot.settings import Settings
from tests.curation.web import PASSWORD, Site, code_now, hidden, workspace_site
from tests.stands.oidc_provider import CLIENT, SECRET, OidcProvider, oidc_provider

MAIL = "lin@example.org"


@pytest.fixture(scope="module")
def running() -> Iterator[OidcProvider]:
    with oidc_provider() as provider:
        yield provider


@pytest.fixture(scope="module")
def site(running: OidcProvider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    settings = {
        "oidc_issuer": running.issuer,
        "oidc_client_id": CLIENT,
        "oidc_client_secret": SecretStr(SECRET),
        "oidc_name": "协会账号",
    }
    with workspace_site(tmp_path_factory.mktemp("oidc"), **settings) as site:
        yield site


@pytest.fixture
def provider(running: OidcProvider) -> OidcProvider:
    """The provider as it should be, vouching for somebody whom nobody knows yet."""
    running.bent, running.broken, running.in_userinfo, running.signed_with = {}, "", False, None
    running.person = {
        "sub": secrets.token_hex(4),
        "email": f"{secrets.token_hex(4)}@example.org",
        "email_verified": True,
        "name": f"外来 {secrets.token_hex(2)}",
    }
    return running


@pytest.fixture
def browser(site: Site) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=site.address, follow_redirects=True, timeout=60) as client:
        yield client


def come(browser: httpx.Client) -> httpx.Response:
    return browser.get(f"{ROOT}/sign-in/provider")


def invited(site: Site, provider: OidcProvider, role: Role = Role.EDITOR) -> str:
    """Somebody asked in by the mail address that the provider will vouch for."""
    return site.people.invite(role, "新同事", "test", email=provider.person["email"])


def session_of(site: Site, browser: httpx.Client) -> Any:
    return site.people.session(browser.cookies.get(COOKIE, ""))


def test_the_sign_in_page_offers_it(browser: httpx.Client) -> None:
    assert "用 协会账号 登录" in browser.get(f"{ROOT}/sign-in").text


def test_whoever_was_invited_by_mail_comes_in_and_sets_up_the_second_factor(
    site: Site, provider: OidcProvider, browser: httpx.Client
) -> None:
    invited(site, provider, Role.REVIEWER)
    page = come(browser)
    assert page.url.path == f"{ROOT}/second-factor/set-up"
    session = session_of(site, browser)
    assert (session.account.role, session.passed) == (Role.REVIEWER, False)
    assert session.account.name == provider.person["name"]
    assert browser.get(f"{ROOT}/").url.path == f"{ROOT}/second-factor/set-up"
    secret = site.people.accounts.get(session.account.id).totp_secret
    sent = {"csrf": hidden(page.text, "csrf"), "code": code_now(str(secret))}
    browser.post(f"{ROOT}/second-factor/set-up", data=sent)
    assert session_of(site, browser).passed


def test_a_second_factor_that_is_set_up_is_asked_for(
    site: Site, provider: OidcProvider, browser: httpx.Client
) -> None:
    account = site.people.named("小林")
    site.people.note_mail(account.id, f" {provider.person['email'].upper()} ", "test")
    assert come(browser).url.path == f"{ROOT}/second-factor"
    assert not session_of(site, browser).passed


def test_the_operator_may_leave_the_second_factor_to_the_provider(
    site: Site, provider: OidcProvider, browser: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    invited(site, provider)
    office = site.office
    monkeypatch.setattr(office, "provider", vouching(site, checks_second_factor=True))
    assert come(browser).url.path == f"{ROOT}/"
    assert session_of(site, browser).passed


def vouching(site: Site, **changed: bool) -> Any:
    from dataclasses import replace

    return replace(site.office.provider, **changed)  # type: ignore[type-var]


def test_the_mail_address_may_stand_in_the_userinfo_alone(
    site: Site, provider: OidcProvider, browser: httpx.Client
) -> None:
    invited(site, provider)
    provider.in_userinfo = True
    assert come(browser).url.path == f"{ROOT}/second-factor/set-up"


def test_somebody_known_is_known_again_under_another_mail_address(
    site: Site, provider: OidcProvider, browser: httpx.Client
) -> None:
    invited(site, provider)
    come(browser)
    first = session_of(site, browser).account
    provider.person["email"] = "another@example.org"
    browser.cookies.clear()
    come(browser)
    assert session_of(site, browser).account == first


def test_an_address_that_went_to_somebody_else_lets_nobody_in(
    site: Site, provider: OidcProvider, browser: httpx.Client
) -> None:
    invited(site, provider)
    come(browser)
    provider.person["sub"] = "somebody else"
    browser.cookies.clear()
    assert come(browser).status_code == 403
    assert session_of(site, browser) is None


def test_whoever_was_not_invited_stays_outside(
    site: Site, provider: OidcProvider, browser: httpx.Client
) -> None:
    refused = come(browser)
    assert refused.status_code == 403
    assert "你的邮箱还没有登记在账号里" in refused.text
    assert session_of(site, browser) is None
    assert provider.person["email"] not in str(site.people.audit.page())


def test_whoever_was_shut_out_stays_out(
    site: Site, provider: OidcProvider, browser: httpx.Client
) -> None:
    invited(site, provider)
    come(browser)
    account = session_of(site, browser).account
    site.people.change(account.id, account.role, "test", active=False)
    browser.cookies.clear()
    assert come(browser).status_code == 403


def test_an_account_made_so_has_no_password_to_guess(
    site: Site, provider: OidcProvider, browser: httpx.Client
) -> None:
    invited(site, provider)
    come(browser)
    stored = site.people.accounts.get(session_of(site, browser).account.id)
    assert stored.password_hash.startswith("$argon2id$")


def test_whoever_used_the_link_is_known_by_its_mail_address(
    site: Site, provider: OidcProvider, browser: httpx.Client
) -> None:
    site.people.accept(invited(site, provider), "先用链接的人", PASSWORD)
    come(browser)
    assert session_of(site, browser).account.name == "先用链接的人"


def test_a_withdrawn_invitation_lets_nobody_in(
    site: Site, provider: OidcProvider, browser: httpx.Client
) -> None:
    site.people.accounts.withdraw(site.people.invitation(invited(site, provider)).id)
    assert come(browser).status_code == 403


@pytest.mark.parametrize(
    "bent",
    [
        {"nonce": "another"},
        {"aud": "another"},
        {"aud": [CLIENT, "another"]},
        {"azp": "another"},
        {"iss": "https://evil.example"},
        {"exp": 1},
        {"iat": 9_999_999_999},
        {"alg": "none"},
        {"at_hash": "wrong"},
        {"email_verified": False},
        {"email_verified": None},
        {"email": ""},
        {"sub": ""},
    ],
    ids=lambda bent: f"{next(iter(bent))}-{next(iter(bent.values()))}",
)
def test_a_token_that_proves_nothing_lets_nobody_in(
    site: Site, provider: OidcProvider, browser: httpx.Client, bent: dict[str, Any]
) -> None:
    invited(site, provider)
    provider.bent = bent
    refused = come(browser)
    assert refused.status_code == 401, refused.text[-400:]
    assert "没有确认你的身份" in refused.text
    assert session_of(site, browser) is None


def test_a_token_of_another_key_lets_nobody_in(
    site: Site, provider: OidcProvider, browser: httpx.Client
) -> None:
    invited(site, provider)
    provider.signed_with = RSAKey.generate_key(2048, {"kid": "one"})
    assert come(browser).status_code == 401


@pytest.mark.parametrize("part", ["discovery", "token", "keys"])
def test_a_provider_that_is_away_is_said_calmly(
    site: Site, provider: OidcProvider, browser: httpx.Client, part: str
) -> None:
    invited(site, provider)
    provider.broken = part
    away = come(browser)
    assert away.status_code == 502
    assert "现在连不上" in away.text
    assert f'action="{ROOT}/sign-in"' in away.text
    sent = {"csrf": hidden(away.text, "csrf"), "name": "小林", "password": PASSWORD}
    assert browser.post(f"{ROOT}/sign-in", data=sent).url.path == f"{ROOT}/second-factor"
    assert session_of(site, browser) is not None


def test_a_provider_of_another_name_than_the_settings_is_not_believed(
    provider: OidcProvider, browser: httpx.Client
) -> None:
    provider.bent = {"issuer": "https://evil.example"}
    assert come(browser).status_code == 502


@pytest.mark.parametrize("query", [{}, {"error": "access_denied"}, {"iss": "https://evil.example"}])
def test_an_answer_without_its_code_lets_nobody_in(
    site: Site, provider: OidcProvider, browser: httpx.Client, query: dict[str, str]
) -> None:
    there = browser.get(f"{ROOT}/sign-in/provider", follow_redirects=False).headers["location"]
    state = httpx.URL(there).params["state"]
    asked = urlencode({"state": state, **query} | ({"code": "x"} if "iss" in query else {}))
    before = provider.tokens_asked
    assert browser.get(f"{ROOT}/sign-in/provider/back?{asked}").status_code == 401
    assert provider.tokens_asked == before
    assert session_of(site, browser) is None


def test_an_answer_given_to_another_browser_lets_nobody_in(
    site: Site, provider: OidcProvider, browser: httpx.Client
) -> None:
    """A link with somebody else's code signs nobody in to that person's account."""
    invited(site, provider)
    there = browser.get(f"{ROOT}/sign-in/provider", follow_redirects=False).headers["location"]
    back = httpx.get(there).headers["location"]
    with httpx.Client(base_url=site.address, timeout=60) as another:
        another.get(f"{ROOT}/sign-in/provider")
        assert another.get(back).status_code == 401
        assert session_of(site, another) is None
    assert browser.get(back).status_code == 200
    assert browser.get(back).url.path == f"{ROOT}/second-factor/set-up", "it was used: nothing new"


def test_the_policy_of_the_page_stays_as_strict(browser: httpx.Client) -> None:
    policy = browser.get(f"{ROOT}/sign-in").headers["content-security-policy"]
    assert "form-action 'self'" in policy


def test_an_administrator_notes_and_forgets_a_mail_address(site: Site) -> None:
    boss, account = site.visitor(Role.ADMINISTRATOR), site.people.named("王老师")
    boss.post(f"/accounts/{account.id}/mail", mail=MAIL)
    assert site.people.named("王老师").by_provider
    page = boss.get("/accounts").text
    assert "邮箱已登记" in page
    assert MAIL not in page
    other = site.people.named("站长")
    assert boss.post(f"/accounts/{other.id}/mail", mail=MAIL).status_code == 409
    boss.post(f"/accounts/{account.id}/mail", mail="")
    assert not site.people.named("王老师").by_provider


def test_without_settings_there_is_no_such_way(tmp_path_factory: pytest.TempPathFactory) -> None:
    assert provider_of(Settings(_env_file=None)) is None
    with pytest.raises(SettingsInvalid, match="OIDC_CLIENT_ID"):
        provider_of(Settings(_env_file=None, oidc_issuer="https://login.example.org"))
