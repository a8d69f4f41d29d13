"""A conversation as the dialogue sees it."""

from dataclasses import dataclass

from bot.knowledge.vocabulary import Language


@dataclass(frozen=True, slots=True)
class Conversation:
    """One person's talk over a transport; one that is not ``begun`` is not kept yet."""

    id: str
    language: Language | None
    transport: str
    key: str
    begun: bool = True
