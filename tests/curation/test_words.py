"""The pages' words: every phrase has its English, and none is left over."""

import re
import string
from pathlib import Path

import pytest

from bot.curation.web.labels import LABELS
from bot.curation.web.words import english
from bot.settings import ROOT

WEB = ROOT / "bot" / "curation" / "web"
IN_PAGES = re.compile(r"""\b_\((["'])(.+?)\1[,)]""")
IN_CODE = re.compile(r"""\bsay\(\s*(["'])(.+?)\1""")


def phrases() -> set[str]:
    """What the pages, their code and their labels say in Chinese."""
    found = {name for labels in LABELS.values() for name in labels.values()}
    for file in (WEB / "templates").glob("*.html"):
        found |= {match[2] for match in IN_PAGES.finditer(file.read_text("utf-8"))}
    for file in WEB.rglob("*.py"):
        found |= {match[2] for match in IN_CODE.finditer(file.read_text("utf-8"))}
    return found


def test_every_phrase_has_its_english_and_none_is_left_over() -> None:
    assert phrases() == set(english())


def blanks(text: str) -> set[str]:
    return {name for _text, name, _form, _conversion in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("phrase", [each for each in english() if "{" in each])
def test_blanks_are_the_same_in_both(phrase: str) -> None:
    assert blanks(english()[phrase]) == blanks(phrase)


@pytest.mark.parametrize("file", sorted((WEB / "templates").glob("*.html")), ids=lambda f: f.name)
def test_no_page_says_chinese_past_the_words(file: Path) -> None:
    text = IN_PAGES.sub("", file.read_text("utf-8"))
    text = text.replace('"中文"', "").replace("'：'", "")
    assert not re.findall(r"[\u4e00-\u9fff]+", text)
