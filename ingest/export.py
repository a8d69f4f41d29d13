"""Entries -> the files they are kept in, in the one layout that everybody writes."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

from bot.knowledge.entry import Citation, Entry
from bot.knowledge.vocabulary import Audience


def export(entries: Iterable[Entry], folder: Path) -> list[Path]:
    """Write each entry to guidance/<topic>/<id>.md under a folder; the files written."""
    return [_write(entry, folder / "guidance" / entry.topic) for entry in entries]


def write_entry(entry: Entry) -> str:
    """The entry as a Markdown file with front matter; ``read_entry`` reads it back the same."""
    front = "\n".join(_front_matter(entry))
    body = "\n\n".join(_sections(entry))
    return f"---\n{front}\n---\n\n{body}\n"


def _write(entry: Entry, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{entry.id}.md"
    file.write_text(write_entry(entry), encoding="utf-8")
    return file


def _front_matter(entry: Entry) -> Iterator[str]:
    yield f"id: {entry.id}"
    yield f"title: {_scalar(entry.title)}"
    yield f"topic: {entry.topic}"
    yield f"stages: {_ids(entry.stages)}"
    if entry.audience is not Audience.BORROWER:
        yield f"audience: {entry.audience}"
    yield f"lender_types: {_ids(entry.lender_types)}"
    if entry.creditors:
        yield f"creditors: {_ids(entry.creditors)}"
    yield f"risk: {entry.risk}"
    yield "questions:"
    yield from (f"  - {_scalar(question)}" for question in entry.questions)
    yield "citations:" if entry.citations else "citations: []"
    yield from (f"  - {_citation(citation)}" for citation in entry.citations)
    for name in ("channels", "related", "actions"):
        if ids := getattr(entry, name):
            yield f"{name}: {_ids(ids)}"
    if entry.template is not None:
        yield f"template: {entry.template}"
    for name in ("created", "reviewed", "review_due"):
        yield f"{name}: {getattr(entry, name)}"


def _citation(citation: Citation) -> str:
    article = f', article: "{citation.article}"' if citation.article is not None else ""
    return f"{{instrument: {citation.instrument}{article}, verified: {citation.verified}}}"


def _ids(ids: Iterable[str]) -> str:
    return f"[{', '.join(ids)}]"


def _scalar(text: str) -> str:
    """The text bare where YAML reads it back unchanged, else in double quotes."""
    try:
        bare = yaml.load(f"- {text}", Loader=yaml.CSafeLoader) == [text]
    except yaml.YAMLError:
        bare = False
    return text if bare else json.dumps(text, ensure_ascii=False)


def _sections(entry: Entry) -> Iterator[str]:
    yield f"## 先说结论\n\n{entry.short_answer}"
    yield f"## 现在可以做\n\n{_steps(entry.steps)}"
    for name, lines in (
        ("对方不可以", entry.they_may_not),
        ("不要做", entry.do_not),
        ("为什么", entry.why),
    ):
        if lines:
            yield f"## {name}\n\n" + "\n".join(f"- {line}" for line in lines)
    if entry.script is not None:
        yield f"## 话术\n\n{entry.script}"
    if entry.english is not None:
        steps = f"\n\n{_steps(entry.english.steps)}" if entry.english.steps else ""
        yield f"## English\n\n{entry.english.short_answer}{steps}"


def _steps(steps: Iterable[str]) -> str:
    return "\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1))
