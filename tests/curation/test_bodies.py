"""What is sent to the workspace is read only after it is known who sends it."""

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from bot.curation.people import Role
from bot.curation.web.guard import LARGEST_FORM, LARGEST_UPLOAD
from bot.curation.web.visit import COOKIE, ROOT, csrf_of
from tests.curation.test_access import MAY, OPEN, filled
from tests.curation.web import Site, workspace_site

PATIENCE = 30.0
CHUNK = b"400\r\n" + b"x" * 1024 + b"\r\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with workspace_site(tmp_path_factory.mktemp("bodies")) as running:
        yield running


def begin(site: Site, path: str, token: str, *headers: str) -> socket.socket:
    """Post a body and send only the beginning of it; the connection waits for the rest."""
    at = urlsplit(site.address)
    assert at.hostname
    assert at.port
    connection = socket.create_connection((at.hostname, at.port), PATIENCE)
    lines = [f"POST {ROOT}{path} HTTP/1.1", f"Host: {at.netloc}", *headers]
    if token:
        lines.append(f"Cookie: {COOKIE}={token}")
    if not any(each.startswith("Content-Length") for each in headers):
        lines.append("Transfer-Encoding: chunked")
    connection.sendall("\r\n".join((*lines, "", "")).encode())
    return connection


def status(connection: socket.socket) -> int:
    """The status of the answer, which comes although the body never ends."""
    return int(connection.recv(4096).split()[1])


@pytest.mark.parametrize(
    "route", sorted(each for each in MAY if each.startswith("POST") and MAY[each] is not OPEN)
)
def test_nobody_is_listened_to_before_signing_in(site: Site, route: str) -> None:
    with begin(site, filled(route)[1], "") as connection:
        connection.sendall(CHUNK)
        assert status(connection) == 303


@pytest.mark.parametrize("path", ["/nowhere", "/static/workspace.css"])
def test_what_is_sent_to_no_page_is_left(site: Site, path: str) -> None:
    with begin(site, path, "") as connection:
        connection.sendall(CHUNK)
        assert status(connection) == 404
        assert connection.recv(4096) == b"", "the connection is closed, not listened to for ever"


def test_a_role_is_asked_for_before_the_body(site: Site) -> None:
    with begin(site, "/intake", site.tokens[Role.SITE_MANAGER]) as connection:
        assert status(connection) == 403


@pytest.mark.parametrize("query", ["", "?csrf=" + "0" * 64])
def test_a_large_body_waits_for_its_token_in_the_address(site: Site, query: str) -> None:
    with begin(site, f"/intake{query}", site.tokens[Role.EDITOR]) as connection:
        assert status(connection) == 403


def test_another_origin_is_refused_before_the_body(site: Site) -> None:
    own = csrf_of(site.tokens[Role.EDITOR])
    foreign = "Origin: https://evil.example"
    with begin(site, f"/intake?csrf={own}", site.tokens[Role.EDITOR], foreign) as connection:
        assert status(connection) == 403


@pytest.mark.parametrize(
    ("path", "declared"), [("/sign-in", LARGEST_FORM + 1), ("/intake", LARGEST_UPLOAD + 1)]
)
def test_a_body_that_says_it_is_too_large_is_not_begun(
    site: Site, path: str, declared: int
) -> None:
    token = site.tokens[Role.EDITOR]
    length = f"Content-Length: {declared}"
    with begin(site, f"{path}?csrf={csrf_of(token)}", token, length) as connection:
        assert status(connection) == 413


def test_a_body_without_end_is_left_where_a_form_ends(site: Site) -> None:
    kind = "Content-Type: application/x-www-form-urlencoded"
    with begin(site, "/sign-in", "", kind) as connection:
        try:
            for _ in range(4 * LARGEST_FORM // 1024):
                connection.sendall(CHUNK)
        except (BrokenPipeError, ConnectionResetError):
            return  # it hung up, which is as good an answer
        assert status(connection) == 413
