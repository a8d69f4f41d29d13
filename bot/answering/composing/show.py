"""Lines as a phone shows them."""

import re
from collections.abc import Sequence

from bot.answering.composing.basis import without_citation
from bot.answering.composing.lines import Line, Section

# How a conclusion answers its own question; beside another question it would answer that one.
_OWN_ANSWER = re.compile(
    r"^(?:可以|不能|不会|不一定|不是真的|算|没用|没完|别做|先停|躲不掉|必须回应|不能照搬|不能再引用|已经变了)。"
)
_TO_THE_ORIGINAL = re.compile(r"[；，]以官方文件为准(?=[。；\n]|$)")


def show(lines: Sequence[Line], *, with_articles: bool = False) -> str:
    """Numbered steps, then short bullets, whose articles the basis line names unless wanted here.

    >>> show([Line("e", Section.STEP, 0, "先不开门。"), Line("e", Section.WHY, 0, "住宅受保护。")])
    '1. 先不开门。\\n\\n· 住宅受保护。'
    """
    steps = [line for line in lines if line.section is Section.STEP]
    bullets = [line for line in lines if line.section is not Section.STEP]
    numbered = "\n".join(f"{n}. {line.text}" for n, line in enumerate(steps, 1))
    told = "\n".join(_bullet(line, with_articles) for line in bullets)
    return "\n\n".join(filter(None, [numbered, told]))


def said_once(text: str) -> str:
    """The text with one word to look at the official document, where several lines have it.

    >>> said_once("据公开报道，至少两人；以官方文件为准。据公开报道，夜里不行，以官方文件为准。")
    '据公开报道，至少两人；以官方文件为准。据公开报道，夜里不行。'
    """
    first = _TO_THE_ORIGINAL.search(text)
    if first is None:
        return text
    return text[: first.end()] + _TO_THE_ORIGINAL.sub("", text[first.end() :])


def _bullet(line: Line, with_articles: bool) -> str:
    heading = "对方不可以：" if line.section is Section.THEY_MAY_NOT else ""
    text = line.text if with_articles else without_citation(line.text)
    lent = line.section is Section.SHORT_ANSWER
    return f"· {heading}{_OWN_ANSWER.sub('', text) if lent else text}"
