"""First step: make the text readable, notice its language, and answer what holds no words."""

import re
import unicodedata
from dataclasses import replace

from bot.answering.reply import Engine, Reply, Status
from bot.answering.turn import Turn
from bot.chinese.scripts import script_of
from bot.knowledge.vocabulary import Language
from bot.wording import Wording

_INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_BLANK_RUN = re.compile(r"[^\S\n]{2,}")
_LINE_RUN = re.compile(r"\n{3,}")


class Clean:
    """Clean the text; a message without a single word gets a kind line at once."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    async def __call__(self, turn: Turn) -> Turn:
        """The turn with readable text and its language."""
        text = readable(turn.text)
        spoken = next((u.text for u in reversed(turn.context) if u.role == "user"), "")
        language = turn.wanted_language or Language(script_of(text if has_words(text) else spoken))
        turn = replace(turn, text=text, language=language)
        if has_words(text):
            return turn
        words = self._wording.say("empty", language)
        reply = Reply(Status.CLARIFY, words, language, engine=Engine.REVIEWED_WORDING)
        return replace(turn, reply=reply)


def readable(text: str) -> str:
    """The text in NFC without control, zero-width and half characters.

    >>> readable("催\\u200b收\\x00  上门\\ud83d")
    '催收 上门'
    """
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFC", whole))
    lines = plain.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(
        c for c in lines if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cn", "Co")
    )
    return _LINE_RUN.sub("\n\n", _BLANK_RUN.sub(" ", kept)).strip()


def has_words(text: str) -> bool:
    """Whether there is a letter or digit to read at all."""
    return any(character.isalnum() for character in text)
