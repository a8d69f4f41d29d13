import gzip
import ipaddress
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from ingest.intake import Source, Unreadable
from ingest.load.web import MOST_REDIRECTS, fetch, is_address, is_public

PAGE = "<html><body><p>逾期以后先打客服。</p></body></html>"


class Site(BaseHTTPRequestHandler):
    """A small site with the tricks that sites play."""

    hosts: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.hosts.append(self.headers["host"])
        answer = getattr(self, f"get_{self.path.strip('/').partition('?')[0]}", None)
        if answer is None:
            self.send_error(404)
        else:
            answer()

    def get_page(self) -> None:
        self.answer(PAGE.encode("gb18030"), "text/html; charset=gb18030")

    def get_exe(self) -> None:
        self.answer(b"MZ", "application/octet-stream")

    def get_large(self) -> None:
        self.answer(b"x" * 200_000, "text/plain")

    def get_bomb(self) -> None:
        self.answer(gzip.compress(b"0" * 5_000_000), "text/plain", encoding="gzip")

    def get_slow(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/plain")
        self.end_headers()
        for _ in range(20):
            try:
                self.wfile.write(b"x")
            except OSError:
                return
            time.sleep(0.1)

    def get_moved(self) -> None:
        self.move("/page")

    def get_loop(self) -> None:
        self.move("/loop")

    def get_inside(self) -> None:
        self.move("http://10.0.0.1/admin")

    def get_file(self) -> None:
        self.move("file:///etc/passwd")

    def move(self, target: str) -> None:
        self.send_response(302)
        self.send_header("location", target)
        self.send_header("content-length", "0")
        self.end_headers()

    def answer(self, content: bytes, kind: str, encoding: str | None = None) -> None:
        self.send_response(200)
        self.send_header("content-type", kind)
        if encoding:
            self.send_header("content-encoding", encoding)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        try:
            self.wfile.write(content)
        except OSError:
            return  # the reader had enough

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[int]:
    """The port of the running site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def read(port: int, path: str, largest: int = 100_000, seconds: float = 5) -> Source:
    """A page of the site, which stands for a machine of the open internet."""
    return fetch(
        f"http://advice.example:{port}/{path}",
        allowed=lambda machine: str(machine) == "127.0.0.1",
        resolve=lambda host, _: ["127.0.0.1"] if host == "advice.example" else [host],
        largest=largest,
        seconds=seconds,
    )


def test_reads_a_page_with_its_encoding(site: int) -> None:
    found = read(site, "page")
    assert found.content.decode("gb18030") == PAGE
    assert (found.suffix, found.charset, found.from_web) == (".html", "gb18030", True)


def test_asks_the_machine_it_checked_by_the_name_it_was_given(site: int) -> None:
    Site.hosts.clear()
    read(site, "page")
    assert Site.hosts == [f"advice.example:{site}"]


def test_follows_a_redirect(site: int) -> None:
    assert read(site, "moved").name.endswith("/page")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("inside", "private address"),
        ("file", "neither http nor https"),
        ("loop", f"more than {MOST_REDIRECTS} times"),
        ("exe", "kind that is not read"),
        ("large", "larger than"),
        ("bomb", "larger than"),
        ("nowhere", "status 404"),
    ],
)
def test_refuses(site: int, path: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(site, path)


def test_does_not_wait_for_a_page_that_drips(site: int) -> None:
    begun = time.monotonic()
    with pytest.raises(Unreadable, match="too long"):
        read(site, "slow", seconds=0.5)
    assert time.monotonic() - begun < 2


def test_says_when_nobody_answers() -> None:
    with pytest.raises(Unreadable, match="does not answer"):
        fetch("http://advice.example:1/", allowed=lambda _: True, resolve=lambda *_: ["127.0.0.1"])


@pytest.mark.parametrize(
    "address",
    ["ftp://a.example/x", "file:///etc/passwd", "gopher://a.example", "javascript://a", "data://x"],
)
def test_refuses_other_schemes(address: str) -> None:
    with pytest.raises(Unreadable, match="neither http nor https"):
        fetch(address)


@pytest.mark.parametrize("address", ["http://", "http://user:pw@a.example/", "http://a.example:x/"])
def test_refuses_addresses_that_are_none(address: str) -> None:
    with pytest.raises(Unreadable):
        fetch(address)


@pytest.mark.parametrize(
    "machine",
    [
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",  # noqa: S104 - nothing is bound, it is refused
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
    ],
)
def test_an_address_of_this_network_is_not_public(machine: str) -> None:
    assert not is_public(ipaddress.ip_address(machine))
    with pytest.raises(Unreadable, match="private address"):
        fetch("http://advice.example/", resolve=lambda *_: [machine])


@pytest.mark.parametrize("machine", ["93.184.215.14", "2606:4700::1111", "64:ff9b::5db8:d70e"])
def test_an_address_of_the_internet_is_public(machine: str) -> None:
    assert is_public(ipaddress.ip_address(machine))


def test_one_private_address_among_public_ones_is_enough() -> None:
    with pytest.raises(Unreadable, match="private address"):
        fetch("http://advice.example/", resolve=lambda *_: ["93.184.215.14", "10.0.0.1"])


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1"])
def test_real_names_of_this_machine_are_refused(host: str) -> None:
    with pytest.raises(Unreadable):
        fetch(f"http://{host}/")


@pytest.mark.parametrize(
    ("path", "expected"), [("http://a/b", True), ("a/b.txt", False), ("C:\\b.txt", False)]
)
def test_tells_addresses_from_files(path: str, expected: bool) -> None:
    assert is_address(path) is expected
