"""A person at the API, over real HTTP."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx

Events = list[tuple[str, Any]]
HOME = "https://news.example"
NARROW = "https://closed.example"


def read(stream: str) -> Events:
    """The events of a finished stream by name."""
    return [(name, content) for _, name, content in numbered(stream)]


def numbered(stream: str) -> Iterator[tuple[str, str, Any]]:
    """The events of a stream with their numbers; signs of life are left out."""
    for block in stream.split("\n\n"):
        if block.startswith("id: "):
            number, name, data = block.split("\n", 2)
            yield number[4:], name.removeprefix("event: "), json.loads(data.removeprefix("data: "))


def the(name: str, events: Events) -> Any:
    """The one event of a name."""
    (content,) = (content for each, content in events if each == name)
    return content


@dataclass(frozen=True)
class Visitor:
    """One conversation's holder."""

    site: str
    id: str
    token: str

    @classmethod
    def of(cls, site: str, /, headers: dict[str, str] | None = None, **beginning: str) -> "Visitor":
        """Somebody who has just begun a conversation."""
        reply = httpx.post(f"{site}/api/v1/conversations", json=beginning, headers=headers)
        assert reply.status_code == 201, reply.text
        return cls(site, reply.json()["id"], reply.json()["token"])

    @property
    def address(self) -> str:
        return f"{self.site}/api/v1/conversations/{self.id}"

    @property
    def pass_(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def post(self, text: str, headers: dict[str, str] | None = None, **more: Any) -> httpx.Response:
        return httpx.post(
            f"{self.address}/messages",
            json={"text": text, **more},
            headers={**self.pass_, **(headers or {})},
            timeout=30,
        )

    def ask(self, text: str, **more: Any) -> Events:
        reply = self.post(text, **more)
        assert reply.status_code == 200, reply.text
        return read(reply.text)


def chat(site: str, /, **question: object) -> Events:
    """One message in one request."""
    reply = httpx.post(f"{site}/api/v1/chat", json=question, timeout=30)
    assert reply.status_code == 200, reply.text
    assert reply.headers["content-type"].startswith("text/event-stream")
    return read(reply.text)
