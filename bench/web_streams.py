"""Fifty readers at once, over plain connections: a generator that takes little of the machine itself."""

import asyncio
import json
import re
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

STREAMS = 50
Questions = Iterator[str]
Asking = Callable[[int, Questions, float, list[float]], Awaitable[None]]


@dataclass(frozen=True)
class Figures:
    """What one run came to."""

    latencies: list[float]
    seconds: float
    cpu_ms: float = 0.0  # of the server, for each request

    @property
    def per_second(self) -> float:
        """Requests answered each second."""
        return len(self.latencies) / self.seconds

    @property
    def p95_ms(self) -> float:
        """The time within which nineteen of twenty were answered."""
        return sorted(self.latencies)[int(len(self.latencies) * 0.95)] * 1000

    def __str__(self) -> str:
        middle = sorted(self.latencies)[len(self.latencies) // 2] * 1000
        cpu = f", {self.cpu_ms:.2f} ms CPU each" if self.cpu_ms else ""
        told = f"{self.per_second:.0f} requests/s, p50 {middle:.0f} ms, p95 {self.p95_ms:.0f} ms"
        return told + cpu


async def measure(
    port: int, questions: Questions, seconds: float, ask: Asking | None = None
) -> Figures:
    """Keep fifty streams open for some seconds, or until there is nothing more to ask."""
    latencies: list[float] = []
    began = time.perf_counter()
    end = began + seconds
    ask = ask or stream
    await asyncio.gather(*(ask(port, questions, end, latencies) for _ in range(STREAMS)))
    return Figures(latencies, time.perf_counter() - began)


async def stream(port: int, questions: Questions, end: float, latencies: list[float]) -> None:
    """Ask one question after the other over one connection, each in a conversation of its own."""
    async with Line(port, latencies) as line:
        for question in questions:
            if time.perf_counter() > end:
                break
            reply = await line.post("/api/v1/chat", {"text": question})
            assert b"event: done" in reply


async def talk(port: int, questions: Questions, end: float, latencies: list[float]) -> None:
    """The same by two requests: begin a conversation, ask in it."""
    async with Line(port, latencies) as line:
        for question in questions:
            if time.perf_counter() > end:
                break
            entry = json.loads((await line.post("/api/v1/conversations", {})).split(b"\r\n\r\n")[1])
            address = f"/api/v1/conversations/{entry['id']}/messages"
            reply = await line.post(address, {"text": question}, entry["token"])
            assert b"event: done" in reply


class Line:
    """One kept connection, and how long each request over it took."""

    def __init__(self, port: int, latencies: list[float]) -> None:
        self._port = port
        self._latencies = latencies

    async def __aenter__(self) -> "Line":
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        return self

    async def __aexit__(self, *_fault: object) -> None:
        self._writer.close()

    async def post(self, path: str, content: dict[str, str], token: str = "") -> bytes:
        """The whole reply."""
        body = json.dumps(content).encode()
        entry = f"Authorization: Bearer {token}\r\n" if token else ""
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n{entry}"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        began = time.perf_counter()
        self._writer.write(head.encode() + body)
        reply = await whole_reply(self._reader)
        assert reply.startswith(b"HTTP/1.1 20"), reply[:200]
        self._latencies.append(time.perf_counter() - began)
        return reply


async def whole_reply(reader: asyncio.StreamReader) -> bytes:
    """A reply with its body, in pieces or of a told length."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head)
    if length is not None:
        return head + await reader.readexactly(int(length[1]))
    return head + await reader.readuntil(b"0\r\n\r\n")
