"""The `draft` command: a case or plan in, the letters of one kind out."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from bot.dialogue.creditor_names import NO_NAMES, CreditorNames
from bot.drafting import fonts
from bot.drafting.letter import Drafted, Letter, draft
from bot.drafting.render import RENDERERS, render
from bot.drafting.render.layout import laid_out
from bot.drafting.render.text import as_text
from bot.drafting.template import Template
from bot.transports.jsonl.draft_matter import Read, read_matter
from bot.transports.jsonl.lines import STANDARD, Line, Record, RecordError, report_unreadable


def run_draft(
    kind: str,
    source: str,
    target: str,
    form: str,
    today: date,
    templates: Mapping[str, Template],
    names: CreditorNames = NO_NAMES,
) -> int:
    """Write the letters of a kind; what to mind goes to the terminal; 1 if nothing was written."""
    record: Record = {}
    try:
        record = read_one(source)
        files, notes = drafted_files(kind, record, form, today, templates, names)
        write(target, files, form)
    except RecordError as fault:
        said = {"code": fault.code, "message": fault.message}
        print(  # noqa: T201 - this is the terminal
            json.dumps({"id": record.get("id"), "error": said}, ensure_ascii=False),
            file=sys.stderr,
        )
        return 1
    except OSError as fault:
        return report_unreadable(fault)
    for note in notes:
        print(note, file=sys.stderr)  # noqa: T201 - this is the terminal
    return 0


def read_one(source: str) -> Record:
    """The one record of a file, written on one line or over several."""
    raw = sys.stdin.buffer.read() if source == STANDARD else Path(source).read_bytes()
    return Line(1, raw).record()


def drafted_files(
    kind: str,
    record: Record,
    form: str,
    today: date,
    templates: Mapping[str, Template],
    names: CreditorNames = NO_NAMES,
) -> tuple[tuple[Letter, ...], tuple[str, ...]]:
    """The letters a record asks for, and what its sender should know about them."""
    if kind not in templates:
        raise RecordError("unknown_kind", f"没有 {kind}；可以写：{'、'.join(templates)}")
    if form not in RENDERERS:
        raise RecordError("unknown_format", f"没有 {form} 格式；可以写：{'、'.join(RENDERERS)}")
    read = read_matter(record, today, names)
    made = draft(templates[kind], read.matter)
    if not made.letters:
        raise RecordError("missing_facts", "；".join(reasons(made, read)))
    return made.letters, tuple(notes_on(made, templates[kind], form, read))


def reasons(made: Drafted, read: Read) -> Iterator[str]:
    """Why no letter could be written."""
    yield from made.notes
    yield from (_MISSING[each] for each in made.missing)
    yield from read.questions


_MISSING = {
    "budget": "缺少 income 和 essential（或者 text）：写每月收入和必要开支，才能算每月还多少",
    "debts": "缺少 debts（或者 text）：写欠哪几家、各多少钱",
    "offer": '缺少 offer：写对方的方案，如 {"months": 24, "fee_rate": 0.006}，或者一句话',
    "offer_creditor": "缺少 offer.creditor：这个方案是哪一家提的",
}


def notes_on(made: Drafted, template: Template, form: str, read: Read) -> Iterator[str]:
    """What the sender should know: who got no letter, what was unclear, what the page lacks."""
    yield from made.notes
    yield from read.questions
    if len(made.letters) > 1:
        yield f"共 {len(made.letters)} 封，每页一封，分开交给各家。"
    if form == "pdf":
        text = as_text(made.letters).decode()
        if without := fonts.lacking(text):
            yield f"PDF 字体里没有这些字：{'、'.join(without)}；请用 docx 格式，或者打印后手写补上。"
    if form != "txt" and (longest := max(len(laid_out(each).pages) for each in made.letters)) > 1:
        yield f"内容较多，有一份排了 {longest} 页；写短一些就能放进一页。"
    if template.attach_note:
        yield template.attach_note


def write(target: str, letters: Sequence[Letter], form: str) -> None:
    """All letters into one file, or one file each where the target is a folder."""
    if target == STANDARD:
        sys.stdout.buffer.write(render(letters, form))
    elif Path(target).is_dir():
        for letter in letters:
            (Path(target) / f"{file_name(letter)}.{form}").write_bytes(render([letter], form))
    else:
        Path(target).write_bytes(render(letters, form))


def file_name(letter: Letter) -> str:
    """A letter's name without what a file system forbids."""
    return "".join(each if each.isalnum() or each in "-_（）" else "_" for each in letter.name)[:80]
