"""Associations' sites: whose pages may talk to the API, and whose may not."""

import httpx
import pytest

from tests.transports.web.visitor import HOME, Visitor

AT_HOME = {"Origin": HOME}
FOREIGN = {"Origin": "https://evil.example"}
QUESTION = {"text": "收到支付令怎么办"}


def test_a_sites_own_page_may_talk(site: str) -> None:
    visitor = Visitor.of(site, AT_HOME, site="news")
    reply = visitor.post("收到支付令怎么办", AT_HOME)
    assert reply.status_code == 200
    assert reply.headers["access-control-allow-origin"] == HOME
    assert "Origin" in reply.headers["vary"]
    assert "access-control-allow-credentials" not in reply.headers


def test_a_browser_asks_first_and_is_told_what_it_may_send(site: str) -> None:
    asks = {**AT_HOME, "Access-Control-Request-Method": "POST"}
    reply = httpx.options(f"{site}/api/v1/conversations", headers=asks)
    assert reply.status_code == 204
    assert reply.headers["access-control-allow-origin"] == HOME
    for header in ("Authorization", "Idempotency-Key", "Last-Event-ID", "Content-Type"):
        assert header in reply.headers["access-control-allow-headers"]


@pytest.mark.parametrize("origin", ["https://evil.example", "null", f"{HOME}.evil.example", ""])
@pytest.mark.parametrize("path", ["conversations", "chat", "plans", "sites/news"])
def test_a_foreign_origin_is_refused_everywhere(site: str, origin: str, path: str) -> None:
    headers = {"Origin": origin}
    method = "GET" if path.startswith("sites") else "POST"
    reply = httpx.request(method, f"{site}/api/v1/{path}", json={"site": "news"}, headers=headers)
    assert (reply.status_code, reply.json()["code"]) == (403, "foreign_origin")
    assert "access-control-allow-origin" not in reply.headers
    preflight = httpx.options(f"{site}/api/v1/{path}", headers=headers)
    assert preflight.status_code == 403


def test_one_sites_origin_opens_no_other_site(site: str) -> None:
    for key in ("closed", None):
        body = {"site": key} if key else {}
        reply = httpx.post(f"{site}/api/v1/conversations", json=body, headers=AT_HOME)
        assert reply.status_code == 403, key


def test_a_token_does_not_travel_to_another_sites_page(site: str) -> None:
    on_the_chat_page = Visitor.of(site)
    assert on_the_chat_page.post("上门", AT_HOME).status_code == 403


def test_an_unknown_site_is_named_so(site: str) -> None:
    reply = httpx.post(f"{site}/api/v1/conversations", json={"site": "nobody"})
    assert (reply.status_code, reply.json()["code"]) == (404, "no_such_site")
    assert httpx.get(f"{site}/embed/nobody").status_code == 404


def test_a_sites_look_is_told_on_its_pages(site: str) -> None:
    look = httpx.get(f"{site}/api/v1/sites/news", headers=AT_HOME).json()
    assert look["accent"] == "#1b5e8c"
    assert look["hotline"] == "010-12345678"
    assert look["logo"] is None


@pytest.mark.parametrize(
    ("path", "ancestors"), [("/", "'none'"), ("/embed/news", HOME), ("/embed/closed", "'none'")]
)
def test_a_page_may_be_framed_by_its_sites_origins_alone(
    site: str, path: str, ancestors: str
) -> None:
    policy = httpx.get(site + path).headers["content-security-policy"]
    assert policy.endswith(f"frame-ancestors {ancestors}")
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


def test_assets_are_for_every_page(site: str) -> None:
    for path in ("/widget.js", "/static/talk.js"):
        reply = httpx.get(site + path, headers=FOREIGN)
        assert reply.status_code == 200
        assert reply.headers["access-control-allow-origin"] == "*"


def test_no_answer_sets_a_cookie(site: str) -> None:
    for path in ("/", "/embed/news", "/widget.js", "/api/v1/sites/news"):
        assert "set-cookie" not in httpx.get(site + path).headers
