"""A response as Server-Sent Events."""

import base64
import json
import re
from collections import OrderedDict
from collections.abc import Iterator
from typing import Any

from bot.answering.reply import Document, Reply
from bot.dialogue.message import Response
from bot.transports.jsonl.answer import reply_record

EVENT_STREAM = "text/event-stream"
EVENTS: dict[str, Any] = {  # as OpenAPI 3.2 describes what comes item by item
    "itemSchema": {
        "type": "object",
        "required": ["id", "event", "data"],
        "properties": {
            "id": {"type": "string"},
            "event": {"type": "string"},
            "data": {"type": "string", "contentMediaType": "application/json"},
        },
    }
}
HEARTBEAT = ": still here\n\n"


def event(number: str, name: str, content: Any) -> str:
    """One Server-Sent Event.

    >>> event("ab.1", "delta", {"text": "先不开门。"})
    'id: ab.1\\nevent: delta\\ndata: {"text": "先不开门。"}\\n\\n'
    """
    return f"id: {number}\nevent: {name}\ndata: {json.dumps(content, ensure_ascii=False)}\n\n"


def deltas(text: str) -> Iterator[tuple[str, Any]]:
    """A text in the pieces it is shown in, nothing lost.

    >>> [content["text"] for _, content in deltas("一。\\n\\n二。")]
    ['一。\\n\\n', '二。']
    """
    for piece in re.split(r"(?<=\n\n)", text):
        if piece:
            yield "delta", {"text": piece}


class WrittenReplies:
    """The events of replies that are given again and again, each written once."""

    def __init__(self, most: int = 2000) -> None:
        self._most = most
        self._kept: OrderedDict[int, tuple[Reply, tuple[bytes, ...]]] = OrderedDict()

    def __call__(self, run: str, response: Response) -> bytes:
        """The events of a response after the first."""
        ending = f"{json.dumps(response.answer_id)}}}\n\n".encode()
        return f"id: {run}".encode().join(self._pieces(response.reply)) + ending

    def _pieces(self, reply: Reply) -> tuple[bytes, ...]:
        """Each event without its run's id, and the last without its answer's."""
        kept = self._kept.get(id(reply))
        if kept is not None and kept[0] is reply:
            return kept[1]
        told = [*deltas(reply.text), *closing(Response(reply))]
        written = [event(f".{n}", *each).removeprefix("id: ") for n, each in enumerate(told, 2)]
        written[-1] = written[-1].removesuffix("null}\n\n")
        pieces = (b"", *(each.encode() for each in written))
        self._kept[id(reply)] = reply, pieces
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return pieces


def closing(response: Response, hand_off: str | None = None) -> Iterator[tuple[str, Any]]:
    """What follows the text: sources, actions, documents, and the end."""
    record = reply_record(response.reply)
    yield "sources", record["sources"]
    yield "actions", record["actions"]
    for document in response.reply.documents:
        yield "document", document_record(document)
    gone = {"forgotten": True} if response.forgotten else {}
    yield "done", gone | done_record(response.reply, response.answer_id, hand_off)


def document_record(document: Document) -> dict[str, Any]:
    """A file with its bytes, so that having it needs no address that others could open."""
    return {
        "name": document.name,
        "media_type": document.media_type,
        "size": len(document.content),
        "content": base64.b64encode(document.content).decode("ascii"),
    }


def done_record(reply: Reply, answer_id: str | None, hand_off: str | None = None) -> dict[str, Any]:
    """The end: the whole text once more, what kind of answer it was, and whether a person follows."""
    return {
        "text": reply.text,
        "more": reply.more,
        "status": reply.status,
        "risk": reply.risk,
        "lang": reply.language,
        "engine": reply.engine,
        "hand_off": hand_off,
        "answer": answer_id,
    }
