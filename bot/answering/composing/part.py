"""The answer to one of the questions of a message."""

from dataclasses import dataclass

from bot.knowledge.entry import Citation


@dataclass(frozen=True, slots=True)
class Part:
    """Its words, what is kept for “more”, what it is made of and how likely it is the right one."""

    text: str
    more: str
    entries: tuple[str, ...]
    citations: tuple[Citation, ...]
    confidence: float
    provisions: tuple[str, ...] = ()
