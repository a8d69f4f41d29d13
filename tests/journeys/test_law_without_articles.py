"""A rule of which no article is known is named by its number where its document is asked for."""

import asyncio
from datetime import date

import pytest

from bot.answering.pipeline import run
from bot.answering.turn import Turn
from bot.app import App

DAY = date(2026, 11, 23)
NUMBER = "银保监会令2020年第3号"


def told(app: App, question: str) -> str:
    turn = asyncio.run(run(Turn("rule", question, DAY), app.steps))
    assert turn.reply is not None
    return turn.reply.text


@pytest.mark.parametrize(
    ("question", "numbered"),
    [
        ("银行处理消费投诉的期限，简单的几天复杂的几天，哪个办法", True),
        ("向银行投诉，它要几天内答复我", False),
    ],
)
def test_only_who_asks_for_the_document_is_told_its_number(
    app: App, question: str, numbered: bool
) -> None:
    text = told(app, question)
    assert (NUMBER in text) is numbered
    assert "十五日" in text or "15" in text


def test_no_article_of_another_matter_stands_before_it(app: App) -> None:
    text = told(app, "银行处理消费投诉的期限，简单的几天复杂的几天，哪个办法")
    assert "治安管理处罚法第118条：" not in text
