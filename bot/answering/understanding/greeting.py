"""Greetings without a question, and the four big buttons they are answered with."""

import re

from bot.answering.reply import Action
from bot.knowledge.vocabulary import Language
from bot.wording import Wording

STARTS = ("visit", "harassment", "negotiate", "court")

_GREETING = re.compile(
    r"^(你好|您好|你們好|你们好|在吗|在嗎|在不在|有人吗|有人嗎|喂|嗨|哈喽|哈囉|hi|hello|hey|start|开始)"
    r"(呀|啊|哦|吗|嗎|么)?\W*$",
    re.IGNORECASE,
)


def is_greeting(text: str) -> bool:
    """Whether a message only says hello.

    >>> is_greeting("你好呀"), is_greeting("你好，催收上门怎么办")
    (True, False)
    """
    return bool(_GREETING.match(text.strip()))


def start_actions(wording: Wording, language: Language) -> tuple[Action, ...]:
    """The buttons of a beginning."""
    return tuple(
        Action(wording.say(f"start_{name}", language), wording.say(f"ask_{name}", language))
        for name in STARTS
    )
