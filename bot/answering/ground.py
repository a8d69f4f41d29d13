"""Nothing that is not in the sources: laws, numbers, amounts, dates, phone numbers, links."""

import logging
from dataclasses import replace

from bot.answering.grounding.sources import Sources
from bot.answering.reply import Engine
from bot.answering.thinking import think
from bot.answering.turn import Turn

log = logging.getLogger(__name__)


class Ground:
    """Let a model's draft through only if all of it stands in its sources."""

    async def __call__(self, turn: Turn) -> Turn:
        """The turn, with the assembled draft back in place of an ungrounded one."""
        assert turn.draft is not None
        if turn.draft.engine is not Engine.MODEL:
            return turn
        assert turn.sources is not None
        assert turn.assembled is not None
        if await think(_says_more, turn.draft.text, turn.sources):
            log.info("guard put the assembled answer back", extra={"turn": turn.id})
            return replace(turn, draft=turn.assembled)
        return turn


def _says_more(text: str, sources: Sources) -> bool:
    return any(sources.ungrounded(line) for line in text.split("\n"))
