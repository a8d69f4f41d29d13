"""What the pages show of the assistant: an entry as borrowers will read it, like questions, talks."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from anyio import from_thread
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from bot.curation.web.office import Office

BASIS = re.compile("(依据|依據|Sources)[:：]")
ALIKE = 0.5
SIMILAR = 8
LOOKED_UP = 4  # the lines somebody is at work on


@dataclass(frozen=True, slots=True)
class Similar:
    """A question form of another entry that is like one in the form."""

    form: str
    entry: str
    title: str
    likeness: float


def rendered(office: "Office", fields: Mapping[str, Any]) -> Any:
    """The answer made of one text, as each transport shows it; nothing where it has no answer yet."""
    from pydantic import ValidationError

    try:
        return from_thread.run(office.workspace.preview.entry, fields)
    except ValidationError:
        return None


def similar_forms(office: "Office", typed: Sequence[str], entry: str) -> list[Similar]:
    """Question forms of other entries most like the last ones that were typed."""
    known, best = office.library.entry, {}
    for question in [each.strip() for each in typed if len(each.strip()) > 1][-LOOKED_UP:]:
        for form, other, likeness in office.workspace.gaps.similar_forms(question):
            if likeness >= ALIKE and other != entry and other in known:
                best[form, other] = Similar(form, other, known[other].title, likeness)
    return sorted(best.values(), key=lambda each: -each.likeness)[:SIMILAR]


def light(text: str) -> Markup:
    """Light Markdown as HTML: bold, numbered lines, bullets; the chat page folds the sources.

    >>> light("**先不开门。** <b>")
    Markup('<p><strong>先不开门。</strong> &lt;b&gt;</p>')
    """
    blocks = [block for block in text.split("\n\n") if block.strip() and not BASIS.match(block)]
    return Markup("").join(_block(block.splitlines()) for block in blocks)


def telegram(part: str) -> Markup:
    """A Telegram message as this page shows it; its renderer has escaped what people wrote."""
    return Markup(part.replace("<blockquote expandable>", "<blockquote>").replace("\n", "<br>"))  # noqa: S704


def _block(lines: list[str]) -> Markup:
    joined = Markup("<br>").join(_bold(line) for line in lines)
    return Markup("<p>{}</p>").format(joined)


def _bold(line: str) -> Markup:
    parts = str(escape(line)).split("**")
    bold = (f"<strong>{part}</strong>" if n % 2 else part for n, part in enumerate(parts))
    return Markup("".join(bold))  # noqa: S704 - escaped a line above
