"""Guidance: a Markdown file with YAML front matter -> Entry, and the line of each of its parts."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.knowledge.entry import Entry
from ingest.finding import Finding, Located, Place, locate
from ingest.load.located_yaml import UnreadableYaml, read_yaml

LIST_SECTIONS = {
    "现在可以做": "steps",
    "对方不可以": "they_may_not",
    "不要做": "do_not",
    "为什么": "why",
}
TEXT_SECTIONS = {"先说结论": "short_answer", "话术": "script"}
ENGLISH = "English"
SECTIONS = ("先说结论", "现在可以做", "对方不可以", "不要做", "为什么", "话术", ENGLISH)

STEP = re.compile(r"(\d+)\.\s+(.*)")
BULLET = re.compile(r"-\s+(.*)")


def read_entry(file: Path, text: str | None = None) -> Located[Entry] | list[Finding]:
    """The entry in a file, or everything that hinders reading it."""
    text = file.read_text(encoding="utf-8") if text is None else text
    head, body, body_line = _halves(text)
    if head is None:
        return [Finding(file, 1, "layout", "front matter between two lines of --- is missing")]
    try:
        fields, lines = read_yaml(head, file, first_line=2)
    except UnreadableYaml as unreadable:
        return [unreadable.finding]
    if not isinstance(fields, dict):
        return [Finding(file, 2, "schema", "front matter must be a mapping")]
    parts = _Body(file, {}, dict(lines), [])
    _read_sections(body, body_line, parts)
    for name in parts.fields.keys() & fields.keys():
        parts.fault(lines[(name,)], "schema", f"{name} belongs in the text, not in front matter")
    located = locate(Entry, fields | parts.fields, file, parts.lines)
    if isinstance(located, list):
        return parts.findings + located
    return parts.findings or located


@dataclass
class _Body:
    """What has been read of the text so far."""

    file: Path
    fields: dict[str, Any]
    lines: dict[Place, int]
    findings: list[Finding]

    def fault(self, line: int, code: str, message: str) -> None:
        self.findings.append(Finding(self.file, line, code, message))


def _halves(text: str) -> tuple[str | None, list[str], int]:
    lines = text.splitlines()
    if not lines or lines[0].strip() != "---" or "---" not in lines[1:]:
        return None, [], 1
    end = lines.index("---", 1)
    return "\n".join(lines[1:end]), lines[end + 1 :], end + 2


def _read_sections(body: list[str], first_line: int, parts: _Body) -> None:
    heads = [n for n, line in enumerate(body) if line.startswith("## ")]
    for stray in (n for n, line in enumerate(body[: heads[0] if heads else None]) if line.strip()):
        parts.fault(first_line + stray, "layout", "text stands before the first section")
    seen: list[str] = []
    for start, end in zip(heads, [*heads[1:], len(body)], strict=True):
        name = body[start][3:].strip()
        line = first_line + start
        if name not in SECTIONS:
            parts.fault(line, "layout", f"unknown section {name}")
        elif name in seen:
            parts.fault(line, "layout", f"section {name} stands twice")
        else:
            _read_section(name, line, body[start + 1 : end], parts)
        seen.append(name)
    for required in ("先说结论", "现在可以做"):
        if required not in seen:
            parts.fault(first_line, "layout", f"section {required} is missing")


def _read_section(name: str, line: int, body: list[str], parts: _Body) -> None:
    numbered = [(line + n, text.rstrip()) for n, text in enumerate(body, 1) if text.strip()]
    if not numbered:
        parts.fault(line, "layout", f"section {name} is empty")
        return
    if name == ENGLISH:
        _read_english(numbered, parts)
    elif name in TEXT_SECTIONS:
        field = TEXT_SECTIONS[name]
        parts.fields[field] = "\n".join(body).strip()
        parts.lines[(field,)] = numbered[0][0]
        for number, (at, _) in enumerate(numbered):
            parts.lines[(field, number)] = at
    else:
        field = LIST_SECTIONS[name]
        pattern = STEP if field == "steps" else BULLET
        parts.fields[field] = _read_list(numbered, (field,), pattern, parts)
        parts.lines[(field,)] = line


def _read_list(
    numbered: list[tuple[int, str]], place: Place, pattern: re.Pattern[str], parts: _Body
) -> list[str]:
    items: list[str] = []
    for line, text in numbered:
        found = pattern.fullmatch(text)
        if found is None:
            parts.fault(line, "layout", "a list item stands on one line and begins with its mark")
            continue
        parts.lines[(*place, len(items))] = line
        items.append(found.groups()[-1].strip())
        if pattern is STEP and found[1] != str(len(items)):
            parts.fault(line, "layout", f"step {len(items)} is numbered {found[1]}")
    return items


def _read_english(numbered: list[tuple[int, str]], parts: _Body) -> None:
    first_step = next((n for n, (_, text) in enumerate(numbered) if STEP.match(text)), None)
    said = numbered[:first_step]
    steps = [] if first_step is None else numbered[first_step:]
    parts.lines[("english",)] = parts.lines[("english", "short_answer")] = numbered[0][0]
    parts.fields["english"] = {
        "short_answer": "\n".join(text for _, text in said),
        "steps": _read_list(steps, ("english", "steps"), STEP, parts),
    }
    if not said:
        parts.fault(numbered[0][0], "layout", "English begins with the short answer")
