"""Lines as a phone shows them."""

from collections.abc import Sequence

from bot.answering.composing.basis import without_citation
from bot.answering.composing.lines import Line, Section


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


def _bullet(line: Line, with_articles: bool) -> str:
    heading = "对方不可以：" if line.section is Section.THEY_MAY_NOT else ""
    return f"· {heading}{line.text if with_articles else without_citation(line.text)}"
