"""A reader of English who asks for an article is told it in English, with its Chinese name."""

import asyncio
from datetime import date

import pytest

from bot.answering.pipeline import run
from bot.answering.reply import Reply
from bot.answering.turn import Turn
from bot.app import App

DAY = date(2026, 11, 23)


def reply(app: App, question: str) -> Reply:
    turn = asyncio.run(run(Turn("law", question, DAY), app.steps))
    assert turn.reply is not None
    return turn.reply


@pytest.mark.parametrize(
    ("question", "article", "told"),
    [
        ("Which article lets me object to a court's jurisdiction?", "民事诉讼法第130条", "defence"),
        ("Which law lets me withdraw consent to my contacts?", "个人信息保护法第15条", "withdraw"),
        ("What article is on selling bank cards?", "反电信网络诈骗法第31条", "bank cards"),
    ],
)
def test_the_article_is_told_in_english(app: App, question: str, article: str, told: str) -> None:
    text = reply(app, question).text
    assert article in text
    line = next(line for line in text.splitlines() if article in line)
    assert told in line.casefold()


def test_its_sources_hold_the_article_and_its_passages_the_provision(app: App) -> None:
    found = reply(app, "Which article lets me object to a court's jurisdiction?")
    assert "civil-procedure-law-2023:130" in found.passages
    assert ("民事诉讼法", "第130条") in {(each.title, each.locator) for each in found.sources}
