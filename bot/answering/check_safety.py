"""Danger comes before debt: the screen's early replies, in reviewed words."""

from dataclasses import replace

from bot.answering.composing.basis import basis_line, sources_of
from bot.answering.reply import Engine, Reply
from bot.answering.screen import Outcome, Screen
from bot.answering.screening.outcome import Screening
from bot.answering.screening.replies import EarlyReply, Replies
from bot.answering.thinking import think
from bot.answering.turn import Turn
from bot.answering.understanding.follow_up import told_last
from bot.answering.understanding.forks import Forks
from bot.answering.understanding.greeting import asks_who_this_is
from bot.answering.understanding.points_back import points_back
from bot.answering.understanding.wanted_again import step_meant, wants_more
from bot.chinese.normalise import simplified
from bot.chinese.scripts import traditionalise
from bot.knowledge.library import Library
from bot.knowledge.vocabulary import Language
from bot.wording import Wording

# What a message out of its talk may look like.
_STRANGE = {Outcome.OUT_OF_SCOPE, Outcome.INJECTION}


class CheckSafety:
    """Ask the screen, and reply at once where it says so."""

    def __init__(
        self, screen: Screen, replies: Replies, library: Library, wording: Wording
    ) -> None:
        self._screen = screen
        self._replies = replies
        self._library = library
        self._wording = wording
        self._forks = Forks(library)

    async def __call__(self, turn: Turn) -> Turn:
        """The turn with what the screen found; replied where the debt must wait."""
        return await think(self._checked, turn)

    def _checked(self, turn: Turn) -> Turn:
        said_before = [said.text for said in turn.context if said.role == "user"]
        screening = self._screen(turn.text, said_before)
        if screening.outcome in _STRANGE and self._is_about_the_answer(turn):
            screening = Screening()
        early = self._replies(screening, turn.language)
        asked = screening.question or turn.text
        turn = replace(turn, text=asked, screening=screening, early=early)
        if early is None or early.answer_may_follow:
            return turn
        return replace(turn, reply=self._reply(turn, early))

    def _is_about_the_answer(self, turn: Turn) -> bool:
        """Whether a message only points at what was answered, or is to be: “explain more”, “only a text”."""
        text, told = simplified(turn.text), told_last(turn.context)
        if points_back(text) or asks_who_this_is(text):
            return True
        if not told:
            return False
        points = wants_more(text) or step_meant(text, told) is not None
        return points or self._forks.taken(text, told, turn.language) is not None

    def _reply(self, turn: Turn, early: EarlyReply) -> Reply:
        assert turn.screening is not None
        sources = sources_of(early.citations, self._library, turn.today)
        label = self._wording.say("basis", turn.language)
        basis = basis_line(sources, label, turn.today, turn.language)
        if turn.language is Language.TRADITIONAL:
            basis = traditionalise(basis)
        return Reply(
            status=early.status,
            text="\n\n".join(filter(None, [early.text, basis])),
            language=turn.language,
            actions=early.actions,
            sources=sources,
            risk=turn.screening.risk,
            engine=Engine.REVIEWED_WORDING,
            confidence=1.0,
        )
