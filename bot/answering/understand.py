"""What the message is about: its questions, and the lenders it names."""

from dataclasses import replace

from bot.answering.reply import Action, Engine, Reply, Status
from bot.answering.turn import Turn, Understanding
from bot.answering.understanding.creditors import CreditorNames
from bot.answering.understanding.greeting import (
    is_acknowledgement,
    is_greeting,
    start_actions,
)
from bot.answering.understanding.questions import complete, separate
from bot.chinese.normalise import simplified
from bot.knowledge.library import Library
from bot.wording import Wording

MOST_CHARACTERS = 2000


class Understand:
    """Understand a message by rules and the registries."""

    def __init__(self, library: Library, wording: Wording) -> None:
        self._is_settled = library.exact_answer
        self._names = CreditorNames(library.creditors)
        self._wording = wording

    async def __call__(self, turn: Turn) -> Turn:
        """The turn with its understanding; a greeting, thanks or an endless text is answered at once."""
        if is_greeting(turn.text):
            return self._say(turn, "welcome", start_actions(self._wording, turn.language))
        if is_acknowledgement(turn.text):
            return self._say(turn, "acknowledged")
        if len(turn.text) > MOST_CHARACTERS:
            return self._say(turn, "too_long")
        text = simplified(turn.text)
        questions = (text,) if self._is_settled(text) else complete(separate(text), turn.context)
        creditors = self._names.named_in(" ".join(questions)) or self._named_before(turn)
        understanding = Understanding(
            questions=questions,
            topics=tuple(map(self._names.without, questions)),
            creditors=creditors,
        )
        return replace(turn, understanding=understanding)

    def _named_before(self, turn: Turn) -> tuple[str, ...]:
        """The lenders of the talk so far, when this message names none."""
        said = " ".join(each.text for each in turn.context if each.role == "user")
        return self._names.named_in(simplified(said))

    def _say(self, turn: Turn, phrase: str, actions: tuple[Action, ...] = ()) -> Turn:
        words = self._wording.say(phrase, turn.language)
        reply = Reply(
            Status.CLARIFY,
            words,
            turn.language,
            actions=actions,
            engine=Engine.REVIEWED_WORDING,
        )
        return replace(turn, reply=reply)
