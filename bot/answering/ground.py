"""Nothing that is not in the sources: laws, numbers, amounts, dates, phone numbers, links."""

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.answering.grounding.quantities import quantities
from bot.answering.reply import Engine
from bot.answering.turn import Turn
from bot.knowledge.instrument import Instrument
from bot.knowledge.mentions import ArticleMentions, all_articles

_LINK = re.compile(
    r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.\w+|\b[\w-]+\.(?:com|cn|org|net|gov)\b", re.I
)
_NAME_OF_LAW = re.compile(r"《([^》]+)》")


class Sources:
    """The passages an answer may rest on, and what they hold."""

    def __init__(self, texts: Iterable[str], instruments: Iterable[Instrument]) -> None:
        known = tuple(instruments)
        self._text = "\n".join(texts)
        self._mentions = ArticleMentions(known)
        self._articles = set(all_articles(self._text))
        self._pairs = set(self._mentions.in_text(self._text))
        self._quantities = quantities(self._text)
        self._names = [name for each in known for name in (each.name, *each.short_names)]

    def ungrounded(self, claim: str) -> list[str]:
        """What a claim says that stands in none of the passages."""
        wrong = [law for law in _NAME_OF_LAW.findall(claim) if law not in self._text]
        wrong += [name for name in self._names if name in claim and name not in self._text]
        wrong += [link for link in _LINK.findall(claim) if link not in self._text]
        pairs = set(self._mentions.in_text(claim))
        wrong += [f"{law} {article}" for law, article in pairs - self._pairs]
        wrong += [article for article in all_articles(claim) if article not in self._articles]
        wrong += sorted(quantities(claim) - self._quantities)
        return wrong


class Ground:
    """Let a model's draft through only if all of it stands in its sources."""

    async def __call__(self, turn: Turn) -> Turn:
        """The turn, with the assembled draft back in place of an ungrounded one."""
        assert turn.draft is not None
        if turn.draft.engine is not Engine.MODEL:
            return turn
        assert turn.sources is not None
        assert turn.assembled is not None
        if turn.sources.ungrounded(turn.draft.text):
            return replace(turn, draft=turn.assembled)
        return turn
