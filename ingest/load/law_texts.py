"""Official texts: a Markdown file of a law -> its articles."""

import re
from pathlib import Path

from bot.chinese.provisions import NUMERAL, article_key

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
            current = articles.setdefault(article_key(found[1], inserted), [])
        elif line.startswith("#"):
            current = None
        if current is not None and line.strip():
            current.append(line.strip())
    return {article: "\n".join(text) for article, text in articles.items()}
