"""Load before anybody is served what the first questions would load."""

import asyncio

from bot.answering.compose_with_model import ComposeWithModel
from bot.answering.pipeline import run
from bot.answering.turn import Turn
from bot.app import App
from bot.clock import today
from bot.operation.settle import settle

FIRST_QUESTIONS = (
    "分期乐逾期了，催收说今天上门，民法典第676条怎么说",
    "催收說今天上門怎麼辦",
    "Can they come to my home?",
)


async def warm_up(app: App) -> None:
    """Answer questions that nobody asked, and open the model without asking it."""
    steps = [step for step in app.steps if not isinstance(step, ComposeWithModel)]
    for text in FIRST_QUESTIONS:
        await run(Turn("", text, today()), steps)
    if app.model is not None:
        await asyncio.to_thread(app.model.open)
    settle()
