"""Addresses on the web -> bytes; only public machines, only http and https, never without limits."""

import ipaddress
import socket
import time
from collections.abc import Callable, Sequence
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpx

from ingest.intake import Source, Unreadable

LARGEST_PAGE = 10_000_000
SECONDS = 20.0
MOST_REDIRECTS = 5
AGENT = "borrower-aid (reads single pages for review by a person)"
SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
AddressRule = Callable[[Address], bool]
Resolve = Callable[[str, int], Sequence[str]]


def is_public(address: Address) -> bool:
    """Whether an address belongs to the open internet, and not to this machine or its network."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or _behind_nat64(address)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast


def resolve_name(host: str, port: int) -> list[str]:
    """Every address of a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(each[4][0]) for each in found]


def fetch(
    address: str,
    *,
    allowed: AddressRule = is_public,
    resolve: Resolve = resolve_name,
    largest: int = LARGEST_PAGE,
    seconds: float = SECONDS,
) -> Source:
    """The page at an address; each redirect is held to the same rules as the address itself."""
    deadline = time.monotonic() + seconds
    # Settings of a proxy are left aside: through a proxy nobody could check where it connects.
    with httpx.Client(trust_env=False, timeout=seconds) as client:
        for _ in range(MOST_REDIRECTS + 1):
            request = _request(client, address, _checked_address(address, allowed, resolve))
            try:
                response = client.send(request, stream=True)
                if response.is_redirect:
                    response.close()
                    address = urljoin(address, response.headers["location"])
                    continue
                return _source(address, response, largest, deadline)
            except httpx.HTTPError as fault:
                raise Unreadable(f"does not answer: {type(fault).__name__}") from fault
    raise Unreadable(f"is redirected more than {MOST_REDIRECTS} times")


def is_address(path: str) -> bool:
    """Whether a person gave an address on the web and not a file."""
    return "://" in path


def _checked_address(address: str, allowed: AddressRule, resolve: Resolve) -> str:
    """The machine's address to connect to; every address of the name must be allowed."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https"):
        raise Unreadable("is neither http nor https")
    if not parts.hostname or parts.username is not None:
        raise Unreadable("is no plain web address")
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        found = resolve(parts.hostname, port)
    except (OSError, ValueError, UnicodeError) as fault:
        raise Unreadable("has a name that leads nowhere") from fault
    machines = [ipaddress.ip_address(each.partition("%")[0]) for each in found]
    if not machines or not all(map(allowed, machines)):
        raise Unreadable("leads to a private address")
    return str(machines[0])


def _request(client: httpx.Client, address: str, machine: str) -> httpx.Request:
    """A request to the machine that was checked, so that a second look-up cannot lead elsewhere."""
    parts = urlsplit(address)
    host = f"[{machine}]" if ":" in machine else machine
    port = f":{parts.port}" if parts.port else ""
    query = urlunsplit((parts.scheme, host + port, parts.path or "/", parts.query, ""))
    return client.build_request(
        "GET",
        query,
        headers={"host": parts.netloc, "user-agent": AGENT},
        extensions={"sni_hostname": parts.hostname},
    )


def _source(address: str, response: httpx.Response, largest: int, deadline: float) -> Source:
    try:
        if response.status_code != httpx.codes.OK:
            raise Unreadable(f"answers with status {response.status_code}")
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in SUFFIXES:
            raise Unreadable(f"is of a kind that is not read: {kind or 'unnamed'}")
        content = _limited(response, largest, deadline)
    finally:
        response.close()
    return Source(address, content, response.charset_encoding, from_web=True, form=SUFFIXES[kind])


def _limited(response: httpx.Response, largest: int, deadline: float) -> bytes:
    content = bytearray()
    for piece in response.iter_bytes():
        content += piece
        if len(content) > largest:
            raise Unreadable(f"is larger than {largest // 1_000_000} MB")
        if time.monotonic() > deadline:
            raise Unreadable("takes too long")
    return bytes(content)


def _behind_nat64(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address in ipaddress.IPv6Network("64:ff9b::/96"):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None
