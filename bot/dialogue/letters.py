"""The files a finished interview offers: letters of a kind, or the chart of its plans."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.answering.reply import Document
from bot.debt.plan import assess
from bot.dialogue.interview import State
from bot.dialogue.interviews.result import CHART
from bot.drafting import fonts
from bot.drafting.chart import as_png, curves
from bot.drafting.letter import draft
from bot.drafting.matter import Matter, Particulars
from bot.drafting.render import MEDIA_TYPES, render
from bot.drafting.render.text import as_text
from bot.drafting.template import Template


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Files, and what their reader should know before using them."""

    documents: tuple[Document, ...]
    notes: tuple[str, ...] = ()


def hand_over(
    state: State,
    wanted: str,
    templates: Mapping[str, Template],
    today: date,
    form: str = "docx",
) -> HandedOver:
    """What ``Turn.wanted`` asks for; a letter is one file a creditor, so that each goes alone."""
    case = state.told.case()
    if case is None:
        return HandedOver((), ("还差收入、必要开支或者欠款，补上以后才能写。",))
    if wanted == CHART:
        picture = as_png(curves(assess(case).plans))
        return HandedOver((Document("还款方案图.png", "image/png", picture),))
    template = templates[wanted]
    made = draft(template, Matter(case, today, Particulars(reason=state.told.reason)))
    documents = tuple(
        Document(f"{letter.name}.{form}", MEDIA_TYPES[form], render([letter], form))
        for letter in made.letters
    )
    notes = [*made.notes, *(f"什么时候用：{each}" for each in template.when[:1])]
    notes += [f"注意：{each}" for each in template.not_when]
    if template.attach_note:
        notes.append(template.attach_note)
    if form == "pdf" and (without := fonts.lacking(as_text(made.letters).decode())):
        notes.append(f"PDF 字体里没有这些字：{'、'.join(without)}；请打印后手写补上。")
    return HandedOver(documents, tuple(notes))
