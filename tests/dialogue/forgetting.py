"""A dialogue that keeps what is said, answers 答：TEXT, and forgets when it is asked to."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine

from bot.answering.turn import Turn
from bot.chinese.scripts import script_of
from bot.dialogue.forget import Forget
from bot.dialogue.respond import Respond
from bot.dialogue.saying import said
from bot.knowledge.vocabulary import Language
from bot.settings import ROOT
from bot.store.conversations import Conversations
from bot.store.erasures import Erasures
from bot.wording import Wording

PHRASES = ROOT / "knowledge_base" / "phrases"
WORDS = Wording.read(PHRASES / "conversation.yaml", PHRASES / "forget.yaml")


class Clock:
    """A time that a test moves on."""

    def __init__(self) -> None:
        self.passed = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.passed


def forgetting(engine: Engine, clock: Clock | None = None) -> Respond:
    """The front door over a store, with one step behind it."""

    async def answer(turn: Turn) -> Turn:
        language = turn.wanted_language or Language(script_of(turn.text))
        told = Turn(turn.id, turn.text, turn.today, language=language, wanted_language=language)
        return said(told, f"答：{turn.text}")

    return Respond(
        [answer],
        Conversations(engine),
        WORDS,
        date.today,
        forget=Forget(Erasures(engine), WORDS, clock or Clock()),
    )
