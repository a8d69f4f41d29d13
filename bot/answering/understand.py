"""What the message is about: its questions, and the lenders it names."""

from dataclasses import replace

from bot.answering.reply import Action, Engine, Reply, Status
from bot.answering.turn import Turn, Understanding
from bot.answering.understanding.creditors import CreditorNames
from bot.answering.understanding.follow_up import Asked, FollowUp, Thread
from bot.answering.understanding.forks import Forks
from bot.answering.understanding.greeting import (
    asks_who_this_is,
    is_acknowledgement,
    is_greeting,
    start_actions,
)
from bot.answering.understanding.kin import as_family
from bot.answering.understanding.only_owes import plainly_asked
from bot.answering.understanding.other_lender import OtherLender
from bot.answering.understanding.plainly import without_strong_words
from bot.answering.understanding.points_back import points_back
from bot.answering.understanding.the_dead import said_plainly
from bot.chinese.normalise import simplified
from bot.knowledge.library import Library
from bot.wording import Wording

MOST_CHARACTERS = 2000


class Understand:
    """Understand a message by rules and the registries."""

    def __init__(self, library: Library, wording: Wording) -> None:
        self._is_settled = library.exact_answer
        self._names = CreditorNames(library.creditors)
        forks = Forks(library)
        self._follow_up = FollowUp(forks, OtherLender(self._names, forks.lender_words))
        self._wording = wording

    async def __call__(self, turn: Turn) -> Turn:
        """The turn with its understanding; a greeting, thanks or an endless text is answered at once."""
        text = simplified(turn.text)
        if is_greeting(text):
            return self._say(turn, "welcome", start_actions(self._wording, turn.language))
        if asks_who_this_is(text):
            return self._say(turn, "help", start_actions(self._wording, turn.language))
        if is_acknowledgement(text):
            return self._say(turn, "acknowledged")
        if len(text) > MOST_CHARACTERS:
            return self._say(turn, "too_long")
        if self._is_settled(text):
            return replace(turn, understanding=self._read(Asked((text,)), Thread(), turn))
        text = as_family(without_strong_words(said_plainly(text)))
        thread = self._follow_up.thread(turn.context, turn.language)
        if not thread.subject and turn.early is None and points_back(text):
            return self._say(turn, "which_matter", start_actions(self._wording, turn.language))
        text = text if thread.subject else plainly_asked(text)
        asked = self._follow_up(text, thread, turn.language)
        others = (replace(asked, questions=(each,)) for each in asked.or_else)
        understanding = replace(
            self._read(asked, thread, turn),
            or_else=tuple(self._read(other, thread, turn) for other in others),
        )
        return replace(turn, understanding=understanding)

    def _read(self, asked: Asked, thread: Thread, turn: Turn) -> Understanding:
        told_by = (" ".join(asked.questions), thread.since, thread.subject)
        named = (names for text in told_by if (names := self._names.named_in(text)))
        creditors = next(named, ()) or self._named_before(turn)
        return Understanding(
            questions=asked.questions,
            topics=tuple(map(self._names.topic, asked.questions)),
            creditors=creditors,
            chosen=asked.chosen,
            more=asked.more,
            brief=asked.brief,
        )

    def _named_before(self, turn: Turn) -> tuple[str, ...]:
        """The lenders of the talk so far, when nothing nearer names one."""
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
