"""Official texts: a Markdown file of a law -> its articles."""

import re
from pathlib import Path

from bot.knowledge.article import NUMERAL, number_from_chinese

ARTICLE = re.compile(rf"^第({NUMERAL})条(?:之({NUMERAL}))?[\s　]")
POINT = re.compile(rf"^({NUMERAL})、")


def read_articles(file: Path) -> dict[str, str]:
    """The articles of a law by number, or the numbered points of a reply that has none."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return _divide(lines, ARTICLE) or _divide(lines, POINT)


def _divide(lines: list[str], opening: re.Pattern[str]) -> dict[str, str]:
    articles: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in lines:
        if (found := opening.match(line)) is not None:
            inserted = found[2] if found.re.groups > 1 else None
            suffix = f"-{number_from_chinese(inserted)}" if inserted else ""
            current = articles.setdefault(f"{number_from_chinese(found[1])}{suffix}", [])
        elif line.startswith("#"):
            current = None
        if current is not None and line.strip():
            current.append(line.strip())
    return {article: "\n".join(text) for article, text in articles.items()}
