"""Whoever can only type a word or two gets the general entry, and thanks are taken as thanks."""

import pytest

from bot.answering.pipeline import run
from bot.answering.reply import Status
from bot.answering.turn import Turn
from bot.app import App
from bot.clock import today


@pytest.mark.parametrize(
    ("said", "entry"),
    [
        ("催收上门", "visit-tomorrow"),
        ("催收骚扰", "calls-too-many"),
        ("法院传票", "court-summons"),
        ("我该怎么办", "first-steps-overdue"),
        ("救救我", "despair-from-debt"),
    ],
)
async def test_the_shortest_words_find_the_general_entry(app: App, said: str, entry: str) -> None:
    done = await run(Turn(id="short", text=said, today=today()), app.steps)
    assert done.reply is not None
    assert done.reply.status is Status.ANSWERED
    assert done.reply.passages[0] == entry


async def test_thanks_are_taken_as_thanks(app: App) -> None:
    done = await run(Turn(id="thanks", text="好的，谢谢你", today=today()), app.steps)
    assert done.reply is not None
    assert done.reply.status is Status.CLARIFY
    assert "12356" in done.reply.text
