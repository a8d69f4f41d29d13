"""Nothing that is not in the sources: laws, numbers, amounts, dates, phone numbers, links."""

import logging
from dataclasses import replace

from bot.answering.reply import Engine
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
        if any(turn.sources.ungrounded(line) for line in turn.draft.text.split("\n")):
            log.info("guard put the assembled answer back", extra={"turn": turn.id})
            return replace(turn, draft=turn.assembled)
        return turn
