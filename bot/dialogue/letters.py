"""The files a conversation hands over: letters of a kind, or the chart of the plans."""

import codecs
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.answering.reply import Document
from bot.debt.plan import assess
from bot.dialogue.interview import State
from bot.dialogue.interviews.result import CHART, OVERVIEW
from bot.drafting import fonts
from bot.drafting.chart import as_png, curves
from bot.drafting.letter import Drafted, draft
from bot.drafting.matter import Matter, Particulars
from bot.drafting.render import MEDIA_TYPES, render
from bot.drafting.render.text import as_text
from bot.drafting.tables import TABLES
from bot.drafting.template import Template

# Word is what people can still change; PDF is what they can send or print as it is.
FORMS = ("docx", "pdf")


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Files, what their reader should know before using them, and what is missing for any."""

    documents: tuple[Document, ...]
    notes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def hand_over(
    state: State,
    wanted: str,
    templates: Mapping[str, Template],
    today: date,
    forms: Sequence[str] = FORMS,
) -> HandedOver:
    """What ``Turn.wanted`` asks for."""
    case = state.told.case()
    if case is None:
        return HandedOver((), ("还差收入、必要开支或者欠款，补上以后才能写。",))
    if wanted == CHART:
        picture = as_png(curves(assess(case).plans))
        return HandedOver((Document("还款方案图.png", "image/png", picture),))
    matter = Matter(case, today, Particulars(reason=state.told.reason))
    handed = written_out(templates[wanted], matter, forms)
    if wanted != OVERVIEW:
        return handed
    return replace(handed, documents=(*handed.documents, sheet(templates[wanted], matter)))


def sheet(template: Template, matter: Matter) -> Document:
    """The plans side by side as a table that a page shows and a spreadsheet opens."""
    written = io.StringIO()
    csv.writer(written).writerows(TABLES["plans"](matter))
    content = codecs.BOM_UTF8 + written.getvalue().encode()  # without it Excel garbles Chinese
    return Document(f"{template.title}.csv", "text/csv", content)


def written_out(template: Template, matter: Matter, forms: Sequence[str] = FORMS) -> HandedOver:
    """The letters of a kind; each lender's is a file of its own, so that it can go alone."""
    made = draft(template, matter)
    documents = tuple(
        Document(f"{letter.name}.{form}", MEDIA_TYPES[form], render([letter], form))
        for form in forms
        for letter in made.letters
    )
    return HandedOver(documents, tuple(_notes(template, made, forms)), made.missing)


def _notes(template: Template, made: Drafted, forms: Sequence[str]) -> Iterator[str]:
    yield from made.notes
    yield from (f"什么时候用：{each}" for each in template.when[:1])
    yield from (f"注意：{each}" for each in template.not_when)
    if template.attach_note:
        yield template.attach_note
    if "pdf" in forms and (without := fonts.lacking(as_text(made.letters).decode())):
        yield f"PDF 字体里没有这些字：{'、'.join(without)}；请打印后手写补上。"
