"""One question with buttons below the answer, where people's answers differ and nothing told which."""

from dataclasses import replace

from bot.answering.reply import Status
from bot.answering.turn import Turn
from bot.answering.understanding.article_question import asks_for_article
from bot.answering.understanding.forks import Forks
from bot.chinese.normalise import simplified
from bot.knowledge.library import Library


class AskBack:
    """Find the fork that the draft leaves open."""

    def __init__(self, library: Library) -> None:
        self._forks = Forks(library)

    async def __call__(self, turn: Turn) -> Turn:
        """The turn with its fork: none in danger, and none beside another open question."""
        about, draft = turn.understanding, turn.draft
        assert about is not None
        assert draft is not None
        if turn.early is not None or turn.afterwards or len(about.questions) > 1:
            return turn
        if draft.status is not Status.ANSWERED or not draft.entries:
            return turn
        question = about.questions[0]
        if about.chosen or asks_for_article(question):
            return turn
        said = [simplified(each.text) for each in turn.context if each.role == "user"]
        named = bool(about.creditors)
        return replace(
            turn, fork=self._forks.open(draft.entries[0], question, said, lender_named=named)
        )
