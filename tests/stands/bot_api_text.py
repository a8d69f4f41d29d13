"""Formatted text as Telegram reads it: HTML to plain text and entities, or a refusal."""

import json
import re
from dataclasses import dataclass
from html import unescape
from typing import Any

ENTITY_OF = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
}
_TAG = re.compile(r"<(/?)([a-zA-Z-]*)((?:\s+[a-z-]+(?:=(?:\"[^\"]*\"|'[^']*'))?)*)\s*>")
_HREF = re.compile(r"href=[\"']([^\"']*)[\"']")

Entity = dict[str, Any]


class Refused(Exception):
    """A call that Telegram answers with ``ok: false``."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text without its marks, and where the marks stood."""

    text: str
    entities: list[Entity]


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    offset: int
    attributes: str


def units(text: str) -> int:
    """The length in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def formatted(fields: dict[str, str], key: str, limit: int) -> Formatted:
    """A text field of a call, read and measured; ``key`` is ``text`` or ``caption``."""
    mode, raw = fields.get("parse_mode", ""), fields.get(key, "")
    if mode not in ("", "HTML"):
        raise Refused(400, f"Bad Request: this stand reads HTML only, not {mode}")
    given = fields.get("entities" if key == "text" else "caption_entities")
    read = read_html(raw) if mode else Formatted(raw, json.loads(given) if given else [])
    if key == "text" and not read.text.strip():
        raise Refused(400, "Bad Request: message text is empty")
    if units(read.text) > limit:
        name = "message" if key == "text" else "message caption"
        raise Refused(400, f"Bad Request: {name} is too long")
    return read


def read_html(source: str) -> Formatted:
    """Text and entities of Telegram's HTML; every fault is a refusal in its wording."""
    text, place = "", 0
    entities: list[Entity] = []
    stack: list[_Open] = []
    while (start := source.find("<", place)) >= 0:
        text += unescape(source[place:start])
        tag = _TAG.match(source, start)
        if tag is None or tag[2] not in ENTITY_OF:
            raise _unreadable(f'Unsupported start tag "{tag[2] if tag else ""}"', source, start)
        if not tag[1]:
            stack.append(_Open(tag[2], units(text), tag[3]))
        elif not stack or stack[-1].tag != tag[2]:
            raise _unreadable("Unmatched end tag", source, start)
        else:
            entities += _entity(stack.pop(), units(text))
        place = tag.end()
    if stack:
        raise _unreadable(
            f'Can\'t find end tag corresponding to start tag "{stack[-1].tag}"', source, len(source)
        )
    return Formatted(text + unescape(source[place:]), sorted(entities, key=lambda e: e["offset"]))


def _entity(opened: _Open, end: int) -> list[Entity]:
    if end == opened.offset:
        return []
    entity: Entity = {
        "type": ENTITY_OF[opened.tag],
        "offset": opened.offset,
        "length": end - opened.offset,
    }
    if "expandable" in opened.attributes:
        entity["type"] = "expandable_blockquote"
    if link := _HREF.search(opened.attributes):
        entity["url"] = link[1]
    return [entity]


def _unreadable(what: str, source: str, place: int) -> Refused:
    offset = len(source[:place].encode())
    return Refused(400, f"Bad Request: can't parse entities: {what} at byte offset {offset}")
